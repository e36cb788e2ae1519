"""How freshly a person has proved who they are, and what counts as proof before money moves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from kernel.errors import NotAllowed

RECENT = timedelta(minutes=5)
CONTACT_RESTS = timedelta(hours=48)  # A contact that was changed proves nothing for so long.
KEPT_FOR = timedelta(minutes=15)
APP, EMAIL, PHONE = "app", "email", "phone"
METHODS = (APP, EMAIL, PHONE)


class StepUpRequired(NotAllowed):
    code = "step_up_required"
    title = "Confirm that it is you, with a fresh code. Then try again."


def is_recent(proved_at: datetime | None, *, at: datetime) -> bool:
    """Tell whether a proof is fresh enough for money, keys, roles and contacts."""
    return proved_at is not None and timedelta(0) <= at - proved_at <= RECENT


def method_of(record: Mapping[str, Any], *, email: str | None, phone: str | None) -> str | None:
    """Return which method a record of authentication stands for; a recovery code is none.

    A code counts only if it went to a contact that the account still has.
    """
    if record["method"] == "mfa":
        return APP if record.get("type") == "totp" else None
    if record["method"] != "code":
        return None
    if email and (record.get("email") or "").lower() == email.lower():
        return EMAIL
    return PHONE if phone and record.get("phone") == phone else None


def latest_proof(
    records: Sequence[Mapping[str, Any]],
    *,
    email: str | None,
    phone: str | None,
    counts: Collection[str],
) -> datetime | None:
    """Return when a person last proved who they are by a method that counts for them now."""
    moments = [
        record["at"] for record in records if method_of(record, email=email, phone=phone) in counts
    ]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None
