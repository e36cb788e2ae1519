"""Refunds, in the background."""

from uuid import UUID

from celery import shared_task

from payments.actions.send_refund import send_refund as send_refund_now
from payments.tasks.again import on, or_again


@shared_task(name="payments.tasks.send_refund", acks_late=True)
def send_refund(*, refund_id: str, **_: object) -> None:
    """Give money back."""
    or_again("payments.send_refund", UUID(refund_id), on(send_refund_now, "refund_id"))
