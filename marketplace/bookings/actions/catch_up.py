"""Bring a booking up to date before somebody reads it: what happened or was due is done first."""

from uuid import UUID

from kernel.actor import Actor
from kernel.timers import run_due_of
from marketplace.bookings.actions.note_payment import WAITS_FOR_MONEY, hear_of_payment
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import booking_named, booking_of


def catch_up(*, by: Actor, code: str = "", booking_id: UUID | None = None) -> Booking:
    """Return a booking that this actor has a part in, as it is at this very moment."""
    if booking_id is None:
        booking_id = booking_named(by=by, code=code).pk
    found = booking_of(by=by, booking_id=booking_id)
    if found.at in WAITS_FOR_MONEY:
        hear_of_payment(booking_id=found.pk)
    run_due_of(found.pk)
    return booking_of(by=by, booking_id=booking_id)
