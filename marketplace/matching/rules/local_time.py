"""Local time and moments. A plan is written in local time, and a year has two odd nights.

A local time that a clock change skips means the first moment that exists; one that happens twice
means the first as a beginning and the second as an end.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from marketplace.matching.rules.spans import Span

DAY = timedelta(days=1)
FAR = 3 * 366 * DAY


@dataclass(frozen=True, slots=True)
class Hours:
    """A row of a weekly plan: Monday is 0; ending no later than it starts means after midnight.

    A row without services is for all of them.
    """

    weekday: int
    starts: time
    ends: time
    services: frozenset[UUID] = frozenset()

    def serves(self, service_id: UUID | None) -> bool:
        """Tell whether a service may be booked in these hours."""
        return not self.services or service_id in self.services


def instant(local: datetime, zone: ZoneInfo, *, ends: bool = False) -> datetime:
    """Return the moment a local time stands for, as the beginning or the end of something."""
    early = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if early == late:
        return early
    if early < late:  # The clock was set back: this time happens twice.
        return late if ends else early
    return _clock_change(late, early, zone)


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment, to the second, at which a zone's offset changes between two moments."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def on_day(hours: Iterable[Hours], day: date, zone: ZoneInfo) -> Iterator[Span]:
    """Return the open time of rows that apply to a day, whatever their weekday."""
    for row in hours:
        until = day if row.ends > row.starts else day + DAY
        starts_at = instant(datetime.combine(day, row.starts), zone)
        ends_at = instant(datetime.combine(until, row.ends), zone, ends=True)
        if starts_at < ends_at:
            yield Span(starts_at, ends_at)


def day_span(day: date, zone: ZoneInfo) -> Span:
    """Return a local day from its first to its last moment: 23, 24 or 25 hours."""
    starts_at = instant(datetime.combine(day, time(0)), zone)
    ends_at = instant(datetime.combine(day + DAY, time(0)), zone)
    return Span(starts_at, ends_at)


def named_day(text: str, *, today: date) -> date | None:
    """Return the day that a text names, if it is one within a calendar's reach."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs(day - today) <= FAR else None
