"""When a person should have looked at something: working hours only."""

from datetime import datetime, time, timedelta, tzinfo

OPENS, CLOSES = time(9), time(18)
SUNDAY = 6
REVIEW_WITHIN = timedelta(hours=24)


def due_at(submitted_at: datetime, *, zone: tzinfo, within: timedelta = REVIEW_WITHIN) -> datetime:
    """Return the moment by which so many working hours have passed (Monday to Saturday, 9–18)."""
    at, left = submitted_at.astimezone(zone), within
    while True:
        opens = at.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0)
        closes = opens.replace(hour=CLOSES.hour)
        start = max(at, opens)
        today = timedelta(0) if at.weekday() == SUNDAY else max(closes - start, timedelta(0))
        if left <= today:
            return start + left
        left -= today
        at = opens.replace(hour=0) + timedelta(days=1)
