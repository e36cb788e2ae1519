"""Sessions end: one at its owner's wish, or all when something about the person changes."""

from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from kernel.errors import NotFound
from tenants.tenancy.models import SessionRecord, User


def forget_session(*, record_id: UUID) -> None:
    """Take a session off its owner's list: it is being ended by other means."""
    SessionRecord.objects.filter(pk=record_id).delete()


@transaction.atomic
def end_session(*, user: User, record_id: UUID) -> None:
    """End one of a person's own sessions at this tenant; the browser that has it is signed out."""
    if (record := SessionRecord.objects.filter(pk=record_id, user=user).first()) is None:
        raise NotFound(what="session")
    Session.objects.filter(session_key=record.session_key).delete()
    record.delete()


@transaction.atomic
def end_sessions(*, user: User, except_for: UUID | None = None) -> int:
    """End all sessions of a person at this tenant, but perhaps one; return how many ended."""
    records = SessionRecord.objects.filter(user=user)
    if except_for is not None:
        records = records.exclude(pk=except_for)
    Session.objects.filter(session_key__in=records.values("session_key")).delete()
    return records.delete()[0]
