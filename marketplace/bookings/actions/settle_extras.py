"""The money of extras follows the visit's: earned with it, released with it, back with it."""

from kernel.actor import Actor
from kernel.money import zero
from marketplace.bookings.actions.settle_money import EARNED, GIVEN_BACK
from marketplace.bookings.models import Booking, Extra
from marketplace.bookings.rules.process import State
from payments.actions.accrue import accrue
from payments.actions.refund import refund
from payments.actions.release import release


def settle_extras(*, booking: Booking, by: Actor) -> None:
    """Earn, release or give back what was paid for extras. Safe to repeat."""
    for extra in Extra.objects.filter(booking=booking, state=Extra.PAID).order_by("pk"):
        assert extra.payment_id
        if booking.at in EARNED:
            accrue(
                reference=extra.reference,
                worker_member_id=booking.worker.member_id,
                payment_id=extra.payment_id,
                blocks=extra.blocks,
                key=f"{extra.reference}:delivered",
                withheld=extra.withholdings,
            )
        if booking.at == State.COMPLETED and not booking.unsafe:
            release(reference=extra.reference, key=f"{extra.reference}:completed")
        elif booking.at in GIVEN_BACK:
            refund(
                by=by,
                payment_id=extra.payment_id,
                amount=extra.total,
                tip=zero(extra.currency),
                reason=booking.state,
                key=f"{extra.reference}:{booking.state}",
            )
