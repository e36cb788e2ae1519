"""What the kernel does in the background, for all tenants."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task

from kernel import clock, outbox, timers
from kernel.edge import working_for

TURN = timedelta(seconds=1)


@shared_task(tenantless=True)
def relay() -> None:
    """Tell the events that wait. Runs some times a second, in as many processes as you like.

    A handler only writes and hands on, so this takes no longer than a turn; what is left after one
    is for the next.
    """
    outbox.relay(until=clock.system_now() + TURN)


@shared_task(tenantless=True)
def run_due_timers() -> None:
    """Hand out the timers that are due."""
    for tenant_id, timer_id in timers.claim_due(clock.now()):
        with working_for(tenant_id):
            run_timer.delay(timer_id=str(timer_id))


@shared_task(acks_late=True)
def run_timer(*, timer_id: str, **_: object) -> None:
    """Run one timer; if somebody else did meanwhile, do nothing."""
    timers.run(UUID(timer_id))
