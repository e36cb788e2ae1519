"""A customer thanks for a job that is done."""

from uuid import UUID

from kernel.actor import Actor
from kernel.money import Money
from marketplace.bookings.queries.bookings import booking_of
from payments.actions.tip import tip_afterwards
from payments.models import Payment


def tip_later(
    *, by: Actor, booking_id: UUID, amount_minor: int, key: str, with_saved_card: bool = False
) -> Payment:
    """Make a tip of its own, at most as much as the work; it goes to the worker whole.

    It is paid on the payment page, or in the background with the card that was kept.
    """
    booking = booking_of(by=by, booking_id=booking_id)
    return tip_afterwards(
        by=by,
        payer_id=booking.customer_id,
        reference=booking.reference,
        worker_member_id=booking.worker.member_id,
        amount=Money(booking.currency, amount_minor),
        return_path=f"/bookings/{booking.code}/",
        key=key,
        at_most=Money(booking.currency, booking.work_minor),
        with_saved_card=with_saved_card,
    )
