"""Sessions end: one at its owner's wish, or all when something about the person changes."""

from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import NotFound
from tenants.tenancy.models import SessionRecord, User
from tenants.tenancy.queries import sessions_anywhere, tenants_of_person


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


@transaction.atomic
def end_everywhere(*, user: User, except_for: UUID | None = None) -> int:
    """End all sessions of a person on every host, but perhaps one. Works for the house."""
    ended = 0
    for tenant_id in (HOUSE, *tenants_of_person(user.pk)):
        with working_for(tenant_id):
            ended += end_sessions(user=user, except_for=except_for)
    return ended


@transaction.atomic
def end_anywhere(*, user: User, record_id: UUID) -> None:
    """End one of a person's own sessions, on whichever host it is. Works for the house."""
    found = [each for each in sessions_anywhere(user.pk) if each.pk == record_id]
    if not found:
        raise NotFound(what="session")
    with working_for(found[0].tenant_id):
        end_session(user=user, record_id=record_id)


def renew_key(*, record_id: UUID, session_key: str) -> None:
    """Note that a session goes on under a new key."""
    SessionRecord.objects.filter(pk=record_id).update(session_key=session_key)
