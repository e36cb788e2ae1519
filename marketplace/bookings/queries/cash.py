"""Questions about visits that are paid in cash."""

from marketplace.bookings.models import Booking
from marketplace.bookings.rules.process import State
from payments.queries import payment_of
from tenants.support.queries import case_with

AFTER_THE_VISIT = (State.DELIVERED, State.COMPLETED)


def cash_missing(booking: Booking) -> bool:
    """Tell whether a visit in cash is over, and the worker has not confirmed to have the money."""
    if not booking.in_cash or booking.at not in AFTER_THE_VISIT or booking.payment_id is None:
        return False
    payment = payment_of(booking.payment_id)
    return payment.state == "authorised" and payment.capture_asked_at is None


def short_key(booking: Booking) -> str:
    """Return the key of the case about cash that was less than agreed."""
    return f"{booking.reference}:short"


def told_short(booking: Booking) -> bool:
    """Tell whether the worker has said that the cash was less than agreed."""
    return booking.in_cash and case_with(short_key(booking)) is not None
