"""A customer thanks for a job that is done."""

from uuid import UUID

from kernel.actor import Actor
from kernel.money import Money
from marketplace.bookings.queries.bookings import booking_of
from payments.actions.tip import tip_afterwards
from payments.models import Payment


def tip_later(*, by: Actor, booking_id: UUID, amount_minor: int, key: str) -> Payment:
    """Make a tip of its own, to be paid on the payment page; it goes to the worker whole."""
    booking = booking_of(by=by, booking_id=booking_id)
    return tip_afterwards(
        by=by,
        payer_id=booking.customer_id,
        reference=booking.reference,
        worker_member_id=booking.worker.member_id,
        amount=Money(booking.currency, amount_minor),
        return_path=f"/bookings/{booking.code}/",
        key=key,
    )
