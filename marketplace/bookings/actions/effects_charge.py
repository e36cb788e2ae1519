"""What steps do to money that is not paid at checkout: a card is left, and charged later."""

from datetime import datetime, timedelta
from uuid import UUID

from kernel import clock
from kernel.actor import SYSTEM
from kernel.errors import NotFound
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker
from marketplace.bookings.actions.moves import Move, due_times, effect
from marketplace.bookings.actions.settle_money import items_of, see_charge, settle_money
from marketplace.bookings.models import Booking, StepTaken
from marketplace.bookings.notices import charges as notices
from marketplace.bookings.rules.process import State
from marketplace.bookings.rules.scheduling import AT_BOOKING, BEFORE_START
from payments.actions.charge_card import charge_again, charge_card, keep_open
from payments.actions.save_card import save_card
from payments.actions.void import void
from payments.queries.pay import payment_of
from payments.queries.saved_cards import card_words
from payments.rules.payment_states import UNPAID

PAID_AFTERWARDS_WITHIN = timedelta(days=14)


def leave_card(move: Move, *, until: datetime) -> None:
    """Ask for a card that is charged later; one that was kept before is enough."""
    booking = move.booking
    if "card_id" in move.facts:
        schedule(move)
        return
    asked = save_card(
        by=move.by,
        payer_id=booking.customer_id,
        reference=booking.reference,
        title=booking.service_name,
        currency=booking.currency,
        return_path=f"/bookings/{booking.code}/",
        expires_at=until,
        key=f"{booking.reference}:create",
    )
    booking.payment_id = asked.pk


@effect
def schedule(move: Move) -> None:
    """The money will be taken from a card that its owner left with us."""
    booking = move.booking
    card_id = UUID(str(move.facts["card_id"]))
    if not is_card_of(booking, card_id):
        raise NotFound(what="card")
    keep(booking, card_id=card_id)


def is_card_of(booking: Booking, card_id: UUID) -> bool:
    """Tell whether a card can be charged for a booking: its customer's own, and kept."""
    return bool(card_words(card_id)) and payment_of(card_id).payer_id == booking.customer_id


def keep(booking: Booking, *, card_id: UUID) -> None:
    """Note which card is charged later."""
    booking.card_id, booking.payment_id, booking.money = card_id, None, "scheduled"
    if booking.pay_when == AT_BOOKING:
        booking.pay_when = BEFORE_START


@effect
def charge(move: Move) -> None:
    """Charge the card: two days before the visit, or when the work is done."""
    booking = move.booking
    see_charge(booking)
    if booking.money == "captured":
        settle_money(booking)
    if booking.uncharged:
        ask_for_money(booking)


def ask_for_money(booking: Booking) -> None:
    """Ask the card that was left; a payment that is still open is asked for again."""
    booking.charges += 1
    before = payment_of(booking.payment_id) if booking.payment_id else None
    if before and before.state in UNPAID and before.page_asked_at is None:
        charge_again(by=SYSTEM, payment_id=before.pk, card_id=booking.card_id)
        return
    if before and before.state in UNPAID:
        void(by=SYSTEM, payment_id=before.pk)  # Its page closes: the card is charged instead.
    payment = charge_card(
        by=SYSTEM,
        card_id=booking.card_id,
        payer_id=booking.customer_id,
        reference=booking.reference,
        amount=booking.without_tip,
        tip=booking.tip,
        title=booking.service_name,
        return_path=f"/bookings/{booking.code}/",
        expires_at=_open_until(booking),
        key=f"{booking.reference}:charge:{booking.charges}",
        blocks=booking.blocks,
        items=items_of(booking),
        with_credit=_wants_credit(booking),
    )
    booking.payment_id, booking.credit_minor = payment.pk, payment.credit_minor


def _open_until(booking: Booking) -> datetime:
    """Return until when it can be paid by hand, should the card be declined."""
    if booking.at == State.COMPLETED:
        return clock.now() + PAID_AFTERWARDS_WITHIN
    return max(booking.starts_at, clock.now() + timedelta(hours=1))


def _wants_credit(booking: Booking) -> bool:
    """Tell whether the customer wants credits to be used: yes, unless declined at checkout."""
    made = StepTaken.objects.filter(booking=booking, version=1).first()
    return made is None or bool(made.facts.get("with_credit", True))


@effect
def ask_to_pay(move: Move) -> None:
    """The card could not be charged: its owner pays by hand in time, or the time is free again."""
    booking = move.booking
    booking.money = "failed"
    until = due_times(booking)["pay_timeout"]
    if booking.payment_id:
        keep_open(payment_id=booking.payment_id, until=until)
    tell_customer(booking, notices.PAYMENT_DUE_CUSTOMER, pay_at=until.isoformat())
    tell_worker(booking, notices.PAYMENT_DUE_WORKER, pay_at=until.isoformat())


@effect
def paid_after_all(move: Move) -> None:
    """The customer paid by hand: the visit takes place as agreed."""
    tell_customer(move.booking, notices.PAID_AFTER_ALL_CUSTOMER)
    tell_worker(move.booking, notices.PAID_AFTER_ALL_WORKER)


@effect
def stop_charging(move: Move) -> None:
    """Nobody comes for now: what is not paid yet is not asked for before somebody does."""
    booking = move.booking
    see_charge(booking)
    if not booking.uncharged:
        return
    if booking.payment_id:
        void(by=SYSTEM, payment_id=booking.payment_id)
    booking.money, booking.payment_id, booking.credit_minor = "scheduled", None, 0
