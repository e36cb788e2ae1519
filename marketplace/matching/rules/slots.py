"""When somebody can come: a weekly plan, minus time off and what is taken, under a few limits.

A plan is written in local time and a year has two odd nights. A local time that a clock change
skips means the first moment that exists; one that happens twice means the first as a beginning
and the second as an end.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kernel.errors import Invalid

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LONGEST_WINDOW = timedelta(days=31)


class WindowTooLong(Invalid):
    """Nobody needs to see more at once."""

    code = "slots.window"
    title = "Ask for at most 31 days, from earlier to later."


@dataclass(frozen=True, slots=True)
class Span:
    """Some time, in UTC: from a moment up to, and without, another."""

    starts_at: datetime
    ends_at: datetime


Slot = Span


@dataclass(frozen=True, slots=True)
class Hours:
    """A row of a weekly plan: Monday is 0; ending no later than it starts means after midnight."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Taken:
    """A job somewhere: its own time, and all the time it blocks."""

    job: Span
    blocked: Span


@dataclass(frozen=True, slots=True)
class Limits:
    """How a service may be booked; minutes unless it says otherwise."""

    minutes: int
    buffer_before: int = 0
    buffer_after: int = 15
    min_notice: int = 120
    horizon_days: int = 60
    slot_step: int = 30
    max_minutes_day: int = 600


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that decides when one person can come."""

    zone: ZoneInfo
    plan: Sequence[Hours]
    off: Sequence[Span] = ()
    taken: Sequence[Taken] = ()


def check_window(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse to look at more than 31 days, or backwards."""
    if not timedelta(0) <= ends_at - starts_at <= LONGEST_WINDOW:
        raise WindowTooLong(fields=["to"])


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


def open_spans(plan: Iterable[Hours], zone: ZoneInfo, *, first: date, last: date) -> Iterator[Span]:
    """Return the open time of each plan row on each day, in the order of days."""
    rows = sorted(plan, key=lambda row: (row.weekday, row.starts))
    day = first
    while day <= last:
        for row in rows:
            if row.weekday != day.weekday():
                continue
            until = day if row.ends > row.starts else day + DAY
            starts_at = instant(datetime.combine(day, row.starts), zone)
            ends_at = instant(datetime.combine(until, row.ends), zone, ends=True)
            if starts_at < ends_at:
                yield Span(starts_at, ends_at)
        day += DAY


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time with nothing said twice: touching and overlapping spans become one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda each: each.starts_at):
        if result and span.starts_at <= result[-1].ends_at:
            longer = max(result[-1].ends_at, span.ends_at)
            result[-1] = Span(result[-1].starts_at, longer)
        else:
            result.append(span)
    return result


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """Return merged spans minus merged holes."""
    result: list[Span] = []
    for span in spans:
        at = span.starts_at
        for hole in holes:
            if hole.ends_at <= at or hole.starts_at >= span.ends_at:
                continue
            if hole.starts_at > at:
                result.append(Span(at, hole.starts_at))
            at = hole.ends_at
        if at < span.ends_at:
            result.append(Span(at, span.ends_at))
    return result


def slots(
    calendar: Calendar, limits: Limits, *, at: datetime, from_: datetime, to: datetime
) -> Iterator[Slot]:
    """Return the slots that start in [from_, to), earliest first; lazily, so take what you need.

    A slot lies inside the plan and outside time off; with its buffers it meets nothing taken; it
    respects notice, horizon and the day's minutes. Steps count from the start of a plan row.
    """
    earliest = max(from_, at + limits.min_notice * MINUTE)
    latest = min(to, at + limits.horizon_days * DAY)
    if earliest >= latest:
        return
    first = earliest.astimezone(calendar.zone).date() - DAY
    last = latest.astimezone(calendar.zone).date()
    whole = _Whole(calendar, limits)
    seen: datetime | None = None
    rows: list[Span] = []
    day = first
    while day <= last:  # A day's open time can be joined by the next day's: look one ahead.
        rows = list(open_spans(calendar.plan, calendar.zone, first=day - DAY, last=day + DAY))
        free = without(merged(rows), whole.off)
        today = [row for row in rows if _day(row.starts_at, calendar.zone) == day]
        for starts_at in _grid(today, limits.slot_step, earliest, latest):
            if (seen is None or starts_at > seen) and whole.fits(starts_at, free):
                seen = starts_at
                yield Slot(starts_at, starts_at + limits.minutes * MINUTE)
        day += DAY


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _grid(rows: Sequence[Span], step: int, earliest: datetime, latest: datetime) -> list[datetime]:
    """Return the moments at which something may start, in order, each once."""
    found: set[datetime] = set()
    for row in rows:
        skipped = max(0, -(-(earliest - row.starts_at) // (step * MINUTE)))
        starts_at = row.starts_at + skipped * step * MINUTE
        while starts_at < min(row.ends_at, latest):
            found.add(starts_at)
            starts_at += step * MINUTE
    return sorted(found)


class _Whole:
    """What is taken, arranged to be asked quickly."""

    def __init__(self, calendar: Calendar, limits: Limits) -> None:
        self.limits = limits
        self.zone = calendar.zone
        self.off = merged(calendar.off)
        self.blocked = merged(taken.blocked for taken in calendar.taken)
        self.blocked_starts = [span.starts_at for span in self.blocked]
        self.worked: dict[date, int] = {}
        for taken in calendar.taken:
            day = _day(taken.job.starts_at, calendar.zone)
            minutes = (taken.job.ends_at - taken.job.starts_at) // MINUTE
            self.worked[day] = self.worked.get(day, 0) + minutes

    def fits(self, starts_at: datetime, free: Sequence[Span]) -> bool:
        """Tell whether a job can start here."""
        limits = self.limits
        ends_at = starts_at + limits.minutes * MINUTE
        if not _inside(starts_at, ends_at, free):
            return False
        from_ = starts_at - limits.buffer_before * MINUTE
        until = ends_at + limits.buffer_after * MINUTE
        index = bisect_left(self.blocked_starts, until) - 1
        if index >= 0 and self.blocked[index].ends_at > from_:
            return False
        worked = self.worked.get(_day(starts_at, self.zone), 0) if self.worked else 0
        return worked + limits.minutes <= limits.max_minutes_day


def _inside(starts_at: datetime, ends_at: datetime, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, starts_at, key=lambda span: span.starts_at) - 1
    return index >= 0 and ends_at <= spans[index].ends_at
