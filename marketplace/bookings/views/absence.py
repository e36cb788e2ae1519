"""A worker will be away: for each job booked then, another time is proposed or it is called off."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kernel.actor import Role
from kernel.errors import NotFound, Refusal
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.queries.absence import HAND_OVER
from marketplace.matching.queries import own_time_off
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import refusal_words

STEPS = {"propose_time": "propose_time", "cancel": "cancel", HAND_OVER: "cancel"}


@signed_in
@require_POST
def decide(request: Request, code: str, time_off_id: UUID) -> HttpResponse:
    """Propose another time for a job, or call it off; what is refused is said on the page."""
    by = actor_of(request, role=Role.WORKER)
    off = own_time_off(by, time_off_id)
    booking = catch_up(by=by, code=code)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise NotFound(what="step")
    facts = Facts(
        reason=request.POST.get("reason", ""), starts_at=_moment(request.POST.get("start", ""))
    )
    try:
        with transaction.atomic():
            take_step(by=by, booking_id=booking.pk, step=step, facts=facts)
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))
    else:
        messages.success(request, gettext("The customer has been told."))
    return redirect("matching:absence", off.pk)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
