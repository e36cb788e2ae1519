"""What steps do to the money."""

from datetime import datetime, timedelta

from marketplace.bookings.actions.effects_charge import leave_card
from marketplace.bookings.actions.effects_visit import ended_by
from marketplace.bookings.actions.moves import Move, effect
from marketplace.bookings.actions.settle_extras import settle_extras
from marketplace.bookings.actions.settle_money import (
    items_of,
    nothing_kept,
    see_charge,
    settle_money,
    settlement_of,
)
from marketplace.bookings.actions.spend_package import take_credit
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.cash import cash_missing, told_short
from marketplace.bookings.rules import cancellation, guards, timers
from marketplace.bookings.rules.cancellation import Policy
from payments.actions.capture import capture as capture_payment
from payments.actions.collect import collect as collect_payment
from payments.actions.promise_cash import promise_cash
from payments.queries.providers import pay_within
from tenants.support.actions.open_case import open_case


@effect
def collect(move: Move) -> None:
    """Ask for the money: to be taken at once, or kept ready until the worker has answered."""
    booking = move.booking
    notice = timedelta(minutes=booking.worker_service.service.min_notice)
    booking.pay_by = timers.pay_by(
        entered_at=booking.entered_at,
        starts_at=booking.starts_at,
        within=pay_within(),
        notice=notice,
    )
    if booking.in_cash:
        _promise(move, until=booking.pay_by)
        return
    if booking.quote.package_id is not None:
        take_credit(booking=booking, package_id=booking.quote.package_id)
        return
    if booking.paid_later:
        leave_card(move, until=booking.pay_by)
        return
    payment = collect_payment(
        by=move.by,
        payer_id=booking.customer_id,
        reference=booking.reference,
        amount=booking.without_tip,
        tip=booking.tip,
        title=booking.service_name,
        capture="manual" if booking.mode in ("request", "dispatch") else "automatic",
        return_path=f"/bookings/{booking.code}/",
        expires_at=booking.pay_by,
        waits_until=timers.wait_for_money_until(starts_at=booking.starts_at, notice=notice),
        key=f"{booking.reference}:create",
        blocks=booking.blocks,
        items=items_of(booking),
        with_credit=move.facts.get("with_credit", True),
    )
    booking.payment_id, booking.credit_minor = payment.pk, payment.credit_minor


def _promise(move: Move, *, until: datetime) -> None:
    """Let the worker take the money at the visit."""
    booking = move.booking
    payment = promise_cash(
        by=move.by,
        payer_id=booking.customer_id,
        worker_member_id=booking.worker.member_id,
        reference=booking.reference,
        title=booking.service_name,
        return_path=f"/bookings/{booking.code}/",
        expires_at=until,
        key=f"{booking.reference}:create",
        blocks=booking.blocks,
        items=items_of(booking),
        withheld_minor=booking.withheld_minor,
    )
    booking.payment_id = payment.pk


@effect
def capture(move: Move) -> None:
    """Take what the bank keeps ready; cash is taken at the visit."""
    if move.booking.in_cash:
        return
    if move.booking.money == "authorised" and move.booking.payment_id:
        capture_payment(by=move.by, payment_id=move.booking.payment_id)


@effect
def give_back_all(move: Move) -> None:
    """Nothing is kept."""
    _ended(move)
    see_charge(move.booking)
    nothing_kept(move.booking)
    settle_money(move.booking)


@effect
def keep_by_policy(move: Move) -> None:
    """The policy that the customer agreed to says what is kept."""
    booking = move.booking
    _keep(move, charged_now(booking, at=move.at))


def charged_now(booking: Booking, *, at: datetime) -> int:
    """Return the share of the work that is kept if the customer cancels at a moment."""
    return cancellation.rate_after_move_bp(
        policy=Policy(booking.policy),
        made_at=booking.requested_at,
        starts_at=booking.starts_at,
        at=at,
        least_bp=booking.least_kept_bp,
    )


@effect
def keep_for_no_show(move: Move) -> None:
    """Nobody contested it: who was said not to have come did not."""
    booking = move.booking
    _keep(move, cancellation.no_show_bp(policy=Policy(booking.policy), accused=booking.accused))


@effect
def keep_as_decided(move: Move) -> None:
    """The office says what is kept; of what was never paid, nothing is."""
    rate = move.facts.get("rate_bp")
    if not isinstance(rate, int) or not 0 <= rate <= 10_000:
        raise guards.RateMissing(fields=["rate"])
    _keep(move, rate if move.booking.confirmed_at else 0)


def _keep(move: Move, rate_bp: int) -> None:
    booking = move.booking
    _ended(move)
    see_charge(booking)
    if booking.in_cash and not booking.has_money:
        rate_bp = 0  # There is nothing to keep a part of.
    booking.kept_bp = rate_bp
    if booking.has_money:
        booking.refund_minor = settlement_of(booking, rate_bp=rate_bp).refund.minor
    settle_money(booking)
    settle_extras(booking=booking, by=move.by)


def _ended(move: Move) -> None:
    move.booking.ended_by = ended_by(move)
    move.booking.reason = move.reason


@effect
def accrue(move: Move) -> None:
    """The job is delivered: its money belongs to those who earned it.

    Cash waits until the worker has confirmed to have it.
    """
    move.booking.finished_at = move.booking.finished_at or move.at
    settle_money(move.booking)
    settle_extras(booking=move.booking, by=move.by)


@effect
def release(move: Move) -> None:
    """The job is completed: the worker may take the money out.

    Of cash that nobody has confirmed, somebody of the office makes sure: once is enough.
    """
    booking = move.booking
    booking.completed_at = move.at
    settle_money(booking)
    settle_extras(booking=booking, by=move.by)
    if cash_missing(booking) and not told_short(booking):
        open_case(
            by=move.by,
            kind="cash_unconfirmed",
            priority="P3",
            about_kind="booking",
            about_id=booking.pk,
            title=f"{booking.code}: {booking.service_name}",
            key=f"{booking.reference}:cash",
            person_id=booking.worker.member_id,
        )
