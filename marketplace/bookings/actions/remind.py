"""Shortly before a visit, both are reminded of it."""

from uuid import UUID

from marketplace.bookings import notices
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import booking
from marketplace.bookings.rules.process import State


def remind(*, booking_id: UUID, which: str) -> Booking:
    """Remind both people of a visit that still stands."""
    found = booking(booking_id)
    if found.at == State.CONFIRMED:
        tell_customer(found, notices.REMINDER_CUSTOMER, which)
        tell_worker(found, notices.REMINDER_WORKER, which)
    return found
