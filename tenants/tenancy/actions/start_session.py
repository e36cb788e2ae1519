"""A person begins a session at a host."""

from datetime import datetime
from uuid import UUID

from tenants.tenancy.models import SessionRecord, User
from tenants.tenancy.rules.devices import device_name


def start_session(
    *, user: User, session_key: str, host: str, strong: bool, device: str
) -> SessionRecord:
    """List a session in its owner's account."""
    return SessionRecord.objects.create(
        user=user, session_key=session_key, host=host, strong=strong, device=device_name(device)
    )


def note_seen(*, record_id: UUID, at: datetime) -> None:
    """Remember when a session was last used."""
    SessionRecord.objects.filter(pk=record_id).update(seen_at=at)
