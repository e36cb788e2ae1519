"""Customers' payments, in the background."""

from uuid import UUID

from celery import shared_task

from payments.actions.charge_saved import charge_saved as charge_saved_now
from payments.actions.settle_payment import send_capture as send_capture_now
from payments.actions.settle_payment import send_void as send_void_now
from payments.tasks.again import on, or_again


@shared_task(name="payments.tasks.send_capture", acks_late=True)
def send_capture(*, payment_id: str, **_: object) -> None:
    """Take an authorised payment."""
    or_again("payments.send_capture", UUID(payment_id), on(send_capture_now, "payment_id"))


@shared_task(name="payments.tasks.send_void", acks_late=True)
def send_void(*, payment_id: str, **_: object) -> None:
    """Call a payment off."""
    or_again("payments.send_void", UUID(payment_id), on(send_void_now, "payment_id"))


@shared_task(name="payments.tasks.charge_saved", acks_late=True)
def charge_saved(*, payment_id: str, **_: object) -> None:
    """Take a payment from a card that was kept."""
    or_again("payments.charge_saved", UUID(payment_id), on(charge_saved_now, "payment_id"))
