"""Sending money back. Talks to the provider: no transactions."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP
from kernel.events import publish
from payments.actions.call_provider import call_provider
from payments.actions.know_object import know_object
from payments.actions.locks import locked_refund
from payments.actions.post import post
from payments.events import RefundSucceeded
from payments.models import Refund
from payments.providers import provider_of
from payments.providers.base import RefundFact, RefundOrder, SaidNo
from payments.rules.entries import refund_paid


def send_refund(*, refund_id: UUID) -> Refund:
    """Ask the provider to give the money back; a definite no is kept for a person to look at."""
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    if refund.state != Refund.DUE:
        return refund
    payment, key = refund.payment, f"refund:{refund.pk}:1"
    order = RefundOrder(refund_id=refund.pk, intent_ref=payment.intent_ref, amount=refund.total)
    try:
        fact = call_provider(
            provider=payment.provider,
            purpose="refund",
            key=key,
            request=order,
            ask=lambda provider: provider.refund(order, key),
            named=lambda fact: fact.ref,
            find=lambda provider: provider.find_refunds(key=key, intent_ref=payment.intent_ref),
        )
    except SaidNo as error:
        fact = RefundFact(ref="", state="failed", failure=error.code)
    return apply_refund(refund_id=refund.pk, fact=fact)


def refresh_refund(*, refund_id: UUID) -> Refund:
    """Look at the provider how far a refund is, and take it over."""
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    fact = provider_of(refund.payment.provider).fetch_refund(refund.provider_ref)
    return apply_refund(refund_id=refund.pk, fact=fact)


@transaction.atomic
def apply_refund(*, refund_id: UUID, fact: RefundFact) -> Refund:
    """Move a refund to what its provider reports, once and only forwards."""
    refund = locked_refund(refund_id)
    if fact.ref and not refund.provider_ref:
        refund.provider_ref = fact.ref
        know_object(object_id=fact.ref, kind="refund", subject_id=refund.pk)
    if refund.state in (Refund.DUE, Refund.SENT):
        refund.state, refund.failure = fact.state, fact.failure[:80]
        if fact.state == Refund.SUCCEEDED:
            _succeeded(refund)
    refund.save()
    return refund


def _succeeded(refund: Refund) -> None:
    refund.succeeded_at = clock.now()
    post(refund_paid(refund_id=refund.pk, amount=refund.total))
    publish(
        RefundSucceeded(
            refund_id=str(refund.pk),
            payment_id=str(refund.payment_id),
            reference=refund.payment.reference,
            payer_id=str(refund.payment.payer_id),
            amount_minor=refund.amount_minor,
            tip_minor=refund.tip_minor,
            currency=refund.currency,
        ),
        by=PSP,
    )
