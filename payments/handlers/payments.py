"""Payments: taken, called off, receipted."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.actions.apply_payment import EXPIRE
from payments.actions.settle_charge import SETTLE, settle_charge
from payments.actions.tell import tell_payer
from payments.actions.void import expire
from payments.events import CaptureAsked, PaymentCaptured, VoidAsked
from payments.tasks.payments import send_capture, send_void


@on(CaptureAsked)
def take_the_money(fact: CaptureAsked) -> None:
    """Take an authorised payment."""
    send_capture.delay(payment_id=fact.payment_id)


@on(VoidAsked)
def call_it_off(fact: VoidAsked) -> None:
    """Close the page, or let the authorised money go."""
    send_void.delay(payment_id=fact.payment_id)


@on(PaymentCaptured)
def send_the_receipt(fact: PaymentCaptured) -> None:
    """Tell whoever paid."""
    tell_payer(payment_id=UUID(fact.payment_id))


@timer("payments.send_capture")
def capture_again(subject_id: UUID) -> None:
    """Ask again for an authorised payment."""
    send_capture.delay(payment_id=str(subject_id))


@timer("payments.send_void")
def void_again(subject_id: UUID) -> None:
    """Call a payment off, again."""
    send_void.delay(payment_id=str(subject_id))


@timer(EXPIRE)
def nobody_paid(subject_id: UUID) -> None:
    """Close a payment that nobody has paid in time."""
    expire(payment_id=subject_id)


@timer(SETTLE)
def its_money_is_there(subject_id: UUID) -> None:
    """Book a charge as received."""
    settle_charge(payment_id=subject_id)
