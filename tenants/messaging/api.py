"""Messages, for programs."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema

from kernel.paging import page_of
from tenants.messaging.models import Notification
from tenants.messaging.queries import notifications_of, text_of, unread_of
from tenants.tenancy.queries import address, here

router = Router(tags=["messages"])


class NotificationOut(Schema):
    """Something the caller was told."""

    id: UUID
    purpose: str
    subject: str
    text: str
    link: str
    at: datetime
    read_at: datetime | None


class NotificationPage(Schema):
    """A page of notifications, newest first."""

    items: list[NotificationOut]
    unread: int
    next_cursor: str | None


@router.get("/notifications", response=NotificationPage, operation_id="list_notifications")
def list_notifications(request: HttpRequest, cursor: str = "") -> NotificationPage:
    """List what the caller was told at this marketplace, newest first."""
    user_id = cast("UUID", request.user.pk)
    rows, following = page_of(notifications_of(user_id), cursor, by="at")
    return NotificationPage(
        items=[_out(row) for row in rows], unread=unread_of(user_id), next_cursor=following
    )


def _out(row: Notification) -> NotificationOut:
    text = text_of(row, locale=get_language() or "es", tenant=here())
    return NotificationOut(
        id=row.pk,
        purpose=row.purpose,
        subject=text.subject,
        text=text.body,
        link=address(text.path),
        at=row.at,
        read_at=row.read_at,
    )
