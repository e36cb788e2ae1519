"""Bring the money in line with the state of a booking. Safe to repeat, before or after it is paid.

The payment provider answers when it wants: a booking may be confirmed while its money is still
being taken, and cancelled before it arrives. So nothing here waits; what cannot be done yet is done
when the payment is captured.
"""

from dataclasses import replace
from datetime import timedelta

from kernel import clock
from kernel.actor import SYSTEM
from kernel.money import Money, zero
from marketplace.bookings.actions.spend_package import come_back
from marketplace.bookings.models import Booking
from marketplace.bookings.rules.cancellation import Paid, Settlement, settle
from marketplace.bookings.rules.country_rates import rates_of
from marketplace.bookings.rules.packages import settlement
from marketplace.bookings.rules.price import processing_minor
from marketplace.bookings.rules.process import State
from payments.actions.accrue import accrue
from payments.actions.charge_card import charge_card
from payments.actions.refund import refund
from payments.actions.release import release
from payments.actions.void import void
from payments.queries.pay import payment_of
from payments.rules.blocks import Item, PriceBlocks
from payments.rules.taxes import withhold_of_kept
from tenants.tenancy.queries import here

KEPT_PAID_WITHIN = timedelta(days=14)
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
    if booking.at in GIVEN_BACK and booking.uncharged:
        charge_what_is_kept(booking)
        return
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
    if not (booking.uncharged or booking.kept_alone):
        return settle(paid=paid, rate_bp=rate_bp)
    kept = settle(paid=paid, rate_bp=rate_bp).kept
    alone = Money(booking.currency, processing_minor(kept.minor, rates=rates_of(here().country)))
    return settle(paid=replace(paid, processor=alone), rate_bp=rate_bp)


def items_of(booking: Booking) -> list[Item]:
    """Return the lines of a booking's price, for its receipt."""
    return [
        Item(label=line.label, quantity=line.quantity, minor=line.amount_minor)
        for line in booking.price_lines
    ]


def see_charge(booking: Booking) -> None:
    """Take note of a charge that went through a moment ago, whose news is still on its way."""
    if booking.uncharged and booking.payment_id:
        payment = payment_of(booking.payment_id)
        if payment.state == "captured":
            booking.money, booking.paid_at = "captured", payment.captured_at


def charge_what_is_kept(booking: Booking) -> None:
    """The visit does not take place and was not paid: charge what is kept of it, and no more."""
    if booking.payment_id:
        void(by=SYSTEM, payment_id=booking.payment_id)
    settled = settlement_of(booking, rate_bp=booking.kept_bp or 0)
    booking.money, booking.payment_id = "none", None
    if not settled.kept:
        return
    payment = charge_card(
        by=SYSTEM,
        card_id=booking.card_id,
        payer_id=booking.customer_id,
        reference=booking.reference,
        amount=settled.kept,
        tip=zero(booking.currency),
        title=booking.service_name,
        return_path=f"/bookings/{booking.code}/",
        expires_at=clock.now() + KEPT_PAID_WITHIN,
        key=f"{booking.reference}:kept:charge",
        blocks=settled.blocks,
    )
    booking.money, booking.payment_id, booking.kept_alone = "scheduled", payment.pk, True


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
        blocks=to_business(booking.blocks) if booking.guaranteed else booking.blocks,
        key=f"{booking.reference}:delivered",
        withheld=() if booking.guaranteed else booking.withholdings,
    )


def to_business(blocks: PriceBlocks) -> PriceBlocks:
    """Return a price whose worker the business has paid already: that part is the business's."""
    return replace(blocks, worker=blocks.nothing, tenant=blocks.tenant + blocks.worker)


def give_back(booking: Booking) -> None:
    """Send back what is not kept, and let the worker have what is."""
    assert booking.payment_id
    rate_bp = booking.kept_bp or 0
    settled = settlement_of(booking, rate_bp=rate_bp)
    if booking.paid_ahead_id is not None and come_back(booking=booking, rate_bp=rate_bp):
        booking.money = "refunded"
    if settled.refund and not booking.kept_alone:
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
