"""Does a published review count in the average? If not, why? Whatever its stars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SUPERSEDED_WITHIN = timedelta(days=180)
INSIDER = "insider"
UNFUNDED = "unfunded"
SUPERSEDED = "superseded"
SCREENING = "screening"
MODERATOR = "moderator"
REASONS = (INSIDER, UNFUNDED, SUPERSEDED, SCREENING, MODERATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What matters for counting. No stars."""

    author_roles: frozenset[str]
    paid_minor: int
    refunded_minor: int


def exclusion(about: Circumstances) -> str:
    """Return why a review does not count, or "" when it does."""
    if about.author_roles & {"owner", "staff", "worker"}:
        return INSIDER
    return UNFUNDED if about.paid_minor - about.refunded_minor <= 0 else ""


def is_verified(*, captured: bool, check_in_source: str, customer_confirmed: bool) -> bool:
    """Tell whether we know that the visit was paid and took place: else it is only declared."""
    met = check_in_source not in ("", "staff") or customer_confirmed
    return captured and met


def newest_first(submitted: Sequence[datetime]) -> list[bool]:
    """Tell which reviews of the same pair count: one in 180 days, beginning with the newest."""
    counts: list[bool] = []
    last: datetime | None = None
    for at in submitted:
        counted = last is None or last - at >= SUPERSEDED_WITHIN
        counts.append(counted)
        last = at if counted else last
    return counts
