"""Days of money: when a worker's wallet is emptied for free, and when a payout is past return."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SWEPT_AT = time(6)
FINAL_AFTER_DAYS = 5
SATURDAY = 5


def next_payday(*, after: datetime, zone: str, rhythm: str) -> datetime:
    """Return the next six o'clock in the morning where the worker lives; weekly: of a Monday."""
    here = after.astimezone(ZoneInfo(zone))
    day = here.date() if here.time() < SWEPT_AT else here.date() + timedelta(days=1)
    if rhythm == "weekly":
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, SWEPT_AT, tzinfo=ZoneInfo(zone))


def working_days_later(moment: datetime, days: int) -> datetime:
    """Return the same time so many days later, Saturdays and Sundays not counted."""
    while days:
        moment += timedelta(days=1)
        if moment.weekday() < SATURDAY:
            days -= 1
    return moment


def day_and_week(at: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return when the worker's day and week began; weeks begin on Mondays."""
    day = at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return day, day - timedelta(days=day.weekday())
