"""What is due about a card that is charged later, and what became of it. It may come twice."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP, SYSTEM
from kernel.money import Money
from kernel.timers import set_timer
from marketplace.bookings.actions.effects_charge import ask_for_money
from marketplace.bookings.actions.effects_news import tell_customer
from marketplace.bookings.actions.guarantee import guarantee
from marketplace.bookings.actions.moves import locked_booking, move
from marketplace.bookings.actions.settle_money import GIVEN_BACK, settlement_of
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import charges as notices
from marketplace.bookings.rules import scheduling
from marketplace.bookings.rules.process import State
from payments.queries.pay import payment_of
from payments.rules.payment_states import UNPAID
from tenants.support.actions.open_case import open_case

CHARGE_DUE, CHARGE_AGAIN = "bookings.charge_due", "bookings.charge_again"
AFTER_THE_WORK = (State.COMPLETED, State.RESOLVED)


@transaction.atomic
def charge_is_due(*, booking_id: UUID) -> Booking:
    """T4: charge the card; who has gone to pay by hand meanwhile, and has not, is waited for."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.at != State.CONFIRMED or booking.money != "scheduled" or booking.paid_after:
        return booking
    if _pays_by_hand(booking):
        return move(by=PSP, booking_id=booking_id, step="charge_failed")
    return move(by=SYSTEM, booking_id=booking_id, step="charge_due")


def _pays_by_hand(booking: Booking) -> bool:
    if booking.payment_id is None:
        return False
    payment = payment_of(booking.payment_id)
    return payment.state in UNPAID and payment.page_asked_at is not None


@transaction.atomic
def charge_again(*, booking_id: UUID) -> Booking:
    """Try a card once more, when the work is done already."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.at in AFTER_THE_WORK and booking.money == "scheduled":
        if _pays_by_hand(booking):
            _give_up(booking)
        else:
            ask_for_money(booking)
        booking.save()
    return booking


@transaction.atomic
def note_charge_failed(*, booking_id: UUID, payment_id: UUID, reason: str) -> Booking:
    """The card was declined, or its bank wants its owner: try again, or ask the customer.

    What failed on a page that the customer has open is theirs to try again there.
    """
    booking = locked_booking(booking_id, by=SYSTEM)
    payment = payment_of(payment_id)
    ours = booking.payment_id == payment_id and booking.money == "scheduled"
    if not ours or payment.state not in UNPAID or payment.off_session or payment.page_asked_at:
        return booking
    before = booking.at == State.CONFIRMED
    again = scheduling.try_again_at(
        reason=reason,
        tries=booking.charges,
        at=clock.now(),
        starts_at=booking.starts_at if before else None,
    )
    if booking.at in GIVEN_BACK:
        _ask_for_what_is_kept(booking)
    elif again is not None and (before or booking.at in AFTER_THE_WORK):
        name = CHARGE_DUE if before else CHARGE_AGAIN
        entry = f"{booking.entry}:{booking.charges}"
        set_timer(name, subject_id=booking.pk, at=again, entry=entry)
        tell_customer(booking, notices.CARD_DECLINED_CUSTOMER, entry, again_at=again.isoformat())
    elif before:
        return move(by=PSP, booking_id=booking_id, step="charge_failed")
    elif booking.at in AFTER_THE_WORK:
        _give_up(booking)
        booking.save()
    return booking


def _ask_for_what_is_kept(booking: Booking) -> None:
    """The customer may pay by hand what is kept of a visit that was cancelled; a person looks."""
    kept = settlement_of(booking, rate_bp=booking.kept_bp or 0).kept
    tell_customer(booking, notices.PLEASE_PAY_CUSTOMER, "kept", owed_minor=kept.minor)
    _open_case(booking)


def _give_up(booking: Booking) -> None:
    """The work is done and the card is not good for it: a person looks, and the worker is paid."""
    booking.money = "failed"
    owed = Money(booking.currency, booking.total.minor)
    tell_customer(booking, notices.PLEASE_PAY_CUSTOMER, "owed", owed_minor=owed.minor)
    _open_case(booking)
    resolved = booking.at == State.RESOLVED
    guarantee(booking=booking, less_minor=booking.dispute.debit_minor if resolved else 0)


def _open_case(booking: Booking) -> None:
    open_case(
        by=SYSTEM,
        kind="charge_failed",
        priority="P2",
        about_kind="booking",
        about_id=booking.pk,
        title=f"{booking.code}: {booking.service_name}",
        key=f"{booking.reference}:charge_failed",
        person_id=booking.customer_id,
    )
