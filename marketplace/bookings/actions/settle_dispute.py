"""The money of a disagreement that has ended: what goes back, who pays it, what is free again."""

from kernel.actor import SYSTEM, Actor
from kernel.money import Money, zero
from marketplace.bookings.actions.settle_money import earn_all, give_back, settlement_of
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
    if booking.payment_id is None or booking.money != "captured":
        return
    if dispute.refund_minor and is_disputed(payment_of(booking.payment_id)):
        raise RefundStopped
    if not is_earned(booking) and booking.accused:
        _settle_no_show(booking, dispute, by=by)
        return
    _pay_back(booking, dispute, by=by)


def _settle_no_show(booking: Booking, dispute: Dispute, *, by: Actor) -> None:
    """Nobody worked: all of it goes back, or what the policy keeps, or the worker is paid."""
    by_policy = dispute.outcome == Outcome.DISMISSED and booking.accused == Party.CUSTOMER
    if dispute.outcome == Outcome.FULL or by_policy:
        rate_bp = (
            cancellation.no_show_bp(policy=Policy(booking.policy), accused=booking.accused)
            if by_policy
            else 0
        )
        booking.kept_bp = rate_bp
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
            fault=dispute.fault,
            finding=dispute.finding,
            worker_pays=dispute.debit_minor,
            reference=booking.reference,
        )
        booking.refund_minor += dispute.refund_minor
    if dispute.hold_id:
        release_hold(hold_id=dispute.hold_id)
    release(reference=booking.reference, key=f"{booking.reference}:completed")
