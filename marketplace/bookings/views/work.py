"""A worker's jobs: what comes next, requests to answer, and the page of a job at the door."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Conflict, Invalid, NotFound
from kernel.money import EXPONENTS, Money
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.actions.moves import due_times
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.forms import ShortCashForm, StepForm
from marketplace.bookings.forms.sides import SideForm
from marketplace.bookings.models import Booking
from marketplace.bookings.queries import cash_missing, jobs_of, photos_of, sheet_of, story_of
from marketplace.bookings.queries.cash import told_short
from marketplace.bookings.queries.prices import tip_after
from marketplace.bookings.rules.guards import BEGIN_BEFORE
from marketplace.bookings.views.cash import take_if_there
from marketplace.bookings.views.sides import SIDES_DONE, side_context
from payments.queries import money_of
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import fields_of, refusal_words

DONE = {
    "accept": _("Accepted. The customer knows."),
    "decline": _("Declined. That has no consequence for you."),
    "cancel": _("The customer knows that you cannot come."),
    "depart": _("Have a good trip."),
    "arrive": _("Noted: you are there."),
    "check_in": _("The visit has begun."),
    "check_out": _("Done! The customer was asked to confirm."),
    "contact": _("The customer has a message that you are at the door."),
    **SIDES_DONE,
}


@require_safe
@signed_in
def jobs(request: Request) -> HttpResponse:
    """List a worker's jobs: requests with the net pay first, the next job, what was done."""
    by = actor_of(request, role=Role.WORKER)
    found = jobs_of(by, at=clock.now())
    shown = {
        name: [(sheet_of(row, by=by, proofs=False), due_times(row)) for row in rows]
        for name, rows in found.items()
    }
    return render(request, "bookings/jobs.html", shown)


@require_safe
@signed_in
def job(request: Request, code: str) -> HttpResponse:
    """Show a job: what to do now, where, for how much."""
    by = actor_of(request, role=Role.WORKER)
    return job_page(request, by, catch_up(by=by, code=code))


def job_page(
    request: Request, by: Actor, booking: Booking, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show a worker a job; `more` is what somebody typed that has to be mended."""
    sheet = sheet_of(booking, by=by)
    context = {
        "booking": booking,
        "sheet": sheet,
        "map_url": map_of(sheet.latitude, sheet.longitude),
        "story": story_of(booking),
        "due": due_times(booking),
        "photos": photos_of(booking),
        "money_lines": money_of(booking.reference),
        "form": StepForm(),
        "tip_later": tip_after(booking),
        "begins_from": booking.starts_at - BEGIN_BEFORE,
        "failed": "",
        "final_value": typed_amount(booking.work),
        "cash_missing": cash_missing(booking),
        "told_short": told_short(booking),
        "short_form": ShortCashForm(currency=booking.currency),
        **side_context(booking, sheet, form=more.pop("side_form", None)),
    }
    return render(request, "bookings/job.html", context | more, status=status)


def typed_amount(money: Money) -> str:
    """Return an amount as people type it into a field."""
    return str(Decimal(money.minor).scaleb(-EXPONENTS[money.currency]))


def map_of(latitude: float | None, longitude: float | None) -> str:
    """Return a map that phones open in their own application."""
    if latitude is None or longitude is None:
        return ""
    marked = f"?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
    return f"https://www.openstreetmap.org/{marked}"


@require_POST
@signed_in
def step(request: Request, code: str, step: str) -> HttpResponse:
    """Take a step on one's own job; what was typed is never lost."""
    by = actor_of(request, role=Role.WORKER)
    booking = catch_up(by=by, code=code)
    if step not in DONE:
        raise NotFound(what="step")
    form, side = StepForm(request.POST, request.FILES), SideForm(request.POST)
    if not (form.is_valid() and side.is_valid()):
        shown = {"form": form, "side_form": side, "failed": step}
        return job_page(request, by, booking, status=422, **shown)
    given = form.cleaned_data
    facts = Facts(
        **side.facts(booking.currency),
        **{name: given[name] for name in ("pin", "note", "photos")},
    )
    try:
        outcome = take_step(by=by, booking_id=booking.pk, step=step, facts=facts)
    except (Conflict, Invalid) as refusal:
        return _refused(request, by, code, refusal, form, step)
    if outcome.refusal is not None:
        return _refused(request, by, code, outcome.refusal, form, step)
    if step == "check_out":
        take_if_there(request, by, outcome.booking)
    messages.success(request, gettext(DONE[step]))
    return redirect("bookings:job", code=code)


def _refused(
    request: Request, by: Actor, code: str, refusal: Conflict | Invalid, form: StepForm, step: str
) -> HttpResponse:
    sentence = refusal_words(refusal)
    named = fields_of(refusal, form)
    for name in named:
        form.add_error(name, sentence)
    return job_page(
        request,
        by,
        catch_up(by=by, code=code),
        status=refusal.status,
        form=form,
        failed=step,
        sentence="" if named else sentence,
    )
