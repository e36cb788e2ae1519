"""The business gives something for good, and the owner says who may move money."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kernel.actor import Actor, Role
from kernel.errors import NotFound, Refusal
from payments.actions.credits import compensate_worker, grant_credit
from payments.actions.grant import grant
from payments.forms.back import GoodwillForm, GrantForm
from payments.queries.going_back import credits_for
from payments.queries.permissions import grants
from tenants.tenancy.access import Request, demand_proof, office_actor_of
from tenants.tenancy.forms import show_refusal
from tenants.tenancy.queries import members_in, office_members

PAGE = 30
KINDS = {"credit": Role.CUSTOMER, "compensation": Role.WORKER}


@require_http_methods(["GET", "HEAD", "POST"])
def goodwill(request: Request, kind: str = "credit") -> HttpResponse:
    """Give a customer a credit, or a worker a compensation."""
    by = office_actor_of(request)
    if kind not in KINDS:
        raise NotFound(what="page")
    form = _form(request, kind)
    if request.method == "POST" and form.is_valid() and _give(by, kind, form):
        messages.success(request, gettext("Given, and told."))
        return redirect("payments_goodwill", kind)
    page = Paginator(credits_for(by), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "kind": kind, "page": page, "zone": request.tenant.timezone}
    status = 422 if form.is_bound else 200
    return render(request, "payments/office/goodwill.html", context, status=status)


def _form(request: Request, kind: str) -> GoodwillForm:
    people = [
        (str(each.pk), each.user.public_name or each.user.get_full_name())
        for each in members_in(KINDS[kind])
    ]
    posted = request.POST if request.method == "POST" else None
    first = {"key": uuid4()}
    return GoodwillForm(posted, people=people, currency=request.tenant.currency, initial=first)


def _give(by: Actor, kind: str, form: GoodwillForm) -> bool:
    said = form.cleaned_data
    whom, amount, key = UUID(said["person"]), said["amount"], str(said["key"])
    try:
        with transaction.atomic():
            if kind == "credit":
                more = {"cause": "gesture", "about": f"given:{key}", "reason": said["reason"]}
                grant_credit(by=by, customer_id=whom, amount=amount, **more)
            else:
                more = {"reference": f"worker:{whom}", "reason": said["reason"], "key": key}
                compensate_worker(by=by, member_id=whom, amount=amount, **more)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def money_permissions(request: Request) -> HttpResponse:
    """Say who of the staff may do what with money; only the owner can."""
    by = office_actor_of(request)
    if by.role != Role.OWNER:
        raise NotFound(what="page")
    if request.method == "POST":
        demand_proof(request)
        form = GrantForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            grant(by=by, member_id=said["member"], permissions=said["permissions"])
            return redirect("payments_permissions")
    given: dict[UUID, list[str]] = {}
    for each in grants():
        given.setdefault(each.member_id, []).append(each.permission)
    staff = [each for each in office_members() if each.role == Role.STAFF]
    people = [(each, _grant_form(each.pk, given.get(each.pk, []))) for each in staff]
    return render(request, "payments/office/permissions.html", {"people": people})


def _grant_form(member_id: UUID, permissions: list[str]) -> GrantForm:
    first = {"member": member_id, "permissions": permissions}
    return GrantForm(initial=first, auto_id=f"{member_id}_%s")
