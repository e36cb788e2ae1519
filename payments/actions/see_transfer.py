"""A customer's transfer is seen on the business's bank account."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from payments.actions.answer_transfer import plain_key
from payments.actions.apply_payment import apply_payment
from payments.actions.locks import locked_payment
from payments.models import BankAnswer, IncomingTransfer, Payment
from payments.providers import provider_of
from payments.queries.permissions import demand
from payments.rules.batches import TrackingKeyUsed, TransferDiffers
from payments.rules.payment_states import UNPAID
from payments.rules.refusals import PaymentClosed


@transaction.atomic
def see_transfer(
    *,
    by: Actor,
    payment_id: UUID,
    amount: Money,
    tracking_key: str,
    answer: BankAnswer | None = None,
) -> Payment:
    """Note that a customer's transfer has arrived, whole: the payment is captured."""
    demand(by, "batch_check")
    assert by.member_id is not None
    payment = locked_payment(payment_id)
    if payment.provider != "manual_transfer":
        raise NotFound(what="payment")
    key = plain_key(tracking_key)
    known = IncomingTransfer.objects.filter(tracking_key=key).first()
    if known and known.payment_id == payment.pk:
        return payment
    if known:
        raise TrackingKeyUsed(fields=["tracking_key"])
    if payment.state not in UNPAID or not payment.page_ref:
        raise PaymentClosed
    if amount != payment.charged:
        raise TransferDiffers(fields=["amount"])
    IncomingTransfer.objects.create(
        payment=payment,
        page_ref=payment.page_ref,
        currency=amount.currency,
        amount_minor=amount.minor,
        tracking_key=key,
        answer=answer,
        seen_by_id=by.member_id,
    )
    fact = provider_of(payment.provider).fetch_payment(
        page_ref=payment.page_ref, intent_ref=payment.intent_ref
    )
    return apply_payment(payment_id=payment.pk, fact=fact)
