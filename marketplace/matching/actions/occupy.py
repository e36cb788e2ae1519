"""A hold becomes a booking."""

from uuid import UUID

from django.db import transaction

from kernel.actor import SYSTEM
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.matching.actions.hold import lock_person, refusing_clashes
from marketplace.matching.events import CalendarChanged
from marketplace.matching.models import Occupancy


@transaction.atomic
def confirm(*, occupancy_id: UUID, ref: str) -> Occupancy:
    """Book what was held, under the booking's own reference. Repeating changes nothing.

    A hold that has run out is booked all the same if nobody took the time meanwhile, else
    `SlotTaken`.
    """
    rows = Occupancy.objects.select_related("worker__member")
    if (row := rows.filter(pk=occupancy_id).first()) is None:
        raise NotFound(what="occupancy")
    if row.kind == Occupancy.BOOKING and row.ref == ref and row.active:
        return row
    lock_person(row.worker)
    row.kind, row.ref, row.expires_at, row.active = Occupancy.BOOKING, ref, None, True
    with refusing_clashes():
        row.save(update_fields=["kind", "ref", "expires_at", "active"])
    publish(CalendarChanged(worker_id=str(row.worker_id)), by=SYSTEM)
    return row
