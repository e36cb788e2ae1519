"""Sessions: stamped with the host and the tenant they were begun at, and worth nothing elsewhere.

The stamp also says how surely we know the person (`strong`: a code from an authenticator app as
well), when they last proved who they are, and when they were last seen. A session that does not fit
its stamp is dropped.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY, login, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from kernel import clock
from kernel.context import current_tenant
from tenants.tenancy.actions.end_sessions import forget_session, renew_key
from tenants.tenancy.actions.start_session import note_seen, start_session
from tenants.tenancy.models import User
from tenants.tenancy.rules.sessions import alive, idle_limit, worth_noting

STAMP = "stamp"
KEPT = "kept"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(
    request: HttpRequest, user: User, *, strong: bool, proved_at: datetime | None = None
) -> None:
    """Begin a new session at this host for a person who has proved who they are.

    What they were about to send in their session before, they find again (`access.proof`).
    """
    kept = request.session.get(KEPT) if request.session.get(SESSION_KEY) == str(user.pk) else None
    if (record := record_id(request)) is not None:
        forget_session(record_id=record)
    request.session.flush()
    login(request, user, backend=BACKEND)
    stamp_session(request, user, strong=strong, proved_at=proved_at)
    if kept is not None:
        request.session[KEPT] = kept


def stamp_session(
    request: HttpRequest, user: User, *, strong: bool, proved_at: datetime | None = None
) -> None:
    """Bind the session to this host and tenant, and list it in the person's account."""
    request.session.set_expiry(int(idle_limit(strong=strong).total_seconds()))
    if request.session.session_key is None:
        request.session.create()
    record = start_session(
        user=user,
        session_key=str(request.session.session_key),
        host=request.get_host(),
        strong=strong,
        device=request.headers.get("User-Agent", ""),
    )
    at = clock.system_now().isoformat()
    request.session[STAMP] = {
        "host": request.get_host(),
        "tenant": current_tenant(),
        "strong": strong,
        "started_at": at,
        "seen_at": at,
        "proved_at": proved_at.isoformat() if proved_at else None,
        "record": str(record.pk),
    }


def is_strong(request: HttpRequest) -> bool:
    """Tell whether this session was begun with a second factor, or an owner's key stands for it."""
    if getattr(request, "_by_key", False):
        return True
    stamp = request.session.get(STAMP) or {}
    return bool(stamp.get("strong"))


def proved_at(request: HttpRequest) -> datetime | None:
    """Return when whoever has this session last proved who they are, as far as money cares."""
    told = (request.session.get(STAMP) or {}).get("proved_at")
    return datetime.fromisoformat(told) if told else None


def record_id(request: HttpRequest) -> UUID | None:
    """Return which of the person's listed sessions this is."""
    stamp = request.session.get(STAMP) or {}
    return UUID(stamp["record"]) if "record" in stamp else None


def keep_or_drop_session(request: HttpRequest) -> None:
    """Sign out whoever comes with a session of another host or tenant, or one that has expired."""
    if SESSION_KEY not in request.session:
        return
    stamp, at = request.session.get(STAMP), clock.system_now()
    if not stamp or not _fits(request, stamp, at):
        request.session.flush()
        request.user = AnonymousUser()
    elif worth_noting(seen_at=datetime.fromisoformat(stamp["seen_at"]), at=at):
        request.session[STAMP] = {**stamp, "seen_at": at.isoformat()}
        note_seen(record_id=UUID(stamp["record"]), at=at)


def _fits(request: HttpRequest, stamp: dict[str, Any], at: datetime) -> bool:
    return (
        stamp["host"] == request.get_host()
        and stamp["tenant"] == current_tenant()
        and alive(
            started_at=datetime.fromisoformat(stamp["started_at"]),
            seen_at=datetime.fromisoformat(stamp["seen_at"]),
            at=at,
            strong=stamp["strong"],
        )
    )


def sign_out(request: HttpRequest) -> None:
    """End this session, here and in the person's list."""
    if (record := record_id(request)) is not None:
        forget_session(record_id=record)
    logout(request)


def renew_session(request: HttpRequest) -> None:
    """Go on in this session under a new key, because what its owner may do has changed."""
    request.session.cycle_key()
    if (record := record_id(request)) is not None:
        renew_key(record_id=record, session_key=str(request.session.session_key))
