"""The office gives back what a cancellation kept: the business pays it, the worker keeps it."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotAllowed
from kernel.money import zero
from marketplace.bookings.actions.effects_news import tell_customer
from marketplace.bookings.actions.moves import locked_booking
from marketplace.bookings.actions.settle_money import settlement_of
from marketplace.bookings.models import Booking, StepTaken
from marketplace.bookings.notices import changes as notices
from marketplace.bookings.rules import guards
from marketplace.bookings.rules.cancellation import NothingToWaive, check_waiver
from marketplace.bookings.rules.process import Party
from payments.actions.decide_refund import decide_refund


@transaction.atomic
def waive(*, by: Actor, booking_id: UUID, reason: str) -> Booking:
    """Give a customer back what was kept of a visit, within a week, with a reason."""
    booking = locked_booking(booking_id, by=by)
    if not by.works_in_office:
        raise NotAllowed
    said = guards.check_reason(reason, party=Party.STAFF, needed=True)
    check_waiver(
        state=booking.at, kept_bp=booking.kept_bp, ended_at=booking.entered_at, at=clock.now()
    )
    if booking.paid_ahead_id is not None:
        raise NothingToWaive  # What was kept of it is no money that the customer paid for it.
    settled = settlement_of(booking, rate_bp=booking.kept_bp or 0)
    back = settled.kept_work + settled.kept_fee
    assert booking.payment_id
    decide_refund(
        by=by,
        payment_id=booking.payment_id,
        amount=back,
        tip=zero(booking.currency),
        fault="none",
        reason=said,
        key=f"{booking.reference}:waived",
    )
    booking.kept_bp, booking.money = 0, "refund_pending"
    booking.refund_minor += back.minor
    booking.version += 1
    booking.save(update_fields=["kept_bp", "money", "refund_minor", "version"])
    StepTaken.objects.create(
        booking=booking,
        step="waive",
        origin=booking.state,
        state=booking.state,
        version=booking.version,
        actor_role=by.role,
        actor_id=by.member_id,
        reason=said,
        facts={"refund_minor": back.minor},
        at=clock.now(),
    )
    tell_customer(booking, notices.WAIVED_CUSTOMER, "waived", back_minor=back.minor)
    return booking
