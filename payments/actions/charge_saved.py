"""Taking money from a card that was kept, without its owner at hand. Talks to the provider."""

from uuid import UUID

from django.db import transaction

from kernel.actor import PSP
from kernel.events import publish
from payments.actions.apply_payment import apply_payment
from payments.actions.call_provider import call_provider, numbered, prepare_call
from payments.actions.know_object import know_object
from payments.actions.locks import locked_payment
from payments.actions.spend_credit import let_go
from payments.events import PaymentCancelled, PaymentFailed
from payments.models import Payment, ProviderCall
from payments.notices import TIP_NEEDS_YOU
from payments.providers import provider_of
from payments.providers.base import SaidNo
from payments.providers.saved import KeepsCards, SavedCharge
from payments.queries import payment_of
from payments.rules.payment_states import UNPAID
from tenants.messaging.actions.notify import notify


def charge_saved(*, payment_id: UUID) -> Payment:
    """Take a payment from the card it names; if the bank says no, its owner may pay by hand."""
    begun = _begin(payment_id)
    if begun is None:
        return payment_of(payment_id)
    order, key, company = begun
    payment = payment_of(payment_id)
    try:
        fact = call_provider(
            provider=payment.provider,
            purpose="charge",
            key=key,
            request=order,
            ask=lambda _: company.charge_saved(order, key),
            named=lambda fact: fact.intent_ref,
            find=lambda _: company.find_charges(order, key),
        )
    except SaidNo as error:
        return _ask_owner(payment_id, error)
    return apply_payment(payment_id=payment.pk, fact=fact)


@transaction.atomic
def _begin(payment_id: UUID) -> tuple[SavedCharge, str, KeepsCards] | None:
    """Write down what will be asked, under the lock under which a payment is called off.

    What was called off before anything was asked ends here. After that the provider is asked all
    the same, and what it took goes back: it may know of the request already.
    """
    payment = locked_payment(payment_id)
    company = provider_of(payment.provider)
    waits = payment.off_session and payment.state in UNPAID
    if not waits or not isinstance(company, KeepsCards):
        return None
    stem = f"tip:{payment.pk}" if payment.kind == Payment.TIP else f"charge:{payment.pk}:saved"
    key = numbered(provider=payment.provider, stem=stem)
    order = SavedCharge(
        payment_id=payment.pk,
        customer_ref=payment.customer_ref,
        method_ref=payment.method_ref,
        amount=payment.charged,
        group=payment.reference.replace(":", "_"),
    )
    asked = ProviderCall.objects.filter(provider=payment.provider, key=key).exists()
    if payment.void_asked_at and not asked:
        _call_off(payment)
        return None
    prepare_call(provider=payment.provider, purpose="charge", key=key, request=order)
    return order, key, company


def _call_off(payment: Payment) -> None:
    payment.state, payment.off_session = "cancelled", False
    payment.save(update_fields=["state", "off_session"])
    let_go(payment=payment)
    ids = {"payment_id": str(payment.pk), "reference": payment.reference}
    publish(PaymentCancelled(**ids), by=PSP)


@transaction.atomic
def _ask_owner(payment_id: UUID, error: SaidNo) -> Payment:
    """Leave the payment open, for its page; the owner of a tip's card is sent there."""
    payment = locked_payment(payment_id)
    if payment.state not in UNPAID:
        return payment
    if error.ref:
        know_object(object_id=error.ref, kind="payment", subject_id=payment.pk)
    if payment.void_asked_at:
        _call_off(payment)
        return payment
    payment.off_session, payment.failure = False, error.code[:80]
    payment.state, payment.customer_ref, payment.method_ref = "requires_action", "", ""
    payment.save(update_fields=["off_session", "failure", "state", "customer_ref", "method_ref"])
    publish(
        PaymentFailed(
            payment_id=str(payment.pk), reference=payment.reference, reason=payment.failure
        ),
        by=PSP,
    )
    if payment.kind == Payment.TIP:
        _send_to_page(payment)
    return payment


def _send_to_page(payment: Payment) -> None:
    notify(
        to_id=payment.payer_id,
        notice=TIP_NEEDS_YOU,
        about=str(payment.pk),
        tip_minor=payment.tip_minor,
        currency=payment.currency,
        payment_id=str(payment.pk),
    )
