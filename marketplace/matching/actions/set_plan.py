"""A worker says when they work: in an ordinary week, on a single date, and when not at all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import all_offers_of, own_worker
from marketplace.matching.events import CalendarChanged
from marketplace.matching.models import DateRow, PlanRow, TimeOff
from marketplace.matching.queries import may_stand_in
from marketplace.matching.rules.local_time import Hours
from marketplace.matching.rules.occupancy import TimeInvalid
from marketplace.matching.rules.plan import ServiceNotYours, StandInUnknown, check_plan


@transaction.atomic
def set_plan(*, by: Actor, rows: Sequence[Hours]) -> list[PlanRow]:
    """Replace a worker's weekly plan. Bookings already made stay as they are."""
    check_plan(rows)
    worker = own_worker(by)
    _check_services(worker, rows)
    PlanRow.objects.filter(worker=worker).delete()
    made = PlanRow.objects.bulk_create(
        PlanRow(
            worker=worker,
            weekday=row.weekday,
            starts=row.starts,
            ends=row.ends,
            services=sorted(row.services),
        )
        for row in rows
    )
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)
    return made


@transaction.atomic
def set_date(*, by: Actor, on: date, rows: Sequence[Hours] | None) -> list[DateRow]:
    """Say when a worker works on one date instead of its weekday's plan.

    No rows make a free day; None leaves the date to the weekly plan again.
    """
    check_plan(rows or ())
    worker = own_worker(by)
    _check_services(worker, rows or ())
    DateRow.objects.filter(worker=worker, on=on).delete()
    made = DateRow.objects.bulk_create(_date_rows(worker, on, rows))
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)
    return made


def _date_rows(worker: Worker, on: date, rows: Sequence[Hours] | None) -> list[DateRow]:
    if rows is None:
        return []
    if not rows:
        return [DateRow(worker=worker, on=on)]
    return [
        DateRow(
            worker=worker, on=on, starts=row.starts, ends=row.ends, services=sorted(row.services)
        )
        for row in rows
    ]


@transaction.atomic
def take_time_off(
    *,
    by: Actor,
    starts_at: datetime,
    ends_at: datetime,
    note: str = "",
    kind: str = TimeOff.AWAY,
    stand_in_id: UUID | None = None,
) -> TimeOff:
    """Keep some time free of new bookings; asking for the same time twice keeps it once.

    Bookings inside stay until the worker says otherwise of each.
    """
    if starts_at >= ends_at or kind not in (TimeOff.AWAY, TimeOff.CLOSED):
        raise TimeInvalid(fields=["ends_at"])
    worker = own_worker(by)
    if stand_in_id is not None and not may_stand_in(stand_in_id, worker):
        raise StandInUnknown(fields=["stand_in"])
    off, _ = TimeOff.objects.get_or_create(
        worker=worker,
        starts_at=starts_at,
        ends_at=ends_at,
        kind=kind,
        defaults={"note": note[:120], "stand_in_id": stand_in_id},
    )
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)
    return off


@transaction.atomic
def end_time_off(*, by: Actor, time_off_id: UUID) -> None:
    """Take bookings again in some time that was kept free."""
    worker = own_worker(by)
    mine = TimeOff.objects.filter(worker=worker).exclude(kind=TimeOff.IMPORTED)
    gone, _ = mine.filter(pk=time_off_id).delete()
    if not gone:
        raise NotFound(what="time_off")
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)


def _check_services(worker: Worker, rows: Iterable[Hours]) -> None:
    """Refuse hours for services that the worker does not offer."""
    asked = {service for row in rows for service in row.services}
    if asked and not asked <= set(all_offers_of(worker.pk).values_list("service_id", flat=True)):
        raise ServiceNotYours(fields=["services"])
