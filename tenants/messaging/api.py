"""Messages, for programs."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema

from kernel.errors import Invalid
from tenants.messaging.models import Notification
from tenants.messaging.queries import notifications_of, text_of, unread_of
from tenants.tenancy.queries import address, here

router = Router(tags=["messages"])
PAGE = 50


class CursorInvalid(Invalid):
    code = "cursor.invalid"
    title = "This cursor is not one of ours."


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
    rows = list(_from(notifications_of(user_id), cursor)[: PAGE + 1])
    more = len(rows) > PAGE
    return NotificationPage(
        items=[_out(row) for row in rows[:PAGE]],
        unread=unread_of(user_id),
        next_cursor=f"{rows[PAGE - 1].at.isoformat()}~{rows[PAGE - 1].pk}" if more else None,
    )


def _from(rows: QuerySet[Notification], cursor: str) -> QuerySet[Notification]:
    if not cursor:
        return rows
    moment, _, row_id = cursor.partition("~")
    try:
        at, after_id = datetime.fromisoformat(moment.replace(" ", "+")), UUID(row_id)
    except ValueError:
        raise CursorInvalid from None
    if at.tzinfo is None:
        raise CursorInvalid
    return rows.filter(Q(at__lt=at) | Q(at=at, id__lt=after_id))


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
