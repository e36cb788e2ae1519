"""From the outbox to the handlers: each hears of an event once, and again until it succeeds."""

from datetime import datetime

from django.db import connection, transaction

from kernel import clock
from kernel.edge import working_for
from kernel.events import handlers_of, read
from kernel.models import HandledEvent, OutboxEvent

BATCH = 100


def claim(at_most: int = BATCH) -> list[tuple[int, int]]:
    """Take a batch of undelivered events as (tenant, event); two callers never share one.

    The database leases each for 30 s, twice as long at each attempt; after ten it is dead.
    """
    with connection.cursor() as cursor:
        cursor.execute("select tenant_id, event_id from outbox_claim(%s)", [at_most])
        return [(tenant_id, event_id) for tenant_id, event_id in cursor.fetchall()]


def deliver(event_id: int) -> None:
    """Tell every handler that was not told yet. The first that fails ends the round."""
    more = True
    while more:
        more = _tell_next(event_id)


@transaction.atomic
def _tell_next(event_id: int) -> bool:
    """Tell one handler in a transaction of its own, and with the last one write that all know.

    Return whether more handlers wait.
    """
    row = OutboxEvent.objects.select_for_update().get(pk=event_id)
    told = set(HandledEvent.objects.filter(event=row).values_list("handler", flat=True))
    waiting = [(name, each) for name, each in handlers_of(row.name).items() if name not in told]
    for name, handler in waiting[:1]:
        HandledEvent.objects.create(event=row, handler=name)
        handler(read(row))
    if len(waiting) <= 1 and row.delivered_at is None:
        OutboxEvent.objects.filter(pk=event_id).update(delivered_at=clock.system_now())
    return len(waiting) > 1


def relay(*, until: datetime) -> int:
    """Deliver what waits, one by one, until nothing does or time is up; return how many.

    One at a time, so that a handler that fails, or a process that dies, holds up no other event.
    """
    delivered = 0
    while clock.system_now() < until and (claimed := claim(1)):
        for tenant_id, event_id in claimed:
            with working_for(tenant_id):
                deliver(event_id)
        delivered += len(claimed)
    return delivered


def drain(*, at_most: int = 10_000) -> int:
    """Deliver here and now whatever waits, and what that causes; return how many were delivered.

    For stories, tests and commands that have no worker beside them.
    """
    delivered = 0
    while delivered < at_most and (claimed := claim()):
        for tenant_id, event_id in claimed:
            with working_for(tenant_id):
                deliver(event_id)
        delivered += len(claimed)
    return delivered
