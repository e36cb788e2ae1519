"""Who may review what, and until when?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import Conflict


class NotEligible(Conflict):
    code = "not_eligible"
    title = "Only a visit that took place and was paid can be reviewed."


class AlreadyReviewed(Conflict):
    code = "already_reviewed"
    title = "You have already reviewed this visit."


class WindowClosed(Conflict):
    code = "window_closed"
    title = "The time to review this visit is over."


class Revealed(Conflict):
    code = "revealed"
    title = "Both sides can see this review now; it can no longer be changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the rule needs to know of a booking."""

    completed_at: datetime | None
    paid: bool
    imported: bool = False


def closes_at(completed_at: datetime, *, window_days: int) -> datetime:
    """Return when the window to review ends."""
    return completed_at + timedelta(days=window_days)


def may_review(visit: Visit, *, at: datetime, window_days: int) -> None:
    """Refuse unless the visit took place, was paid, and is recent enough."""
    if visit.completed_at is None or not visit.paid or visit.imported:
        raise NotEligible
    if at > closes_at(visit.completed_at, window_days=window_days):
        raise WindowClosed
