"""Sending money back. Talks to the provider: no transactions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP
from kernel.events import publish
from payments.actions.call_provider import call_provider
from payments.actions.know_object import know_object
from payments.actions.locks import locked_refund
from payments.actions.post import post, undo
from payments.events import RefundSucceeded
from payments.events.refunds import RefundFailed
from payments.models import Refund
from payments.providers import provider_of
from payments.providers.base import RefundFact, RefundOrder, SaidNo
from payments.queries import where_it_lies
from payments.queries.disputes import is_disputed
from payments.rules.entries import refund_paid


def send_refund(*, refund_id: UUID) -> Refund:
    """Ask the provider to give the money back; a definite no is kept for a person to look at.

    While the payer's bank disputes the payment it waits: a lost dispute makes it needless.
    """
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    if refund.state != Refund.DUE or is_disputed(refund.payment):
        return refund
    payment, key = refund.payment, f"refund:{refund.pk}:{refund.attempt}"
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
    return apply_refund(refund_id=refund.pk, attempt=refund.attempt, fact=fact)


def refresh_refund(*, refund_id: UUID) -> Refund:
    """Look at the provider how far a refund is, and take it over.

    Of one that is to be sent again nothing is there yet, whoever brings late news of its last try.
    """
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    if not refund.provider_ref:
        return refund
    fact = provider_of(refund.payment.provider).fetch_refund(refund.provider_ref)
    return apply_refund(refund_id=refund.pk, attempt=refund.attempt, fact=fact)


@transaction.atomic
def apply_refund(*, refund_id: UUID, attempt: int, fact: RefundFact) -> Refund:
    """Move a refund to what its provider reports, once; what arrived may still come back.

    The report is of the `attempt` that was asked about; of one that is over it says nothing.
    """
    refund = locked_refund(refund_id)
    if refund.attempt != attempt:
        return refund
    if fact.ref and not refund.provider_ref:
        refund.provider_ref = fact.ref
        know_object(object_id=fact.ref, kind="refund", subject_id=refund.pk)
    if refund.state in (Refund.DUE, Refund.SENT):
        refund.state, refund.failure = fact.state, fact.failure[:80]
        if fact.state == Refund.SUCCEEDED:
            succeed(refund, out_of=where_it_lies(refund.payment), at=clock.now())
        elif fact.state == Refund.FAILED:
            _failed(refund)
    elif _came_back(refund, fact):
        refund.state, refund.failure = Refund.FAILED, fact.failure[:80]
        _undo(refund)
        _failed(refund)
    refund.save()
    return refund


def _came_back(refund: Refund, fact: RefundFact) -> bool:
    by_provider = fact.ref == refund.provider_ref and not refund.bank_ref
    return refund.state == Refund.SUCCEEDED and fact.state == Refund.FAILED and by_provider


def succeed(refund: Refund, *, out_of: str, at: datetime) -> None:
    """Book a refund that has gone out of an account, and tell the world; the caller saves it."""
    refund.succeeded_at = at
    refund.paid_entry_id = post(
        refund_paid(refund_id=refund.pk, attempt=refund.attempt, amount=refund.total, out_of=out_of)
    )
    publish(RefundSucceeded(**refund_facts(refund)), by=PSP)


def _undo(refund: Refund) -> None:
    """The customer's card could not take it: we owe it again."""
    refund.succeeded_at = None
    if refund.paid_entry_id:
        key = f"refund:{refund.pk}:{refund.attempt}:failed"
        undo(entry_id=refund.paid_entry_id, kind="refund.failed", key=key)
        refund.paid_entry_id = None


def _failed(refund: Refund) -> None:
    publish(RefundFailed(**refund_facts(refund), reason=refund.failure), by=PSP)


def refund_facts(refund: Refund) -> dict[str, Any]:
    """Return what the world is told of a refund."""
    return {
        "refund_id": str(refund.pk),
        "payment_id": str(refund.payment_id),
        "reference": refund.payment.reference,
        "payer_id": str(refund.payment.payer_id),
        "amount_minor": refund.amount_minor,
        "tip_minor": refund.tip_minor,
        "currency": refund.currency,
    }
