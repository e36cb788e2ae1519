"""Messages go out in the background, where waiting for another company holds nobody up."""

from uuid import UUID

from celery import shared_task

from tenants.messaging.actions.dispatch import dispatch
from tenants.messaging.actions.send_code import dispatch_code


@shared_task(acks_late=True)
def deliver_notification(*, notification_id: str, **_: object) -> None:
    """Send what a notification still owes."""
    dispatch(notification_id=UUID(notification_id))


@shared_task(acks_late=True)
def deliver_code(*, code_id: str, **_: object) -> None:
    """Send a code to sign in."""
    dispatch_code(code_id=UUID(code_id))
