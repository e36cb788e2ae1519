"""Bring the money in line with the state of a booking. Safe to repeat, before or after it is paid.

The payment provider answers when it wants: a booking may be confirmed while its money is still
being taken, and cancelled before it arrives. So nothing here waits; what cannot be done yet is done
when the payment is captured.
"""

from kernel.actor import SYSTEM
from kernel.money import Money, zero
from marketplace.bookings.actions.spend_package import come_back
from marketplace.bookings.models import Booking
from marketplace.bookings.rules.cancellation import Paid, Settlement, settle
from marketplace.bookings.rules.packages import settlement
from marketplace.bookings.rules.process import State
from payments.actions.accrue import accrue
from payments.actions.refund import refund
from payments.actions.release import release
from payments.actions.void import void
from payments.rules.taxes import withhold_of_kept

EARNED = (State.DELIVERED, State.COMPLETED)
GIVEN_BACK = (
    State.PAYMENT_EXPIRED,
    State.DECLINED,
    State.EXPIRED,
    State.CANCELLED,
    State.NO_SHOW,
)


def settle_money(booking: Booking) -> None:
    """Earn, release, give back or call off, whatever the state asks for."""
    if booking.payment_id is None:
        return
    if booking.at in EARNED and booking.money == "captured":
        _earn(booking)
    elif booking.at in GIVEN_BACK and booking.money == "captured":
        give_back(booking)
    elif booking.at in GIVEN_BACK and booking.money in ("none", "authorised"):
        _call_off(booking)


def settlement_of(booking: Booking, *, rate_bp: int) -> Settlement:
    """Return what is kept and what goes back at a rate; of what was paid ahead, see `packages`."""
    if booking.paid_ahead_id is not None:
        return settlement(booking.blocks, rate_bp=rate_bp, fee_tax_bp=booking.fee_tax_bp)
    blocks = booking.blocks
    paid = Paid(
        work=Money(booking.currency, booking.work_minor),
        fee=Money(booking.currency, booking.fee_minor),
        tip=blocks.tip,
        total=blocks.total,
        processor=blocks.processor,
        fee_tax_bp=booking.fee_tax_bp,
    )
    return settle(paid=paid, rate_bp=rate_bp)


def _earn(booking: Booking) -> None:
    earn_all(booking)
    if booking.at == State.COMPLETED and not booking.unsafe:
        release(reference=booking.reference, key=f"{booking.reference}:completed")


def earn_all(booking: Booking) -> None:
    """Divide the whole price among those who earned it; the worker's part waits for release."""
    assert booking.payment_id
    accrue(
        reference=booking.reference,
        worker_member_id=booking.worker.member_id,
        payment_id=booking.payment_id,
        blocks=booking.blocks,
        key=f"{booking.reference}:delivered",
        withheld=booking.withholdings,
    )


def give_back(booking: Booking) -> None:
    """Send back what is not kept, and let the worker have what is."""
    assert booking.payment_id
    rate_bp = booking.kept_bp or 0
    settled = settlement_of(booking, rate_bp=rate_bp)
    if booking.paid_ahead_id is not None and come_back(booking=booking, rate_bp=rate_bp):
        booking.money = "refunded"
    if settled.refund:
        refund(
            by=SYSTEM,
            payment_id=booking.payment_id,
            amount=settled.refund_without_tip,
            tip=settled.refund_tip,
            reason=booking.state,
            key=f"{booking.reference}:{booking.state}",
        )
        booking.money = "refund_pending"
    if settled.blocks.total or settled.blocks.worker:
        accrue(
            reference=booking.reference,
            worker_member_id=booking.worker.member_id,
            payment_id=booking.payment_id,
            blocks=settled.blocks,
            key=f"{booking.reference}:kept",
            withheld=withhold_of_kept(
                booking.withholdings, earned_minor=settled.blocks.worker.minor
            ),
        )
        release(reference=booking.reference, key=f"{booking.reference}:kept")


def _call_off(booking: Booking) -> None:
    """Let the bank release what it keeps; if a share is kept, wait for the money first."""
    assert booking.payment_id
    if booking.money == "authorised" and booking.kept_bp:
        return
    void(by=SYSTEM, payment_id=booking.payment_id)
    if booking.money == "authorised":
        booking.money = "none" if booking.in_cash else "refund_pending"


def nothing_kept(booking: Booking) -> None:
    """Note that all of it goes back."""
    booking.kept_bp = 0
    gets_money = booking.has_money and booking.paid_ahead_id is None
    paid = booking.total if gets_money else zero(booking.currency)
    booking.refund_minor = paid.minor
