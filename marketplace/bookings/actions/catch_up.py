"""Bring a booking up to date before somebody reads it: what was due is done first."""

from uuid import UUID

from kernel.actor import Actor
from kernel.timers import run_due_of
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import booking_named, booking_of


def catch_up(*, by: Actor, code: str = "", booking_id: UUID | None = None) -> Booking:
    """Return a booking that this actor has a part in, as it is at this very moment."""
    if booking_id is None:
        booking_id = booking_named(by=by, code=code).pk
    found = booking_of(by=by, booking_id=booking_id)
    run_due_of(found.pk)
    return booking_of(by=by, booking_id=booking_id)
