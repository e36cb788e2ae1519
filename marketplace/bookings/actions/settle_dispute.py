"""The money of a disagreement that has ended: what goes back, who pays it, what is free again."""

from kernel.actor import SYSTEM, Actor
from kernel.money import Money, zero
from marketplace.bookings.actions.effects_charge import ask_for_money
from marketplace.bookings.actions.guarantee import pay_worker
from marketplace.bookings.actions.settle_money import (
    charge_what_is_kept,
    earn_all,
    give_back,
    see_charge,
    settlement_of,
)
from marketplace.bookings.models import Booking, Dispute
from marketplace.bookings.rules import cancellation, disputes
from marketplace.bookings.rules.cancellation import Policy
from marketplace.bookings.rules.disputes import Division, Outcome
from marketplace.bookings.rules.process import Party
from payments.actions.hold import release_hold
from payments.actions.refund import refund
from payments.actions.release import release
from payments.models import Earning
from payments.queries.disputes import is_disputed
from payments.queries.pay import payment_of
from payments.rules.refusals import RefundStopped


def divided(booking: Booking, *, amount: int, fault: str) -> Division:
    """Return who would pay what of an amount of the work that goes back."""
    return disputes.divide(
        amount=amount,
        work=booking.work_minor,
        commission=booking.commission_minor,
        fee=booking.fee_minor,
        share=booking.worker_minor,
        fault=fault,
    )


def is_earned(booking: Booking) -> bool:
    """Tell whether the booking's money was divided among those who earned it."""
    return Earning.objects.filter(reference=booking.reference).exists()


def settle_money_of(booking: Booking, *, by: Actor) -> None:
    """Give back what was found, free the rest. Money that never came cannot go anywhere."""
    dispute: Dispute = booking.dispute
    see_charge(booking)
    if booking.uncharged:
        _settle_uncharged(booking, dispute)
        return
    if booking.payment_id is None or booking.money != "captured":
        return
    if dispute.refund_minor and is_disputed(payment_of(booking.payment_id)):
        raise RefundStopped
    if not is_earned(booking) and booking.accused:
        _settle_no_show(booking, dispute, by=by)
        return
    _pay_back(booking, dispute, by=by)


def _settle_uncharged(booking: Booking, dispute: Dispute) -> None:
    """What was not charged yet is charged now, unless all of it would go back anyhow.

    What goes back of it does so when it is there; work that its customer need not pay for is the
    business's to pay, as far as the worker was not at fault.
    """
    no_show = booking.accused and not is_earned(booking)
    if no_show and (dispute.outcome == Outcome.FULL or _by_policy(booking, dispute)):
        booking.kept_bp = _kept_bp(booking, dispute)
        charge_what_is_kept(booking)
    elif dispute.refund_minor >= booking.without_tip.minor:
        booking.kept_bp = 0
        charge_what_is_kept(booking)
        pay_worker(booking=booking, less_minor=dispute.debit_minor)
    else:
        ask_for_money(booking)


def _by_policy(booking: Booking, dispute: Dispute) -> bool:
    return dispute.outcome == Outcome.DISMISSED and booking.accused == Party.CUSTOMER


def _kept_bp(booking: Booking, dispute: Dispute) -> int:
    if not _by_policy(booking, dispute):
        return 0
    return cancellation.no_show_bp(policy=Policy(booking.policy), accused=booking.accused)


def _settle_no_show(booking: Booking, dispute: Dispute, *, by: Actor) -> None:
    """Nobody worked: all of it goes back, or what the policy keeps, or the worker is paid."""
    if dispute.outcome == Outcome.FULL or _by_policy(booking, dispute):
        rate_bp = booking.kept_bp = _kept_bp(booking, dispute)
        booking.refund_minor = settlement_of(booking, rate_bp=rate_bp).refund.minor
        give_back(booking)
        return
    _pay_back(booking, dispute, by=by)


def _pay_back(booking: Booking, dispute: Dispute, *, by: Actor) -> None:
    assert booking.payment_id
    earn_all(booking)
    if dispute.refund_minor:
        refund(
            by=by if by.works_in_office else SYSTEM,
            payment_id=booking.payment_id,
            amount=Money(booking.currency, dispute.refund_minor),
            tip=zero(booking.currency),
            reason="dispute",
            key=f"{booking.reference}:dispute",
            fault="none" if booking.guaranteed else dispute.fault,
            finding=dispute.finding,
            worker_pays=0 if booking.guaranteed else dispute.debit_minor,
            reference=booking.reference,
        )
        booking.refund_minor += dispute.refund_minor
    if dispute.hold_id:
        release_hold(hold_id=dispute.hold_id)
    release(reference=booking.reference, key=f"{booking.reference}:completed")
