"""What the payments floor tells us about a booking's money. Every fact may come twice, and late."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP, SYSTEM, Actor, Role
from kernel.timers import cancel_timers, set_timer
from marketplace.bookings import notices
from marketplace.bookings.actions.effects_charge import ask_for_money, is_card_of, keep
from marketplace.bookings.actions.effects_news import tell_customer
from marketplace.bookings.actions.moves import locked_booking, move
from marketplace.bookings.actions.settle_dispute import settle_money_of
from marketplace.bookings.actions.settle_money import GIVEN_BACK, give_back, settle_money
from marketplace.bookings.models import Booking
from marketplace.bookings.models.booking import UNCHARGED
from marketplace.bookings.rules.process import State
from payments.queries import payment_of
from payments.queries.disputes import is_back

PAY_TIMEOUT = "bookings.pay_timeout"
WAITS_FOR_MONEY = (State.PENDING_PAYMENT, State.PAYMENT_DUE)
EARLIER = {"authorised": ("none",), "captured": ("none", "authorised", *UNCHARGED)}


def booking_paid_by(payment_id: str) -> UUID | None:
    """Return the booking whose price a payment is for; a later tip is none, nor is a package."""
    found = Booking.objects.filter(payment_id=UUID(payment_id), paid_ahead__isnull=True)
    return found.values_list("pk", flat=True).first()


def is_booking(booking_id: UUID) -> bool:
    """Tell whether a reference names a booking of ours."""
    return Booking.objects.filter(pk=booking_id).exists()


@transaction.atomic
def note_paid(*, booking_id: UUID, money: str) -> Booking:
    """The money is kept ready (`authorised`) or there (`captured`).

    A booking that waited for it goes on. One that ended meanwhile gives it back; one that was
    delivered meanwhile lets it be earned.
    """
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.money in EARLIER[money]:
        if booking.at in GIVEN_BACK and booking.money == "none":
            booking.money = "refund_pending"  # It was called off unpaid: payments sends it back.
        else:
            booking.money = money
            booking.paid_at = clock.now() if money == "captured" else None
            settle_money(booking)
        booking.save(update_fields=["money", "paid_at"])
        _settle_late(booking)
    if booking.at == State.PENDING_PAYMENT:
        cancel_timers(booking_id, PAY_TIMEOUT)  # Late news of a payment costs nobody the visit.
        return move(by=PSP, booking_id=booking_id, step="pay_ok")
    if booking.at == State.PAYMENT_DUE and booking.money == "captured":
        cancel_timers(booking_id, PAY_TIMEOUT)
        return move(by=PSP, booking_id=booking_id, step="pay_ok")
    return booking


def _settle_late(booking: Booking) -> None:
    """Let money that came after a disagreement had ended go where that says."""
    if booking.at != State.RESOLVED or booking.money != "captured":
        return
    if booking.kept_alone:
        give_back(booking)
    else:
        settle_money_of(booking, by=SYSTEM)
    booking.save(update_fields=["money", "refund_minor", "kept_bp"])


@transaction.atomic
def hear_of_payment(*, booking_id: UUID) -> Booking:
    """Look whether a booking that waits for money has it: the event may still be on its way."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.at not in WAITS_FOR_MONEY:
        return booking
    if booking.money == "scheduled":
        return move(by=PSP, booking_id=booking_id, step="pay_ok")
    if booking.payment_id is not None:
        payment = payment_of(booking.payment_id)
        if payment.kind == payment.SETUP:
            kept = payment.state == "captured"
            return note_card(booking_id=booking_id, card_id=payment.pk) if kept else booking
        if payment.state in EARLIER:
            return note_paid(booking_id=booking_id, money=payment.state)
    return booking


@transaction.atomic
def note_card(*, booking_id: UUID, card_id: UUID) -> Booking:
    """A customer left a card: the booking that waited for it goes on; another takes it instead.

    Who could not be charged before is charged again with the new card.
    """
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.at == State.PENDING_PAYMENT and booking.payment_id == card_id:
        cancel_timers(booking_id, PAY_TIMEOUT)
        keep(booking, card_id=card_id)
        booking.save(update_fields=["card_id", "payment_id", "money", "pay_when"])
        return move(by=PSP, booking_id=booking_id, step="pay_ok")
    if booking.uncharged and booking.card_id != card_id and is_card_of(booking, card_id):
        booking.card_id = card_id
        if booking.charges:
            ask_for_money(booking)
        booking.save(update_fields=["card_id", "charges", "payment_id", "credit_minor"])
    return booking


@transaction.atomic
def end_of_waiting(*, booking_id: UUID) -> Booking:
    """The time to pay is over: the booking ends, unless it has been paid.

    Money that is on its way is waited for, until the visit would begin.
    """
    booking = hear_of_payment(booking_id=booking_id)
    if booking.at not in WAITS_FOR_MONEY:
        return booking
    if _on_its_way(booking) and clock.now() < booking.starts_at:
        set_timer(PAY_TIMEOUT, subject_id=booking.pk, at=booking.starts_at, entry="on_its_way")
        return booking
    return move(by=SYSTEM, booking_id=booking_id, step="pay_timeout")


def _on_its_way(booking: Booking) -> bool:
    payment_id = booking.payment_id
    return payment_id is not None and payment_of(payment_id).state == "processing"


@transaction.atomic
def note_promised(*, booking_id: UUID, until: datetime) -> Booking:
    """The customer holds a voucher: the visit's time is kept as long as it can be paid."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.at == State.PENDING_PAYMENT:
        booking.pay_by = until
        booking.save(update_fields=["pay_by"])
        set_timer(PAY_TIMEOUT, subject_id=booking.pk, at=until, entry=str(booking.entry))
    return booking


@transaction.atomic
def note_unpaid(*, booking_id: UUID, failed: bool = False) -> Booking:
    """Nobody paid in time; or money that was to come did not, and its payer is told."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.at == State.PENDING_PAYMENT:
        if failed:
            tell_customer(booking, notices.PAYMENT_LOST_CUSTOMER)
        return move(by=SYSTEM, booking_id=booking_id, step="pay_timeout")
    return booking


@transaction.atomic
def note_refunded(*, booking_id: UUID) -> Booking:
    """The money has gone back, all of it: by card, as a credit, or both."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.money == "refund_pending" and booking.payment_id and is_back(booking.payment_id):
        booking.money = "refunded"
        booking.save(update_fields=["money"])
    return booking


@transaction.atomic
def begin_by_proof(*, booking_id: UUID, source: str) -> Booking | None:
    """The two have met, as the badge or the customer's link proved: the work begins."""
    booking = Booking.objects.filter(pk=booking_id).first()
    if booking is None or booking.at != State.CONFIRMED:
        return booking
    customer = Actor(role=Role.CUSTOMER, member_id=booking.customer_id)
    return move(by=customer, booking_id=booking_id, step="check_in", facts={"source": source})
