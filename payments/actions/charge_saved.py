"""Taking a tip from a card that was kept, without its owner at hand. Talks to the provider."""

from uuid import UUID

from django.db import transaction

from kernel.actor import PSP
from kernel.events import publish
from payments.actions.apply_payment import apply_payment
from payments.actions.call_provider import call_provider, numbered
from payments.actions.know_object import know_object
from payments.actions.locks import locked_payment
from payments.events import PaymentFailed
from payments.models import Payment
from payments.notices import TIP_NEEDS_YOU
from payments.providers import provider_of
from payments.providers.base import KeepsCards, SaidNo, SavedCharge
from payments.queries import payment_of
from payments.rules.payment_states import UNPAID
from tenants.messaging.actions.notify import notify


def charge_saved(*, payment_id: UUID) -> Payment:
    """Take a payment from the card it names; if the bank wants its owner, ask the owner to come."""
    payment = payment_of(payment_id)
    company = provider_of(payment.provider)
    if (
        not payment.off_session
        or payment.state not in UNPAID
        or not isinstance(company, KeepsCards)
    ):
        return payment
    key = numbered(provider=payment.provider, stem=f"tip:{payment.pk}")
    order = SavedCharge(
        payment_id=payment.pk,
        customer_ref=payment.customer_ref,
        method_ref=payment.method_ref,
        amount=payment.charged,
        group=payment.reference.replace(":", "_"),
    )
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
def _ask_owner(payment_id: UUID, error: SaidNo) -> Payment:
    """Leave the payment open, for its page, and send its owner there."""
    payment = locked_payment(payment_id)
    if payment.state not in UNPAID:
        return payment
    if error.ref:
        know_object(object_id=error.ref, kind="payment", subject_id=payment.pk)
    payment.off_session, payment.failure = False, error.code[:80]
    payment.state, payment.customer_ref, payment.method_ref = "requires_action", "", ""
    payment.save(update_fields=["off_session", "failure", "state", "customer_ref", "method_ref"])
    publish(
        PaymentFailed(
            payment_id=str(payment.pk), reference=payment.reference, reason=payment.failure
        ),
        by=PSP,
    )
    notify(
        to_id=payment.payer_id,
        notice=TIP_NEEDS_YOU,
        about=str(payment.pk),
        tip_minor=payment.tip_minor,
        currency=payment.currency,
        payment_id=str(payment.pk),
    )
    return payment
