"""A worker answers a job that was offered: takes it, if nobody else has, or does not want it."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.timers import run_due_of
from marketplace.bookings.actions.moves import Move, enter, locked_booking
from marketplace.bookings.models import Booking, Offered
from marketplace.bookings.queries.dispatch import offer_to
from marketplace.bookings.rules.offers import AlreadyTaken
from marketplace.bookings.rules.process import Party, State
from marketplace.catalog.queries import own_worker
from marketplace.matching.models import DispatchWish


@transaction.atomic
def take_offer(*, by: Actor, offered_id: UUID) -> Booking:
    """Take a job: the first has it, everybody after is told so. Repeating changes nothing."""
    run_due_of(offer_to(by=by, offered_id=offered_id).booking_id)
    booking = locked_booking(offer_to(by=by, offered_id=offered_id).booking_id, by=SYSTEM)
    offered = offer_to(by=by, offered_id=offered_id)
    if offered.state == Offered.TAKEN:
        return booking
    if booking.at != State.MATCHING or offered.state != Offered.OPEN:
        raise AlreadyTaken
    row = booking.rule.take("take", origin=booking.at, party=Party.WORKER, branch=booking.mode)
    taken = Move(
        booking=booking,
        row=row,
        by=by,
        party=Party.WORKER,
        at=clock.now(),
        facts={"offer_id": str(offered.pk)},
    )
    enter(taken)
    return booking


@transaction.atomic
def decline_offer(*, by: Actor, offered_id: UUID) -> Offered:
    """Do not want a job. It is not counted anywhere; repeating changes nothing."""
    locked_booking(offer_to(by=by, offered_id=offered_id).booking_id, by=SYSTEM)
    offered = offer_to(by=by, offered_id=offered_id)
    if offered.state == Offered.OPEN:
        offered.state, offered.answered_at = Offered.DECLINED, clock.now()
        offered.save(update_fields=["state", "answered_at"])
    return offered


@transaction.atomic
def ask_at_night(*, by: Actor, wanted: bool) -> DispatchWish:
    """Say whether one wants to be asked in quiet hours too."""
    worker = own_worker(by)
    wish, _ = DispatchWish.objects.update_or_create(worker=worker, defaults={"at_night": wanted})
    return wish
