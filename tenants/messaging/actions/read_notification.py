"""A person opens something they were told."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from tenants.messaging.models import Notification
from tenants.messaging.queries import notification_for


@transaction.atomic
def read_notification(*, user_id: UUID, notification_id: UUID) -> Notification:
    """Note that a person has seen a notification of theirs; the first time counts."""
    notification = notification_for(user_id, notification_id)
    if notification.read_at is None:
        notification.read_at = clock.now()
        notification.save(update_fields=["read_at"])
    return notification
