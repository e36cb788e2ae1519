"""When somebody can come: a plan, minus what is closed and what is taken, under a few limits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

from kernel.errors import Invalid
from marketplace.matching.rules.caps import BLOCK, WARN, Caps, DayLimits
from marketplace.matching.rules.lanes import WHOLE_PERSON, Lanes, Room, choices_of
from marketplace.matching.rules.local_time import DAY, Hours, on_day
from marketplace.matching.rules.spans import Job, Span, merged, starts_between, without

MINUTE = timedelta(minutes=1)
MINUTES_PER_KM = 3
LONGEST_WINDOW = timedelta(days=31)


class WindowTooLong(Invalid):
    """Nobody needs to see more at once."""

    code = "slots.window"
    title = "Ask for at most 31 days, from earlier to later."


Slot = Span


@dataclass(frozen=True, slots=True)
class Taken:
    """A job somewhere: its own time, all the time it blocks, and how much of the person."""

    job: Span
    blocked: Span
    lanes: Lanes = WHOLE_PERSON


@dataclass(frozen=True, slots=True)
class Limits:
    """How a service may be booked; minutes unless it says otherwise."""

    minutes: int
    buffer_before: int = 0
    buffer_after: int = 15
    min_notice: int = 120
    horizon_days: int = 60
    slot_step: int = 30
    max_jobs_day: int | None = None
    max_minutes_day: int = 600
    min_rest_hours: int = 12
    rest_mode: str = WARN
    room: Room = Room.WHOLE
    units: int = 1
    travel: bool = False
    service_id: UUID | None = None

    @property
    def job(self) -> Job:
        """How long a job lasts, with what it keeps free around it."""
        return Job(self.minutes * MINUTE, self.buffer_before * MINUTE, self.buffer_after * MINUTE)

    @property
    def lanes(self) -> list[Lanes]:
        """The lanes a job may take, one of them."""
        return choices_of(self.room, self.units)

    @property
    def day(self) -> DayLimits:
        """The most that fits into a day; of background work only the number of jobs counts."""
        if self.room == Room.BACKGROUND:
            return DayLimits(self.max_jobs_day)
        rest = timedelta(hours=self.min_rest_hours if self.rest_mode == BLOCK else 0)
        return DayLimits(self.max_jobs_day, self.max_minutes_day * MINUTE, rest)

    def lasting(self, minutes: int) -> "Limits":
        """Return the same limits for a job of another length: with extras, say."""
        return replace(self, minutes=minutes)

    def to_a_place(self, km: float) -> "Limits":
        """Return the same limits with the way there and back kept free, where that is wished."""
        if not self.travel:
            return self
        way = ceil(MINUTES_PER_KM * km)
        before, after = max(self.buffer_before, way), max(self.buffer_after, way)
        return replace(self, buffer_before=before, buffer_after=after)

    def with_rest(self) -> "Limits":
        """Return the same limits with the nights kept, whatever was chosen: for dispatch."""
        return replace(self, rest_mode=BLOCK)


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that decides when one person can come. What is said of a date replaces its weekday."""

    zone: ZoneInfo
    plan: Sequence[Hours]
    off: Sequence[Span] = ()
    taken: Sequence[Taken] = ()
    dates: Mapping[date, Sequence[Hours]] = field(default_factory=dict)

    def hours_of(self, day: date) -> list[Hours]:
        """Return the rows that open a day: its own ones, else those of its weekday."""
        own = self.dates.get(day)
        rows = [row for row in self.plan if row.weekday == day.weekday()] if own is None else own
        return sorted(rows, key=lambda row: row.starts)


def check_window(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse to look at more than 31 days, or backwards."""
    if not timedelta(0) <= ends_at - starts_at <= LONGEST_WINDOW:
        raise WindowTooLong(fields=["to"])


def slots(
    calendar: Calendar, limits: Limits, *, at: datetime, from_: datetime, to: datetime
) -> Iterator[Slot]:
    """Return the slots that start in [from_, to), earliest first; lazily, so take what you need.

    A slot lies inside the plan and outside what is closed; with its buffers it meets nothing taken
    that it could not run beside; it respects notice, horizon, the day's caps and the night's rest.
    Steps count from the start of a plan row.
    """
    earliest = max(from_, at + limits.min_notice * MINUTE)
    latest = min(to, at + limits.horizon_days * DAY)
    if earliest >= latest:
        return
    search = _Search(calendar, limits)
    waiting: dict[datetime, date] = {}  # Starts after midnight, which a later day may still join.
    day, last = search.local(earliest) - DAY, search.local(latest)
    while day <= last:
        for starts_at in search.starts(day, earliest, latest):
            waiting.setdefault(starts_at, search.days.day_of(starts_at))
        for starts_at in sorted(waiting):
            if day < last and search.local(starts_at) > day:
                break
            job = Slot(starts_at, starts_at + limits.minutes * MINUTE)
            if search.caps.allow(waiting.pop(starts_at), job):
                yield job
        day += DAY


def is_slot(calendar: Calendar, limits: Limits, starts_at: datetime, *, at: datetime) -> bool:
    """Tell whether a job may start at exactly this moment."""
    found = slots(calendar, limits, at=at, from_=starts_at, to=starts_at + MINUTE)
    return any(slot.starts_at == starts_at for slot in found)


class Days:
    """The open time of each day of a calendar, worked out once."""

    def __init__(self, calendar: Calendar, service_id: UUID | None = None) -> None:
        self.calendar, self.service_id = calendar, service_id
        self._rows: dict[date, list[tuple[Span, Hours]]] = {}

    def rows(self, day: date) -> list[Span]:
        """Return when the service is open in the rows that begin on a day."""
        return [span for span, row in self._of(day) if row.serves(self.service_id)]

    def all_rows(self, day: date) -> list[Span]:
        """Return when anything is open in the rows that begin on a day."""
        return [span for span, _ in self._of(day)]

    def day_of(self, moment: datetime) -> date:
        """Return the day a moment counts for: a shift belongs to the day on which it began."""
        day = moment.astimezone(self.calendar.zone).date()
        ran_on = any(span.starts_at <= moment < span.ends_at for span, _ in self._of(day - DAY))
        return day - DAY if ran_on else day

    def _of(self, day: date) -> list[tuple[Span, Hours]]:
        if day not in self._rows:
            zone = self.calendar.zone
            self._rows[day] = [
                (span, row)
                for row in self.calendar.hours_of(day)
                for span in on_day([row], day, zone)
            ]
        return self._rows[day]


class _Search:
    """One calendar under one service's limits, arranged to be asked day by day."""

    def __init__(self, calendar: Calendar, limits: Limits) -> None:
        self.zone, self.limits = calendar.zone, limits
        self.days = Days(calendar, limits.service_id)
        self.off = merged(calendar.off)
        self.blocked = [
            merged(each.blocked for each in calendar.taken if each.lanes.meets(lanes))
            for lanes in limits.lanes
        ]
        attended = limits.room != Room.BACKGROUND
        jobs = (each.job for each in calendar.taken if each.lanes.attended == attended)
        self.caps = Caps(jobs, limits.day, day_of=self.days.day_of)

    def local(self, moment: datetime) -> date:
        """Return a moment's date where the worker lives."""
        return moment.astimezone(self.zone).date()

    def starts(self, day: date, earliest: datetime, latest: datetime) -> list[datetime]:
        """Return the moments at which a job may start in the rows that begin on a day."""
        today = self.days.rows(day)
        if not today or today[0].starts_at >= latest:
            return []
        possible = self._possible(day)
        return [
            starts_at
            for row in today
            for span in possible
            for starts_at in _steps(row, span, self.limits.slot_step * MINUTE, earliest, latest)
        ]

    def _possible(self, day: date) -> list[Span]:
        """Return when a job may start, on a day and in the night after it, in any of its lanes."""
        far = 1 + -(-self.limits.minutes // (24 * 60))  # A job may run into the days after.
        around = (row for n in range(-1, far + 1) for row in self.days.rows(day + n * DAY))
        open_ = merged(around)
        if not open_:
            return []
        free = without(open_, _near(self.off, open_))
        job = self.limits.job
        found = [starts_between(free, _near(each, open_, job), job) for each in self.blocked]
        return merged(part for each in found for part in each)


def _near(spans: Sequence[Span], open_: Sequence[Span], job: Job | None = None) -> list[Span]:
    """Return the spans that could matter to some open time, with a job's buffers around them."""
    first, last = open_[0].starts_at, open_[-1].ends_at
    if job is not None:
        first, last = first - job.before, last + job.after
    return [span for span in spans if span.ends_at > first and span.starts_at < last]


def _steps(
    row: Span, possible: Span, step: timedelta, earliest: datetime, latest: datetime
) -> Iterator[datetime]:
    """Return the moments of a row's grid at which something may start, in a window."""
    low = max(possible.starts_at, earliest, row.starts_at)
    starts_at = row.starts_at + -(-(low - row.starts_at) // step) * step
    while starts_at <= possible.ends_at and starts_at < min(row.ends_at, latest):
        yield starts_at
        starts_at += step
