"""Questions about people's time: calendars, and the slots left in them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from kernel import clock
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.matching.models import PlanRow, TimeOff
from marketplace.matching.rules.local_time import Hours
from marketplace.matching.rules.slots import Calendar, Limits, Slot, Taken, check_window, slots
from marketplace.matching.rules.spans import Span

MARGIN = timedelta(days=2)  # What is taken around a window can still block a slot inside.


def plan_of(worker_id: UUID) -> QuerySet[PlanRow]:
    """Return a worker's weekly plan."""
    return PlanRow.objects.filter(worker_id=worker_id)


def time_off_of(worker_id: UUID) -> QuerySet[TimeOff]:
    """Return a worker's time off that is not over yet."""
    return TimeOff.objects.filter(worker_id=worker_id, ends_at__gt=clock.now())


def limits_of(service: Service, *, minutes: int | None = None) -> Limits:
    """Return how a service may be booked; extras make it longer."""
    return Limits(
        minutes=minutes or service.minutes,
        buffer_before=service.buffer_before,
        buffer_after=service.buffer_after,
        min_notice=service.min_notice,
        horizon_days=service.horizon_days,
        slot_step=service.slot_step,
        max_minutes_day=service.max_minutes_day,
    )


def calendars(zones: dict[UUID, str], *, from_: datetime, to: datetime) -> dict[UUID, Calendar]:
    """Return workers' calendars around a window, in three queries for any number of them.

    `zones` gives each worker's time zone.
    """
    ids = list(zones)
    plans: dict[UUID, list[Hours]] = defaultdict(list)
    weeks = PlanRow.objects.filter(worker_id__in=ids)
    rows = weeks.values_list("worker_id", "weekday", "starts", "ends")
    for worker_id, weekday, starts, ends in rows:
        plans[worker_id].append(Hours(weekday, starts, ends))
    off: dict[UUID, list[Span]] = defaultdict(list)
    around = TimeOff.objects.filter(
        worker_id__in=ids, ends_at__gt=from_ - MARGIN, starts_at__lt=to + MARGIN
    )
    for worker_id, starts_at, ends_at in around.values_list("worker_id", "starts_at", "ends_at"):
        off[worker_id].append(Span(starts_at, ends_at))
    taken = _taken(ids, from_ - MARGIN, to + MARGIN)
    return {
        worker_id: Calendar(ZoneInfo(zone), plans[worker_id], off[worker_id], taken[worker_id])
        for worker_id, zone in zones.items()
    }


def _taken(ids: Collection[UUID], from_: datetime, to: datetime) -> dict[UUID, list[Taken]]:
    """Return what these workers are busy with anywhere: bare times, of all businesses."""
    found: dict[UUID, list[Taken]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "select worker_id, starts_at, ends_at, lower(during), upper(during)"
            " from busy_ranges(%s, %s, %s, %s)",
            [list(ids), from_, to, clock.now()],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    for worker_id, starts_at, ends_at, blocked_from, blocked_until in rows:
        found[worker_id].append(Taken(Span(starts_at, ends_at), Span(blocked_from, blocked_until)))
    return found


def free_slots(
    *,
    worker_service: WorkerService,
    minutes: int | None = None,
    from_: datetime,
    to: datetime,
) -> list[Slot]:
    """Return the slots of one worker's service that start in a window of at most 31 days."""
    check_window(from_, to)
    worker: Worker = worker_service.worker
    calendar = calendars({worker.pk: worker.zone}, from_=from_, to=to)[worker.pk]
    limits = limits_of(worker_service.service, minutes=minutes)
    return list(slots(calendar, limits, at=clock.now(), from_=from_, to=to))
