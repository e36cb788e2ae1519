"""A story in order of time: what happens when, and everything that follows from it."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from config.demo.outside import Sandbox
from kernel import clock, outbox, timers
from kernel.edge import working_for
from kernel.models import Timer
from tenants.tenancy.queries import all_tenants

Act = Callable[[], None]
ROUNDS = 50
INDEXING = "matching.index_stale"


class Restless(RuntimeError):
    """Events keep causing events. Always a mistake of ours."""


class Timeline:
    """Acts at moments. Between two of them, whatever is due by itself happens in its own time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._acts: list[tuple[datetime, int, int, Act]] = []
        self._order = count()
        self._now: datetime | None = None

    def at(self, moment: datetime, act: Act, *, tenant_id: int) -> None:
        """Let something happen at a tenant, once; acts may plan further acts."""
        heapq.heappush(self._acts, (moment, next(self._order), tenant_id, act))

    def run(self, *, until: datetime, seen: Callable[[datetime], None]) -> None:
        """Let time pass up to a moment; `seen` is told how far it has got."""
        while self._acts and self._acts[0][0] <= until:
            planned, _, tenant_id, act = heapq.heappop(self._acts)
            moment = max(planned, self._now or planned)
            self._pass_to(moment)
            with clock.travelling_to(moment), working_for(tenant_id):
                act()
            self._settle(moment)
            seen(moment)
        self._pass_to(until)
        seen(until)

    def _pass_to(self, moment: datetime) -> None:
        """Run the timers that come first, each in its own time."""
        self._put_off_indexing()
        while due := timers.claim_due(moment):
            for tenant_id, timer_id in due:
                with working_for(tenant_id):
                    timer = Timer.objects.get(pk=timer_id)
                    at = max(filter(None, (timer.due_at, timer.retry_at, self._now)))
                    with clock.travelling_to(at):
                        timers.run(timer_id)
                self._settle(at)

    def _put_off_indexing(self) -> None:
        """Nobody searches in the past: what can be found is worked out when the story ends."""
        for tenant in all_tenants():
            with working_for(tenant.pk):
                stale = Timer.objects.filter(name=INDEXING, state=Timer.PENDING)
                stale.update(due_at=clock.system_now())

    def _settle(self, moment: datetime) -> None:
        """Deliver what was announced, and fetch what the world outside has to say, until quiet."""
        self._now = moment
        self._sandbox.advance_to(moment)
        for _ in range(ROUNDS):
            with clock.travelling_to(moment):
                if not outbox.drain() + self._sandbox.fetch_news():
                    return
        raise Restless(str(moment))
