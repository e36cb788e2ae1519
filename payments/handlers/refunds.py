"""Refunds: sent, told."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.events import RefundDue, RefundSucceeded
from payments.notices import REFUND_SENT
from payments.tasks.refunds import send_refund
from tenants.messaging.actions.notify import notify


@on(RefundDue)
def give_it_back(fact: RefundDue) -> None:
    """Send a refund."""
    send_refund.delay(refund_id=fact.refund_id)


@on(RefundSucceeded)
def tell_of_the_refund(fact: RefundSucceeded) -> None:
    """Tell whoever gets money back."""
    notify(
        to_id=UUID(fact.payer_id),
        notice=REFUND_SENT,
        about=fact.refund_id,
        total_minor=fact.amount_minor + fact.tip_minor,
        currency=fact.currency,
    )


@timer("payments.send_refund")
def refund_again(subject_id: UUID) -> None:
    """Send a refund, again."""
    send_refund.delay(refund_id=str(subject_id))
