"""Refunds, in the background."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task

from kernel import clock
from kernel.timers import set_timer
from payments.actions.send_refund import send_refund as send_refund_now
from payments.actions.take_back import send_take_backs as send_take_backs_now
from payments.tasks.again import on, or_again

TRY_AGAIN = timedelta(days=1)


@shared_task(name="payments.tasks.send_refund", acks_late=True)
def send_refund(*, refund_id: str, **_: object) -> None:
    """Give money back."""
    or_again("payments.send_refund", UUID(refund_id), on(send_refund_now, "refund_id"))


@shared_task(name="payments.tasks.send_take_backs", acks_late=True)
def send_take_backs(*, member_id: str, **_: object) -> None:
    """Move money back from a payee's account; what is refused is asked for again tomorrow."""
    or_again("payments.send_take_backs", UUID(member_id), _take_back)


def _take_back(member_id: UUID) -> None:
    if send_take_backs_now(member_id=member_id):
        at = clock.now() + TRY_AGAIN
        set_timer("payments.send_take_backs", subject_id=member_id, at=at, entry=f"{at:%F}")
