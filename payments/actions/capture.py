"""Take an authorised payment."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.events import publish
from payments.actions.locks import locked_payment
from payments.events import CaptureAsked
from payments.models import Payment
from payments.rules.refusals import NotAuthorised


@transaction.atomic
def capture(*, by: Actor, payment_id: UUID) -> Payment:
    """Ask for the money of an authorised payment; `PaymentCaptured` tells when it is there."""
    payment = locked_payment(payment_id)
    if payment.state == "captured" or payment.capture_asked_at:
        return payment
    if payment.state != "authorised" or payment.void_asked_at:
        raise NotAuthorised
    payment.capture_asked_at = clock.now()
    payment.save(update_fields=["capture_asked_at"])
    publish(CaptureAsked(payment_id=str(payment.pk)), by=by)
    return payment
