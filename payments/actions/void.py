"""Call a payment off before its money is taken."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.events import publish
from payments.actions.locks import locked_payment
from payments.events import PaymentCancelled, VoidAsked
from payments.models import Payment
from payments.rules.payment_states import FINAL
from payments.rules.refusals import AlreadyCaptured


@transaction.atomic
def void(*, by: Actor, payment_id: UUID) -> Payment:
    """Call a payment off; a page that is open somewhere is closed. Paid ones need a refund.

    If the payer was faster than we are, the money goes back by itself.
    """
    payment = locked_payment(payment_id)
    if payment.state == "captured":
        raise AlreadyCaptured
    if payment.state in FINAL or payment.void_asked_at:
        return payment
    payment.void_asked_at = clock.now()
    if payment.page_ref or payment.intent_ref:
        publish(VoidAsked(payment_id=str(payment.pk)), by=by)
    else:
        payment.state = "cancelled"
        publish(PaymentCancelled(payment_id=str(payment.pk), reference=payment.reference), by=by)
    payment.save(update_fields=["state", "void_asked_at"])
    return payment
