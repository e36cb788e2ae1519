"""What a calendar looks like: days with open hours, jobs, what is closed, and short nights."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.errors import NotFound
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import own_worker
from marketplace.matching.models import Occupancy, TimeOff
from marketplace.matching.queries.calendars import calendars
from marketplace.matching.queries.times import law
from marketplace.matching.rules.caps import Caps, DayLimits
from marketplace.matching.rules.local_time import DAY, day_span
from marketplace.matching.rules.slots import Calendar, Days
from marketplace.matching.rules.spans import Span, merged
from marketplace.matching.rules.times import USUAL

DAYS_SHOWN, MOST_SHOWN = 7, 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a day: from when to when, and what; other businesses' work is only time."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    title: str = ""
    ref: str = ""
    entry_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of one person."""

    on: date
    at: datetime
    hours: Sequence[Span]
    entries: Sequence[Entry]
    special: bool = False
    short_night: bool = False


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person's days."""

    worker: Worker
    days: Sequence[DayShown] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class JobInside:
    """A job that is booked while its worker is away: what floors above need to speak of it."""

    row: Occupancy
    time_off_id: UUID
    by: Actor

    @property
    def ref(self) -> str:
        """Whose time it is."""
        return self.row.ref


def jobs_inside(off: TimeOff, *, by: Actor) -> list[JobInside]:
    """Return what is booked in some time off."""
    span = Span(off.starts_at, off.ends_at)
    return [JobInside(row, off.pk, by) for row in jobs_in([off.worker_id], span)]


def jobs_in(worker_ids: Collection[UUID], span: Span) -> QuerySet[Occupancy]:
    """Return what is booked here in some time, in order."""
    return (
        Occupancy.objects.filter(
            worker_id__in=worker_ids,
            active=True,
            kind=Occupancy.BOOKING,
            starts_at__lt=span.ends_at,
            ends_at__gt=span.starts_at,
        )
        .select_related("offer__service")
        .order_by("starts_at")
    )


def own_time_off(by: Actor, time_off_id: UUID) -> TimeOff:
    """Return some time off of whoever asks."""
    mine = TimeOff.objects.select_related("stand_in").exclude(kind=TimeOff.IMPORTED)
    row = mine.filter(worker=own_worker(by), pk=time_off_id).first()
    if row is None:
        raise NotFound(what="time_off")
    return row


def days_of(
    workers: Sequence[Worker], *, first: date, count: int = DAYS_SHOWN
) -> list[PersonShown]:
    """Return people's days, in six queries for any number of people."""
    zones = {worker.pk: worker.zone for worker in workers}
    if not zones:
        return []
    spans = [day_span(first, ZoneInfo(zone)) for zone in set(zones.values())]
    from_ = min(span.starts_at for span in spans)
    to = max(span.ends_at for span in spans) + (count - 1) * DAY
    known = calendars(zones, from_=from_, to=to)
    jobs: dict[UUID, list[Occupancy]] = {key: [] for key in zones}
    for job in jobs_in(zones, Span(from_, to)):
        jobs[job.worker_id].append(job)
    rest = timedelta(hours=law().rest_hours or int(str(USUAL["min_rest_hours"])))
    return [
        PersonShown(worker, _days(known[worker.pk], jobs[worker.pk], first, count, rest))
        for worker in workers
    ]


def _days(
    calendar: Calendar, jobs: Sequence[Occupancy], first: date, count: int, rest: timedelta
) -> list[DayShown]:
    days = Days(calendar)
    attended = [each.job for each in calendar.taken if each.lanes.attended]
    caps = Caps(attended, DayLimits(rest=rest), day_of=days.day_of)
    short = {other for _, other in caps.short_nights()}
    entries = _entries(calendar, jobs)
    shown = []
    for on in (first + n * DAY for n in range(count)):
        span = day_span(on, calendar.zone)
        mine = [each for each in entries if span.meets(Span(each.starts_at, each.ends_at))]
        hours = days.all_rows(on)
        shown.append(
            DayShown(on, span.starts_at, merged(hours), mine, on in calendar.dates, on in short)
        )
    return shown


def _entries(calendar: Calendar, jobs: Sequence[Occupancy]) -> list[Entry]:
    """Return jobs here by name, and everything else as time that is not free."""
    here = {(job.starts_at, job.ends_at) for job in jobs}
    found = [
        Entry(
            job.starts_at,
            job.ends_at,
            "job",
            job.offer.service.name if job.offer else "",
            job.ref,
            job.pk,
        )
        for job in jobs
    ]
    found += [
        Entry(each.job.starts_at, each.job.ends_at, "busy")
        for each in calendar.taken
        if (each.job.starts_at, each.job.ends_at) not in here
    ]
    found += [Entry(span.starts_at, span.ends_at, "closed") for span in merged(calendar.off)]
    return sorted(found, key=lambda each: (each.starts_at, each.kind))
