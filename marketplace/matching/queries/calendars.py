"""Questions about people's time: calendars, and the slots left in them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from kernel import clock
from marketplace.catalog.models import Worker, WorkerService
from marketplace.catalog.rules.areas import Place
from marketplace.catalog.rules.worker_states import VISIBLE
from marketplace.matching.models import DateRow, PlanRow, TimeOff
from marketplace.matching.queries.times import limits_for
from marketplace.matching.rules.lanes import Lanes
from marketplace.matching.rules.local_time import Hours
from marketplace.matching.rules.slots import Calendar, Slot, Taken, check_window, slots
from marketplace.matching.rules.spans import Span

MARGIN = timedelta(days=2)  # What is taken around a window can still block a slot inside.


def plan_of(worker_id: UUID) -> QuerySet[PlanRow]:
    """Return a worker's weekly plan."""
    return PlanRow.objects.filter(worker_id=worker_id)


def dates_of(worker_id: UUID, *, first: date, last: date) -> QuerySet[DateRow]:
    """Return what a worker said of single dates."""
    return DateRow.objects.filter(worker_id=worker_id, on__range=(first, last))


def time_off_of(worker_id: UUID) -> QuerySet[TimeOff]:
    """Return a worker's own time off that is not over yet."""
    return TimeOff.objects.filter(worker_id=worker_id, ends_at__gt=clock.now()).exclude(
        kind=TimeOff.IMPORTED
    )


def may_stand_in(worker_id: UUID, worker: Worker) -> bool:
    """Tell whether a worker could stand in for another: somebody else who works here."""
    others = Worker.objects.filter(state__in=VISIBLE).exclude(pk=worker.pk)
    return others.filter(pk=worker_id).exists()


def calendars(zones: dict[UUID, str], *, from_: datetime, to: datetime) -> dict[UUID, Calendar]:
    """Return workers' calendars around a window, in four queries for any number of them.

    `zones` gives each worker's time zone.
    """
    first, last = from_ - MARGIN, to + MARGIN
    ids = list(zones)
    plans = _plans(ids)
    dates = _dates(ids, first.date(), last.date())
    off = _closed(ids, first, last)
    taken = _taken(ids, first, last)
    return {
        key: Calendar(ZoneInfo(zone), plans[key], off[key], taken[key], dates[key])
        for key, zone in zones.items()
    }


def calendar_of(worker: Worker, *, from_: datetime, to: datetime) -> Calendar:
    """Return one worker's calendar around a window."""
    return calendars({worker.pk: worker.zone}, from_=from_, to=to)[worker.pk]


def _plans(ids: Collection[UUID]) -> dict[UUID, list[Hours]]:
    found: dict[UUID, list[Hours]] = defaultdict(list)
    weeks = PlanRow.objects.filter(worker_id__in=ids)
    rows = weeks.values_list("worker_id", "weekday", "starts", "ends", "services")
    for worker_id, weekday, starts, ends, services in rows:
        found[worker_id].append(Hours(weekday, starts, ends, frozenset(services)))
    return found


def _dates(ids: Collection[UUID], first: date, last: date) -> dict[UUID, dict[date, list[Hours]]]:
    """Return what was said of dates; a date with a row that has no hours is a free day."""
    found: dict[UUID, dict[date, list[Hours]]] = defaultdict(dict)
    rows = DateRow.objects.filter(worker_id__in=ids, on__range=(first, last))
    for row in rows:
        hours = found[row.worker_id].setdefault(row.on, [])
        if row.starts is not None and row.ends is not None:
            only = frozenset(row.services)
            hours.append(Hours(row.on.weekday(), row.starts, row.ends, only))
    return found


def _closed(ids: Collection[UUID], from_: datetime, to: datetime) -> dict[UUID, list[Span]]:
    """Return when these workers are closed here, or away from all their businesses."""
    found: dict[UUID, list[Span]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "select worker_id, starts_at, ends_at from closed_ranges(%s, %s, %s)",
            [list(ids), from_, to],
        )
        for worker_id, starts_at, ends_at in cursor.fetchall():
            found[worker_id].append(Span(starts_at, ends_at))
    return found


def _taken(ids: Collection[UUID], from_: datetime, to: datetime) -> dict[UUID, list[Taken]]:
    """Return what these workers are busy with anywhere: bare times, of all businesses."""
    found: dict[UUID, list[Taken]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "select worker_id, starts_at, ends_at, lower(during), upper(during), lower(lanes),"
            " upper(lanes) from busy_ranges(%s, %s, %s, %s)",
            [list(ids), from_, to, clock.now()],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    for worker_id, starts_at, ends_at, blocked_from, blocked_until, lane, end in rows:
        job, blocked = Span(starts_at, ends_at), Span(blocked_from, blocked_until)
        found[worker_id].append(Taken(job, blocked, Lanes(lane, end)))
    return found


def taken_of(worker_id: UUID, *, from_: datetime, to: datetime) -> list[Taken]:
    """Return what a worker is busy with anywhere, in a window."""
    return _taken([worker_id], from_, to)[worker_id]


def free_slots(
    *,
    worker_service: WorkerService,
    minutes: int | None = None,
    place: Place | None = None,
    from_: datetime,
    to: datetime,
) -> list[Slot]:
    """Return the slots of one worker's service that start in a window of at most 31 days.

    With a place, the way there and back may take time of its own.
    """
    check_window(from_, to)
    limits = limits_for(worker_service, minutes=minutes, place=place)
    longest = timedelta(minutes=limits.minutes)
    calendar = calendar_of(worker_service.worker, from_=from_, to=to + longest)
    return list(slots(calendar, limits, at=clock.now(), from_=from_, to=to))
