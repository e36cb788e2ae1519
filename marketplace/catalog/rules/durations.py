"""How long a job takes: its variant, its extras and what is counted; or whole days and nights."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kernel.errors import Invalid

SHORTEST_MINUTES, LONGEST_MINUTES = 15, 720
DAY_START, DAY_END = time(14), time(12)
MOST_BLOCKS = 13  # Days or nights in a row: a calendar takes nothing longer than a fortnight.


class DurationRefused(Invalid):
    """Too short to come for, or too long for one go."""

    code = "service.duration"
    title = "Together this takes less than 15 minutes or more than 12 hours. Please choose less."


def minutes_of(
    *,
    variant: int,
    add_ons: Iterable[tuple[int, int]] = (),
    units: int = 0,
    unit_minutes: int = 0,
    fields: tuple[str, ...] = ("add_ons",),
) -> int:
    """Return how long a job takes: variant + Σ extra × how many + units × minutes each."""
    extras = sum(minutes * quantity for minutes, quantity in add_ons)
    minutes = variant + extras + units * unit_minutes
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise DurationRefused(fields=list(fields), minutes=minutes)
    return minutes


def block_of(
    starts_at: datetime,
    *,
    units: int,
    zone: str,
    begins: time = DAY_START,
    ends: time = DAY_END,
) -> tuple[datetime, datetime]:
    """Return the stretch that days or nights take: from the afternoon of the day to a noon.

    Whatever time of the first day was asked for, it begins when such days begin. The clock on the
    wall counts, so a night in which clocks change is an hour shorter or longer.
    """
    if not 1 <= units <= MOST_BLOCKS:
        raise DurationRefused(fields=["units"], minutes=0)
    local = ZoneInfo(zone)
    day = starts_at.astimezone(local).date()
    first = datetime.combine(day, begins, local)
    last = datetime.combine(day + timedelta(days=units), ends, local)
    return first.astimezone(ZoneInfo("UTC")), last.astimezone(ZoneInfo("UTC"))
