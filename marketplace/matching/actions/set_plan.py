"""A worker says when they work, in an ordinary week and by exception."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.queries import own_worker
from marketplace.matching.events import CalendarChanged
from marketplace.matching.models import PlanRow, TimeOff
from marketplace.matching.rules.local_time import Hours
from marketplace.matching.rules.occupancy import TimeInvalid
from marketplace.matching.rules.plan import check_plan


@transaction.atomic
def set_plan(*, by: Actor, rows: Sequence[Hours]) -> list[PlanRow]:
    """Replace a worker's weekly plan. Bookings already made stay as they are."""
    check_plan(rows)
    worker = own_worker(by)
    PlanRow.objects.filter(worker=worker).delete()
    made = PlanRow.objects.bulk_create(
        PlanRow(worker=worker, weekday=row.weekday, starts=row.starts, ends=row.ends)
        for row in rows
    )
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)
    return made


@transaction.atomic
def take_time_off(*, by: Actor, starts_at: datetime, ends_at: datetime, note: str = "") -> TimeOff:
    """Keep some time free of new bookings; asking for the same time twice keeps it once."""
    if starts_at >= ends_at:
        raise TimeInvalid(fields=["ends_at"])
    worker = own_worker(by)
    off, _ = TimeOff.objects.get_or_create(
        worker=worker, starts_at=starts_at, ends_at=ends_at, defaults={"note": note[:120]}
    )
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)
    return off


@transaction.atomic
def end_time_off(*, by: Actor, time_off_id: UUID) -> None:
    """Take bookings again in some time that was kept free."""
    worker = own_worker(by)
    gone, _ = TimeOff.objects.filter(worker=worker, pk=time_off_id).delete()
    if not gone:
        raise NotFound(what="time_off")
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)
