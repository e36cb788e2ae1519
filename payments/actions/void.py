"""Call a payment off before its money is taken, or close it because nobody paid in time."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.events import Event, publish
from payments.actions.locks import locked_payment
from payments.actions.spend_credit import let_go
from payments.events import PaymentCancelled, PaymentExpired, VoidAsked
from payments.events.payments import ChargeAsked
from payments.models import Payment
from payments.rules.payment_states import FINAL, UNPAID
from payments.rules.refusals import AlreadyCaptured


@transaction.atomic
def void(*, by: Actor, payment_id: UUID) -> Payment:
    """Call a payment off; a page that is open somewhere is closed. Paid ones need a refund.

    If the payer was faster than we are, the money goes back by itself.
    """
    payment = locked_payment(payment_id)
    if payment.state == "captured":
        raise AlreadyCaptured
    ids = {"payment_id": str(payment.pk), "reference": payment.reference}
    _close(payment, by=by, state="cancelled", fact=PaymentCancelled(**ids))
    return payment


@transaction.atomic
def expire(*, payment_id: UUID) -> Payment:
    """Close a payment that nobody has paid in time; a page that is open somewhere goes with it.

    One that was paid at a counter or in a bank's app is left alone: the money is on its way, and
    the provider will say whether it came.
    """
    payment = locked_payment(payment_id)
    if payment.state in UNPAID and payment.state != "processing":
        ids = {"payment_id": str(payment.pk), "reference": payment.reference}
        _close(payment, by=SYSTEM, state="expired", fact=PaymentExpired(**ids))
    return payment


def _close(payment: Payment, *, by: Actor, state: str, fact: Event) -> None:
    """Close at once what the provider does not know of; else ask the provider first."""
    if payment.state in FINAL or payment.void_asked_at:
        return
    payment.void_asked_at = clock.now()
    if payment.page_ref or payment.intent_ref:
        publish(VoidAsked(payment_id=str(payment.pk)), by=by)
    elif payment.off_session:
        publish(ChargeAsked(payment_id=str(payment.pk)), by=by)  # Its card may be charged by now.
    else:
        payment.state = state
        let_go(payment=payment)
        publish(fact, by=by)
    payment.save(update_fields=["state", "void_asked_at"])
