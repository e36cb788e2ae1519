"""What the kernel does in the background, for all tenants."""

from uuid import UUID

from celery import shared_task

from kernel import clock, outbox, timers
from kernel.edge import working_for


@shared_task(tenantless=True)
def relay() -> None:
    """Hand out the events that wait. Runs some times a second, in as many processes as you like."""
    for tenant_id, event_id in outbox.claim():
        with working_for(tenant_id):
            deliver.delay(event_id=event_id)


@shared_task(acks_late=True)
def deliver(*, event_id: int, **_: object) -> None:
    """Tell the handlers of one event. If one fails, the lease runs out and the relay comes back."""
    outbox.deliver(event_id)


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
