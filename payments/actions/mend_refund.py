"""A refund did not arrive the way the money came: a person chooses how it goes on."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Invalid
from kernel.events import publish
from payments.actions.credits import add_credit
from payments.actions.locks import locked_refund
from payments.actions.post import post
from payments.actions.send_refund import refund_facts, succeed
from payments.events import RefundDue, RefundSucceeded
from payments.models import Refund
from payments.queries.permissions import demand
from payments.rules.entries import refund_to_credit
from payments.rules.refusals import RefundMovedOn


@transaction.atomic
def retry_refund(*, by: Actor, refund_id: UUID) -> Refund:
    """Send a refund that failed once more, with another key."""
    refund = _failed(by, refund_id)
    refund.state, refund.attempt = Refund.DUE, refund.attempt + 1
    refund.provider_ref, refund.failure = "", ""
    refund.save()
    publish(RefundDue(refund_id=str(refund.pk)), by=by)
    return refund


@transaction.atomic
def give_as_credit(*, by: Actor, refund_id: UUID) -> Refund:
    """Give the customer a credit instead of a refund that failed."""
    refund = _failed(by, refund_id)
    payer_id = refund.payment.payer_id
    post(refund_to_credit(refund_id=refund.pk, customer=payer_id, amount=refund.total))
    add_credit(
        by=by,
        customer_id=payer_id,
        amount=refund.total,
        cause="refund",
        about=f"refund:{refund.pk}",
        reason=refund.reason,
    )
    refund.state, refund.succeeded_at = Refund.CREDITED, clock.now()
    refund.save(update_fields=["state", "succeeded_at"])
    publish(RefundSucceeded(**refund_facts(refund), to_credit=True), by=by)
    return refund


@transaction.atomic
def give_by_bank(*, by: Actor, refund_id: UUID) -> Refund:
    """Note that a refund that failed will be transferred by hand."""
    refund = _failed(by, refund_id)
    refund.state = Refund.BY_BANK
    refund.save(update_fields=["state"])
    return refund


@transaction.atomic
def mark_transferred(*, by: Actor, refund_id: UUID, bank_ref: str) -> Refund:
    """Note that the bank has sent a refund by hand, under the bank's own reference."""
    demand(by, "refund")
    refund = locked_refund(refund_id)
    if refund.state != Refund.BY_BANK:
        raise RefundMovedOn(state=refund.state)
    if not bank_ref.strip():
        raise Invalid(fields=["bank_ref"])
    refund.bank_ref, refund.state = bank_ref.strip()[:80], Refund.SUCCEEDED
    refund.attempt += 1
    succeed(refund, out_of="bank", at=clock.now())
    refund.save()
    return refund


def _failed(by: Actor, refund_id: UUID) -> Refund:
    demand(by, "refund")
    refund = locked_refund(refund_id)
    if refund.state != Refund.FAILED:
        raise RefundMovedOn(state=refund.state)
    return refund
