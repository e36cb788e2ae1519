"""A hold becomes a booking."""

from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import NumericRange

from kernel.actor import SYSTEM
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.matching.actions.hold import free_lane, lock_person, refusing_clashes
from marketplace.matching.events import CalendarChanged
from marketplace.matching.models import Occupancy
from marketplace.matching.queries import limits_for
from marketplace.matching.rules.spans import Span


@transaction.atomic
def confirm(*, occupancy_id: UUID, ref: str) -> Occupancy:
    """Book what was held, under the booking's own reference. Repeating changes nothing.

    A hold that has run out is booked all the same if nobody took the time meanwhile, else
    `SlotTaken`. What waits for somebody to accept still takes no time: see `claim`.
    """
    rows = Occupancy.objects.select_related("worker__member")
    if (row := rows.filter(pk=occupancy_id).first()) is None:
        raise NotFound(what="occupancy")
    if row.kind == Occupancy.BOOKING and row.ref == ref and (row.active or row.waits):
        return row
    lock_person(row.worker)
    row.kind, row.ref, row.expires_at = Occupancy.BOOKING, ref, None
    row.active = not row.waits
    with refusing_clashes():
        row.save(update_fields=["kind", "ref", "expires_at", "active"])
    publish(CalendarChanged(worker_id=str(row.worker_id)), by=SYSTEM)
    return row


@transaction.atomic
def claim(*, ref: str) -> Occupancy | None:
    """Let what waited take its time now, or refuse with `SlotTaken`; nothing waits: None.

    A service for several at once may have another unit free than the one first thought of.
    """
    rows = Occupancy.objects.select_related("worker__member", "offer__service")
    row = rows.filter(ref=ref, waits=True, kind=Occupancy.BOOKING).first()
    if row is None:
        return None
    lock_person(row.worker)
    if row.offer is not None:
        blocked = Span(row.during.lower, row.during.upper)
        lane = free_lane(row.worker, blocked, limits_for(row.offer).lanes)
        row.lanes = NumericRange(lane.first, lane.end)
    row.waits, row.active = False, True
    with refusing_clashes():
        row.save(update_fields=["lanes", "waits", "active"])
    publish(CalendarChanged(worker_id=str(row.worker_id)), by=SYSTEM)
    return row
