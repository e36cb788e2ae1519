"""`Idempotency-Key`: a write asked for twice happens once and is answered twice.

The key, the caller and a hash of the request are stored in the write's own transaction. The same
key with the same request gets the stored answer; with another request it is refused; while the
first is still running it conflicts.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from django.db import OperationalError, connection, transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Conflict, Invalid
from kernel.models import UsedKey

KEPT = timedelta(hours=24)


class KeyMissing(Invalid):
    code = "idempotency.key_missing"
    title = "Send an Idempotency-Key header of 1 to 255 characters."


class KeyReused(Invalid):
    code = "idempotency.key_reused"
    title = "This key was already used for a different request."


class InFlight(Conflict):
    code = "idempotency.in_flight"
    title = "The same request is still being worked on."


def once(
    *, caller: str, key: str, request: dict[str, Any], answer: Callable[[], tuple[int, Any]]
) -> tuple[int, Any]:
    """Return the answer to a request, working it out only the first time its key is used.

    `answer` returns (status, JSON value). If it raises, nothing is stored and the key is free.
    """
    if not 1 <= len(key) <= 255:
        raise KeyMissing
    canonical = json.dumps(request, sort_keys=True, separators=(",", ":"), default=str)
    request_hash = hashlib.sha256(canonical.encode()).hexdigest()
    with transaction.atomic():
        used = _claim(caller, key, request_hash)
        if used.status is None:
            used.status, used.body = answer()
            used.save(update_fields=["status", "body"])
        return used.status, used.body


class Jsonable(Protocol):
    """What can be told as JSON: a schema's instance."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """Return it as JSON values."""
        ...


def made_once(
    *, by: Actor, key: str, operation: str, asked: dict[str, Any], make: Callable[[], Jsonable]
) -> tuple[int, Any]:
    """Make what an operation was asked for, and answer 201 with it; see `once`.

    Keys are somebody's own, and `asked` is what the answer depends on, the address included.
    """

    def answer() -> tuple[int, Any]:
        return 201, make().model_dump(mode="json")

    request = {"operation": operation, **asked}
    return once(caller=str(by.member_id), key=key, request=request, answer=answer)


def _claim(caller: str, key: str, request_hash: str) -> UsedKey:
    UsedKey.objects.filter(caller=caller, key=key, used_at__lt=clock.system_now() - KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '2s'")
    try:
        with transaction.atomic():
            used, _ = UsedKey.objects.get_or_create(
                caller=caller, key=key, defaults={"request_hash": request_hash}
            )
    except OperationalError:  # Somebody holds the unique key and has not committed.
        raise InFlight(key=key) from None
    if used.request_hash != request_hash:
        raise KeyReused(key=key)
    return used
