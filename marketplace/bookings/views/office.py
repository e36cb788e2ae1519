"""The office's pages about bookings: a list, and one with everything that happened to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from kernel.errors import NotFound, Refusal
from marketplace.bookings import kinds
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.actions.waive import waive
from marketplace.bookings.forms import OfficeFilterForm, OfficeStepForm
from marketplace.bookings.forms.sides import REASONS, WHOSE, DecisionForm
from marketplace.bookings.models import Booking, Dispute
from marketplace.bookings.queries import (
    cash_missing,
    history_of,
    messages_of,
    office_bookings,
    sheet_of,
)
from marketplace.bookings.queries.sides import evidence_in
from marketplace.bookings.queries.story import moves_of
from marketplace.bookings.rules.cancellation import may_waive
from marketplace.bookings.views.sides import SAID
from payments.queries import money_of
from tenants.messaging.models import Notification
from tenants.messaging.queries import text_of
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.forms import show_refusal
from tenants.tenancy.models import Tenant

PAGE = 30
STEPS = ("accept", "decline", "cancel", "check_in", "waive")


@require_safe
def booking_list(request: Request) -> HttpResponse:
    """List the tenant's bookings, newest first, narrowed by state or words."""
    by = office_actor_of(request)
    form = OfficeFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(office_bookings(**wanted), PAGE).get_page(request.GET.get("page"))
    rows = [(row, sheet_of(row, by=by, proofs=False)) for row in page]
    return render(request, "bookings/office/list.html", {"form": form, "rows": rows, "page": page})


@require_safe
def booking_page(request: Request, booking_id: UUID) -> HttpResponse:
    """Show one booking: price parts, money, every step, and what people were told."""
    by = office_actor_of(request)
    return _show(request, catch_up(by=by, booking_id=booking_id))


def _show(
    request: Request,
    booking: Booking,
    *,
    form: OfficeStepForm | DecisionForm | None = None,
    step: str = "",
) -> HttpResponse:
    sheet = sheet_of(booking, by=office_actor_of(request))
    deciding = DecisionForm(prefix="resolve") if "resolve" in sheet.actions else None
    context = {
        "booking": booking,
        "sheet": sheet,
        "moves": moves_of(booking),
        "history": [
            (row, _step_words(booking, row.step), kinds.TAKERS[row.actor_role])
            for row in history_of(booking)
        ],
        "money_lines": [
            (line, kinds.MONEY_LINES.get(line.code, line.code))
            for line in money_of(booking.reference)
        ],
        "cash_missing": cash_missing(booking),
        "told": [(each, _told(each, request.tenant)) for each in messages_of(booking)],
        "forms": [
            (name, form if form and name == step else OfficeStepForm(prefix=name))
            for name in STEPS
            if name in sheet.actions or (name == "waive" and _waivable(booking))
        ],
        "decision": form if form and step == "resolve" else deciding,
        **_between(booking),
    }
    return render(request, "bookings/office/detail.html", context, status=422 if form else 200)


def _waivable(booking: Booking) -> bool:
    return (
        may_waive(state=booking.at, kept_bp=booking.kept_bp)
        and not booking.in_cash
        and booking.paid_ahead_id is None
    )


def _between(booking: Booking) -> dict[str, Any]:
    """Return what the two sides of a booking disagree about, in words."""
    dispute = Dispute.objects.filter(booking=booking).first()
    if dispute is None:
        return {"dispute": None}
    offers = dispute.settlements.order_by("made_at")
    return {
        "dispute": dispute,
        "dispute_reason": dict(REASONS)[dispute.reason],
        "dispute_by": kinds.TAKERS[dispute.by_party],
        "dispute_outcome": SAID.get(dispute.outcome, ""),
        "dispute_fault": WHOSE.get(dispute.fault, ""),
        "offers": [(each, SAID[each.outcome], kinds.TAKERS[each.by_party]) for each in offers],
        "evidence": [(each, kinds.TAKERS[each.by_party]) for each in evidence_in(dispute)],
    }


def _step_words(booking: Booking, step: str) -> str:
    if step == "pay_ok" and booking.in_cash:
        return str(kinds.PAID_IN_CASH)
    if step == "pay_ok" and booking.paid_later:
        return str(kinds.CARD_LEFT)
    return str(kinds.STEPS.get(step, step))


def _told(notification: Notification, tenant: Tenant) -> str:
    return text_of(notification, locale=get_language() or "es", tenant=tenant).subject


@require_POST
def booking_step(request: Request, booking_id: UUID, step: str) -> HttpResponse:
    """Act for one of the parties, with a reason that both can read."""
    by = office_actor_of(request)
    booking = catch_up(by=by, booking_id=booking_id)
    if step not in (*STEPS, "resolve"):
        raise NotFound(what="step")
    form = (DecisionForm if step == "resolve" else OfficeStepForm)(request.POST, prefix=step)
    if not form.is_valid():
        return _show(request, booking, form=form, step=step)
    facts = Facts(**form.facts(booking.currency))
    try:
        with transaction.atomic():
            if step == "waive":
                waive(by=by, booking_id=booking.pk, reason=facts.reason)
            else:
                take_step(by=by, booking_id=booking.pk, step=step, facts=facts)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, catch_up(by=by, booking_id=booking_id), form=form, step=step)
    messages.success(request, gettext("Saved."))
    return redirect("bookings_office_booking", booking_id)
