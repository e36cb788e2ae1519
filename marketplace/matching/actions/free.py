"""Give time back."""

from django.db import transaction

from kernel.actor import SYSTEM
from kernel.events import publish
from marketplace.matching.events import CalendarChanged
from marketplace.matching.models import Occupancy


@transaction.atomic
def free(*, ref: str) -> int:
    """Free whatever a reference holds or has booked; return how many stretches that was.

    What waits under it waits no longer.
    """
    Occupancy.objects.filter(ref=ref, waits=True).update(waits=False)
    taken = Occupancy.objects.filter(ref=ref, active=True)
    workers = set(taken.values_list("worker_id", flat=True))
    freed = taken.update(active=False)
    for worker_id in workers:
        publish(CalendarChanged(worker_id=str(worker_id)), by=SYSTEM)
    return freed
