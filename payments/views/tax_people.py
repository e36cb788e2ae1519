"""How workers are known to the tax office: their own page, and the owner's view of all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.actor import Role
from kernel.errors import Refusal
from payments.actions.register_worker import give_tax_id, read_tax_number, register_worker
from payments.forms.tax_people import PROFILE_WORDS, TaxIdForm
from payments.queries import payee_for
from payments.queries.tax_people import tax_identity_of, tax_people
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import show_refusal


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_tax_id(request: Request) -> HttpResponse:
    """Take the worker's tax number and how the tax office knows them."""
    by = actor_of(request, role=Role.WORKER)
    assert by.member_id is not None
    told = tax_identity_of(by.member_id)
    form = TaxIdForm(
        request.POST or None,
        initial={"profile": told.profile} if told else None,
        country=request.tenant.country,
    )
    if request.method == "POST" and form.is_valid():
        try:
            give_tax_id(by=by, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Your tax number is saved."))
            return redirect("payments:tax_id")
    payee = payee_for(by.member_id)
    context = {
        "form": form,
        "told": told,
        "profile": PROFILE_WORDS[told.profile] if told else "",
        "registered": payee is not None and payee.tax_registered,
        "zone": request.tenant.timezone,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "payments/tax_id.html", context, status=status)


@never_cache
@require_safe
def office_tax_people(request: Request) -> HttpResponse:
    """List every worker with what they told, to the owner."""
    people = tax_people(actor_of(request, role=Role.OWNER))
    items = [
        (each, PROFILE_WORDS[each.identity.profile] if each.identity else "") for each in people
    ]
    context = {"items": items, "zone": request.tenant.timezone}
    return render(request, "payments/office/tax_people.html", context)


@never_cache
@require_POST
def office_tax_person(request: Request, member_id: UUID) -> HttpResponse:
    """Say whether a worker is registered, or show the whole number; a look is written down."""
    by = actor_of(request, role=Role.OWNER)
    if request.POST.get("step") == "read":
        number = read_tax_number(by=by, member_id=member_id)
        messages.info(request, gettext("The whole number: %(number)s") % {"number": number})
    else:
        registered = request.POST.get("step") == "register"
        register_worker(by=by, member_id=member_id, registered=registered)
        messages.success(request, gettext("Saved. Prices quoted before stay as they were."))
    return redirect("payments_tax_people")
