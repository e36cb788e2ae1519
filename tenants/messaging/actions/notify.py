"""Somebody is told something."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.events import publish
from tenants.messaging.events import NotificationQueued
from tenants.messaging.models import Notification
from tenants.messaging.notice import Notice
from tenants.messaging.rules.routing import PURPOSES


@transaction.atomic
def notify(*, to_id: UUID, notice: Notice, about: str, **values: str | int) -> Notification:
    """Tell a member something about one thing, once; repeats return what was told before.

    It is in their inbox when the caller's transaction commits; channels follow in the background.
    Values fill the notice's placeholders: `…_at` is a moment (ISO 8601), `…_minor` an amount in
    minor units of `currency`, everything else is shown as it is.
    """
    expires_at = clock.now() + PURPOSES[notice.purpose].keeps
    notification, first = Notification.objects.get_or_create(
        to_id=to_id,
        notice=notice.name,
        about=about,
        defaults={"purpose": notice.purpose, "values": values, "expires_at": expires_at},
    )
    if first:
        publish(NotificationQueued(notification_id=str(notification.pk)), by=SYSTEM)
    return notification
