"""Bring a booking up to date before somebody reads it: what happened or was due is done first."""

from uuid import UUID

from kernel.actor import Actor
from kernel.timers import run_due_of
from marketplace.bookings.actions.note_payment import EARLIER, note_paid
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import booking_named, booking_of
from marketplace.bookings.rules.process import State
from payments.queries import payment_of


def catch_up(*, by: Actor, code: str = "", booking_id: UUID | None = None) -> Booking:
    """Return a booking that this actor has a part in, as it is at this very moment."""
    if booking_id is None:
        booking_id = booking_named(by=by, code=code).pk
    found = booking_of(by=by, booking_id=booking_id)
    _hear_of_payment(found)
    run_due_of(found.pk)
    return booking_of(by=by, booking_id=booking_id)


def _hear_of_payment(found: Booking) -> None:
    """Let nobody who comes from paying be asked to pay: the event may still be on its way."""
    if found.at != State.PENDING_PAYMENT or found.payment_id is None:
        return
    if (state := payment_of(found.payment_id).state) in EARLIER:
        note_paid(booking_id=found.pk, money=state)
