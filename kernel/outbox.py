"""From the outbox to the handlers: each hears of an event once, and again until it succeeds."""

from collections.abc import Callable

from django.db import connection, transaction

from kernel import clock
from kernel.edge import working_for
from kernel.events import handlers_of, read
from kernel.models import HandledEvent, OutboxEvent

BATCH = 100


def claim() -> list[tuple[int, int]]:
    """Take a batch of undelivered events as (tenant, event); two callers never share one.

    The database leases each for 30 s, twice as long at each attempt; after ten it is dead.
    """
    with connection.cursor() as cursor:
        cursor.execute("select tenant_id, event_id from outbox_claim(%s)", [BATCH])
        return [(tenant_id, event_id) for tenant_id, event_id in cursor.fetchall()]


def deliver(event_id: int) -> None:
    """Tell every handler that was not told yet. The first that fails ends the round."""
    row = OutboxEvent.objects.get(pk=event_id)
    for name, handler in handlers_of(row.name).items():
        _handle_once(event_id, name, handler)
    OutboxEvent.objects.filter(pk=event_id).update(delivered_at=clock.system_now())


@transaction.atomic
def _handle_once(event_id: int, name: str, handler: Callable[..., None]) -> None:
    row = OutboxEvent.objects.select_for_update().get(pk=event_id)
    _, first = HandledEvent.objects.get_or_create(event=row, handler=name)
    if first:
        handler(read(row))


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
