"""What a customer would like of whoever comes: how long, for which visits, with whose consent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kernel.errors import Conflict, Invalid

LONGEST_TEXT = 300
MOST_KEPT = 20
MOST_SHOWN = 5
MONTH = timedelta(days=30)
LONGEST = timedelta(days=365)
ANY, FAVOURITES, SERVICE = SCOPES = ("any", "favourites", "service")
NEAREST_FIRST = (SERVICE, FAVOURITES, ANY)


class PreferenceInvalid(Invalid):
    code = "preference.invalid"
    title = "Please correct what you entered."


class ConsentMissing(Invalid):
    code = "preference.consent_missing"
    title = "Without your consent nobody may read it."


class TooManyPreferences(Conflict):
    code = "preference.too_many"
    title = "You have {most} of these: that is as many as can be kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A preference as the rules know it: for which visits, and until when it may be read."""

    key: UUID
    scope: str
    made_at: datetime
    expires_at: datetime
    service_id: UUID | None = None
    withdrawn: bool = False


def check_preference(*, text: str, scope: str, service_id: UUID | None, consent: bool) -> str:
    """Return the words as they are kept; refuse none, too many, a scope that means nothing."""
    cleaned = " ".join(text.split())
    if not 0 < len(cleaned) <= LONGEST_TEXT:
        raise PreferenceInvalid(fields=["text"])
    if scope not in SCOPES or (scope == SERVICE) != (service_id is not None):
        raise PreferenceInvalid(fields=["scope", "service"])
    if not consent:
        raise ConsentMissing(fields=["consent"])
    return cleaned


def expires_at(*, at: datetime, months: int) -> datetime:
    """Return until when it may be read: some months, never more than twelve."""
    if not 1 <= months <= 12:
        raise PreferenceInvalid(fields=["months"])
    return at + min(months * MONTH, LONGEST)


def told(
    stated: Sequence[Stated], *, service_id: UUID, favourite: bool, at: datetime
) -> list[Stated]:
    """Return the few that whoever comes may read now: the nearest to this visit first."""
    scopes: Collection[str] = SCOPES if favourite else (ANY, SERVICE)
    fitting = [
        each
        for each in stated
        if each.scope in scopes
        and each.service_id in (None, service_id)
        and not each.withdrawn
        and each.expires_at > at
    ]
    fitting.sort(key=lambda each: each.made_at, reverse=True)
    return sorted(fitting, key=lambda each: NEAREST_FIRST.index(each.scope))[:MOST_SHOWN]
