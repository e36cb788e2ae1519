"""The office gives back what rests before its time, and corrects the books."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.actor import Actor
from kernel.errors import NotFound, Refusal
from payments.actions.correct_books import ask_to_adjust, confirm_adjustment, refuse_adjustment
from payments.actions.let_rest import give_back_early
from payments.forms.back import AdjustmentForm, ReasonForm
from payments.models import Adjustment
from payments.queries.adjustments import adjustments
from payments.queries.holds import holds_here, released_early
from payments.queries.permissions import may
from tenants.tenancy.access import Request, demand_proof, office_actor_of
from tenants.tenancy.forms import show_refusal

PAGE = 30
DECISIONS = {"confirm": confirm_adjustment, "refuse": refuse_adjustment}


@require_safe
def resting(request: Request) -> HttpResponse:
    """List what rests of workers' money, and what was given back early, by whom and why."""
    return _show_resting(request, office_actor_of(request))


def _show_resting(request: Request, by: Actor, *, status: int = 200, **filled: Any) -> HttpResponse:
    context = {
        "page": Paginator(holds_here(by), PAGE).get_page(request.GET.get("page")),
        "early": released_early(by)[:PAGE],
        "may_release": may(by, "hold"),
        "form": ReasonForm(),
        "zone": request.tenant.timezone,
        **filled,
    }
    return render(request, "payments/office/resting.html", context, status=status)


@require_POST
def release_early(request: Request, hold_id: UUID) -> HttpResponse:
    """Give back what rests before its time."""
    by = office_actor_of(request)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                give_back_early(by=by, hold_id=hold_id, reason=form.cleaned_data["reason"])
            messages.success(request, gettext("Given back to the wallet."))
            return redirect("payments_resting")
        except Refusal as refusal:
            show_refusal(form, refusal)
    return _show_resting(request, by, status=422, form=form, wrong=hold_id)


@require_http_methods(["GET", "HEAD", "POST"])
def adjustment_list(request: Request) -> HttpResponse:
    """List corrections of the books, and ask for one."""
    by = office_actor_of(request)
    if not may(by, "adjust"):
        raise NotFound(what="page")
    posted = request.POST if request.method == "POST" else None
    form = AdjustmentForm(posted, currency=request.tenant.currency, initial={"key": uuid4()})
    if posted is not None:
        demand_proof(request)
        if form.is_valid() and _ask(by, form):
            messages.success(request, gettext("Asked for. Somebody else has to confirm it."))
            return redirect("payments_adjustments")
    rows = adjustments(by)
    context = {
        "form": form,
        "waiting": rows.filter(state=Adjustment.ASKED),
        "page": Paginator(rows.exclude(state=Adjustment.ASKED), PAGE).get_page(
            request.GET.get("page")
        ),
        "me": by.member_id,
        "zone": request.tenant.timezone,
    }
    status = 422 if form.is_bound else 200
    return render(request, "payments/office/adjustments.html", context, status=status)


def _ask(by: Actor, form: AdjustmentForm) -> bool:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            ask_to_adjust(
                by=by,
                amount=said["amount"],
                debit=said["debit"],
                credit=said["credit"],
                reason=said["reason"],
                key=str(said["key"]),
            )
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


@require_POST
def decide_adjustment(request: Request, adjustment_id: UUID, decision: str) -> HttpResponse:
    """Confirm what somebody else asked for, or leave the books as they are."""
    by = office_actor_of(request)
    if decision not in DECISIONS:
        raise NotFound(what="page")
    demand_proof(request)
    try:
        with transaction.atomic():
            DECISIONS[decision](by=by, adjustment_id=adjustment_id)
    except Refusal as refusal:
        messages.error(request, gettext(refusal.title).format(**refusal.details))
    return redirect("payments_adjustments")
