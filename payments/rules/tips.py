"""When and how much somebody may tip after a job."""

from datetime import datetime, timedelta

from kernel.errors import Conflict, Invalid
from kernel.money import Money

WITHIN = timedelta(days=30)
AT_MOST = 5


class TipInvalid(Invalid):
    code = "tip.amount"
    title = "A tip is more than nothing and at most as much as the job itself."


class TipTooLate(Conflict):
    code = "tip.too_late"
    title = "Tips can be given until 30 days after the job."


class TipTooMany(Conflict):
    code = "tip.too_many"
    title = "At most {limit} tips can be given for one job."


class NoSavedCard(Conflict):
    code = "tip.no_saved_card"
    title = "No card of yours is kept here. Please pay on the payment page."


class TipTooEarly(Conflict):
    code = "tip.too_early"
    title = "Tips can be given once the job is done."


def may_follow(*, done_at: datetime | None, given: int, at: datetime) -> bool:
    """Tell whether a tip may be given now, after so many."""
    return done_at is not None and at <= done_at + WITHIN and given < AT_MOST


def check_tip(
    *, amount: Money, job: Money | None, done_at: datetime | None, given: int, at: datetime
) -> None:
    """Refuse a tip for a job that is not done, long past, or tipped often enough."""
    if job is None or done_at is None:
        raise TipTooEarly
    if amount.minor <= 0 or amount > job:
        raise TipInvalid(fields=["amount"])
    if at > done_at + WITHIN:
        raise TipTooLate
    if given >= AT_MOST:
        raise TipTooMany(limit=AT_MOST)
