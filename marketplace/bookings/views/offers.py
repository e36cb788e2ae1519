"""A worker's jobs to take: what they pay, where, when and why they were asked; and why not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kernel.actor import Role
from kernel.errors import Conflict
from marketplace.bookings import kinds
from marketplace.bookings.actions.take_offer import ask_at_night, decline_offer, take_offer
from marketplace.bookings.models import Offered
from marketplace.bookings.queries.dispatch import (
    OwnPart,
    not_offered,
    offer_to,
    offers_of,
    own_part,
)
from marketplace.catalog.queries import own_worker
from marketplace.matching.queries.candidates import asked_at_night
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import refusal_words


@require_safe
@signed_in
def offers(request: Request) -> HttpResponse:
    """List the jobs that one can take now: the net pay first."""
    return _list(request)


def _list(request: Request, *, sentence: str = "", status: int = 200) -> HttpResponse:
    by = actor_of(request, role=Role.WORKER)
    context = {
        "rows": [(each, _own_reasons(each)) for each in offers_of(by)],
        "at_night": asked_at_night(own_worker(by).pk),
        "sentence": sentence,
    }
    return render(request, "bookings/offers.html", context, status=status)


def _own_reasons(offered: Offered) -> list[str]:
    own = {"km": _number(offered.km), "rating": _number(offered.worker.rating or 0)}
    return [str(kinds.REASONS[name]).format(**own) for name in offered.reasons]


def _number(value: float) -> str:
    return number_format(round(value, 1), decimal_pos=1)


@require_safe
@signed_in
def why(request: Request, offered_id: UUID) -> HttpResponse:
    """Tell why this job was offered to this worker, on their own values."""
    by = actor_of(request, role=Role.WORKER)
    offered = offer_to(by=by, offered_id=offered_id)
    part = own_part(offered.wave, worker_id=offered.worker_id)
    context: dict[str, Any] = {"offered": offered, "part": part, "said": _own_reasons(offered)}
    return render(request, "bookings/why_offered.html", context)


@require_safe
@signed_in
def why_not(request: Request) -> HttpResponse:
    """Tell about which jobs one was not asked lately, and what would have been enough."""
    by = actor_of(request, role=Role.WORKER)
    rows = [(part, _why_not(part)) for part in not_offered(by)]
    return render(request, "bookings/why_not.html", {"rows": rows})


def _why_not(part: OwnPart) -> str:
    if part.barrier:
        return str(kinds.BARRIERS[part.barrier])
    if part.change is None:
        return str(kinds.CHANGES[""])
    return str(kinds.CHANGES[part.change.factor]).format(by=_number(part.change.by))


@require_POST
@signed_in
def take(request: Request, offered_id: UUID) -> HttpResponse:
    """Take a job; if somebody was faster, say so beside what else there is."""
    by = actor_of(request, role=Role.WORKER)
    try:
        booking = take_offer(by=by, offered_id=offered_id)
    except Conflict as refusal:
        return _list(request, sentence=refusal_words(refusal), status=refusal.status)
    messages.success(request, gettext("It is yours. The customer knows."))
    return redirect("bookings:job", code=booking.code)


@require_POST
@signed_in
def decline(request: Request, offered_id: UUID) -> HttpResponse:
    """Do not want a job."""
    decline_offer(by=actor_of(request, role=Role.WORKER), offered_id=offered_id)
    messages.success(request, gettext("Declined. That has no consequence for you."))
    return redirect("bookings:offers")


@require_POST
@signed_in
def night(request: Request) -> HttpResponse:
    """Say whether one wants to be asked at night too."""
    wanted = request.POST.get("at_night") == "yes"
    ask_at_night(by=actor_of(request, role=Role.WORKER), wanted=wanted)
    messages.success(request, gettext("Saved."))
    return redirect("bookings:offers")
