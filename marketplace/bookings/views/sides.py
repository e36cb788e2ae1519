"""Pages for both sides of a visit: choose another time, show what happened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Conflict, Invalid, NotFound
from marketplace.bookings.access import customer_of, part_in
from marketplace.bookings.actions.add_evidence import add_evidence
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.forms.sides import GOODWILL, OUTCOMES, REASONS, SideForm
from marketplace.bookings.models import Booking
from marketplace.bookings.queries import Sheet, sheet_of
from marketplace.bookings.queries.sides import between, evidence_in
from marketplace.bookings.rules.process import Party
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.slots import Slot
from tenants.tenancy.access import Request, actor_of, file_response, signed_in
from tenants.tenancy.forms import refusal_words

WAYS = {
    Party.CUSTOMER: ("bookings:step", "bookings:visit_time", "bookings:visit_evidence"),
    Party.WORKER: ("bookings:job_step", "bookings:job_time", "bookings:job_evidence"),
}
SIDES_DONE = {
    "answer_time": _("Noted. The other side knows."),
    "report_no_show": _("Noted. We ask the other side."),
    "withdraw_report": _("Good. The visit goes on."),
    "contest": _("Noted. The team decides if you two do not agree."),
    "dispute": _("Noted. The other side answers first."),
    "propose_settlement": _("The other side knows what you propose."),
    "settle": _("Settled."),
    "propose_extra": _("The customer was asked."),
    "approve_extra": _("Noted. The worker knows."),
    "substitute": _("Confirmed: somebody else comes, for the same price."),
    "leave_unsafe": _("You did well to leave. Somebody calls you now."),
}
SAID = dict((*OUTCOMES, GOODWILL))
DAYS = 7
MOST_TIMES = 400


def side_context(booking: Booking, sheet: Sheet, *, form: SideForm | None = None) -> dict[str, Any]:
    """Return what either side's page shows of what is open between the two."""
    found = between(booking, party=sheet.party)
    step_url, time_url, evidence_url = WAYS[sheet.party]
    dispute = found.dispute
    return {
        "between": found,
        "accused": booking.accused == sheet.party,
        "side_form": form or SideForm(),
        "step_url": step_url,
        "time_url": time_url,
        "evidence_url": evidence_url,
        "dispute_reason": dict(REASONS).get(dispute.reason, "") if dispute else "",
        "dispute_outcome": SAID.get(dispute.outcome, "") if dispute else "",
        "theirs_words": SAID.get(found.theirs.outcome, "") if found.theirs else "",
        "mine_words": SAID.get(found.mine.outcome, "") if found.mine else "",
    }


@signed_in
def visit_time(request: Request, code: str) -> HttpResponse:
    """Let a customer choose another time for a visit."""
    return _time(request, customer_of(request), code, back="bookings:visit")


@signed_in
def job_time(request: Request, code: str) -> HttpResponse:
    """Let a worker propose another time for a job."""
    return _time(request, actor_of(request, role=Role.WORKER), code, back="bookings:job")


def _time(request: Request, by: Actor, code: str, *, back: str) -> HttpResponse:
    booking = catch_up(by=by, code=code)
    sheet = sheet_of(booking, by=by, proofs=False)
    if "propose_time" not in sheet.actions:
        raise NotFound(what="booking")
    form, sentence, status = SideForm(request.POST or None), "", 200
    if request.method == "POST" and form.is_valid():
        facts = Facts(**form.facts(booking.currency))
        try:
            taken = take_step(by=by, booking_id=booking.pk, step="propose_time", facts=facts)
        except (Conflict, Invalid) as refusal:
            sentence, status = refusal_words(refusal), refusal.status
        else:
            moved = taken.booking.starts_at != booking.starts_at
            told = gettext("The visit has moved.") if moved else gettext("We asked the other side.")
            messages.success(request, told)
            return redirect(back, code=code)
    context = {
        "sheet": sheet,
        "days": _days(booking),
        "form": form,
        "sentence": sentence,
        "back": back,
        "asks": back == "bookings:job",
    }
    return render(request, "bookings/time.html", context, status=status)


def _days(booking: Booking) -> list[tuple[datetime, Sequence[Slot]]]:
    """Return the free times of the days around the visit, by day."""
    zone = ZoneInfo(booking.zone)
    first = max(clock.now(), booking.starts_at - timedelta(days=2))
    found = free_slots(
        worker_service=booking.worker_service,
        minutes=int((booking.ends_at - booking.starts_at).total_seconds() // 60),
        from_=first,
        to=first + timedelta(days=DAYS),
    )[:MOST_TIMES]
    by_day = groupby(found, key=lambda slot: slot.starts_at.astimezone(zone).date())
    listed = [list(slots) for day, slots in by_day]
    return [(slots[0].starts_at, slots) for slots in listed]


@require_POST
@signed_in
def visit_evidence(request: Request, code: str) -> HttpResponse:
    """Let a customer show what happened."""
    return _evidence(request, customer_of(request), code, back="bookings:visit")


@require_POST
@signed_in
def job_evidence(request: Request, code: str) -> HttpResponse:
    """Let a worker show what happened."""
    return _evidence(request, actor_of(request, role=Role.WORKER), code, back="bookings:job")


def _evidence(request: Request, by: Actor, code: str, *, back: str) -> HttpResponse:
    booking = catch_up(by=by, code=code)
    try:
        add_evidence(by=by, booking_id=booking.pk, files=request.FILES.getlist("files"))
    except (Conflict, Invalid) as refusal:
        messages.error(request, refusal_words(refusal))
    else:
        messages.success(request, gettext("Both sides and the team can see it."))
    return redirect(back, code=code)


@require_safe
@signed_in
def evidence(request: Request, code: str, evidence_id: UUID) -> HttpResponse:
    """Hand out a file of a disagreement to either side, or to the office."""
    actor, booking = part_in(request, code=code)
    dispute = between(booking, party=sheet_of(booking, by=actor, proofs=False).party).dispute
    found = evidence_in(dispute).filter(pk=evidence_id).first() if dispute else None
    if found is None:
        raise NotFound(what="file")
    return file_response(found.file)
