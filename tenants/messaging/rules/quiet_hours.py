"""At night nobody wants a survey: what can wait is deferred, never dropped."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ENDS, STARTS = time(9), time(20)


def quiet_until(at: datetime, *, zone: str) -> datetime | None:
    """Return when the quiet hours around a moment end on a zone's clock; None outside them."""
    local = at.astimezone(ZoneInfo(zone))
    if ENDS <= local.time() < STARTS:
        return None
    morning = local.date() + timedelta(days=1 if local.time() >= STARTS else 0)
    return datetime.combine(morning, ENDS, tzinfo=ZoneInfo(zone))
