"""Nobody answered about another time for a visit: the old one stands."""

from uuid import UUID

from django.db import transaction

from kernel.actor import SYSTEM
from marketplace.bookings.actions.effects_time import lapse
from marketplace.bookings.actions.moves import locked_booking
from marketplace.bookings.models import Booking
from marketplace.bookings.rules.process import State


@transaction.atomic
def lapse_proposal(*, booking_id: UUID) -> Booking:
    """Give back the time that was held, and tell both, unless it was answered meanwhile."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.at == State.CONFIRMED:
        lapse(booking)
    return booking
