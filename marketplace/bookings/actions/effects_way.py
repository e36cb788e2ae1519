"""What steps do while a worker is on the way: stamps, and telling the customer."""

from datetime import datetime

from marketplace.bookings.actions.effects_news import tell_customer
from marketplace.bookings.actions.effects_visit import way_to
from marketplace.bookings.actions.moves import Move, effect
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import way as notices
from marketplace.bookings.rules.timers import LATE_AFTER


@effect
def stamp_departed(move: Move) -> None:
    """The worker is on the way; the first time counts. Who will be late is told at once."""
    booking = move.booking
    booking.departed_at = booking.departed_at or move.at
    eta_at = booking.departed_at + way_to(booking)
    tell_customer(booking, notices.DEPARTED_CUSTOMER, "departed", eta_at=eta_at.isoformat())
    if eta_at - booking.starts_at >= LATE_AFTER:
        tell_late(booking, eta_at=eta_at)


@effect
def stamp_arrived(move: Move) -> None:
    """The worker is at the door; the first time counts."""
    booking = move.booking
    booking.arrived_at = booking.arrived_at or move.at
    tell_customer(booking, notices.ARRIVED_CUSTOMER, "arrived")


def tell_late(booking: Booking, *, eta_at: datetime) -> None:
    """Tell a customer once that somebody comes ten minutes late or more."""
    tell_customer(booking, notices.LATE_CUSTOMER, "late", eta_at=eta_at.isoformat())
