"""Do a worker's free times for a month come at once, however full the month is?"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.at_once import crowded_slots
from bench.at_size import figures_at_size
from bench.crowd import booked, crowd
from bench.figures import Figure, measure
from kernel import clock
from kernel.edge import working_for
from marketplace.catalog.models import WorkerService
from marketplace.matching.models import Occupancy
from marketplace.matching.queries import free_slots
from tenants.tenancy.models import Tenant
from tenants.tenancy.queries import at_home

WORKERS, ROUNDS, MONTH = 20, 200, timedelta(days=31)
COMMAND = "bin/bench booking"


@measure("booking")
def booking_figures() -> Iterator[Figure]:
    """Ask for a month of free times, in an empty month and in one with two jobs on most days."""
    tenant = crowd(WORKERS)
    with working_for(tenant.pk), transaction.atomic():
        offers = WorkerService.objects.select_related("worker__member", "service")
        offer = offers.order_by("pk")[0]
    empty = _queries(tenant, offer)
    with working_for(tenant.pk), transaction.atomic():
        _fill(offer)
    taken = [_month(tenant, offer) for _ in range(ROUNDS)]
    milliseconds = median(taken) * 1000
    yield _figure("slots of one worker, 31 days, p50", milliseconds, "ms", 15, ROUNDS)
    more = _queries(tenant, offer) - empty
    yield _figure("slots, queries of a full month beyond an empty one", more, "count", 0, 1)
    yield from crowded_slots()
    yield from figures_at_size()


def _figure(name: str, value: float, unit: str, goal: float, n: int) -> Figure:
    better: Literal["lower"] = "lower"
    return Figure(name=name, value=value, unit=unit, goal=goal, better=better, n=n, command=COMMAND)


def _queries(tenant: Tenant, offer: WorkerService) -> int:
    """Return how many queries a month of free times takes; counting them would slow the clock."""
    with CaptureQueriesContext(connection) as asked:
        _month(tenant, offer)
    return len(asked)


def _month(tenant: Tenant, offer: WorkerService) -> float:
    """Return how long a month of free times takes."""
    with working_for(tenant.pk), at_home(tenant), transaction.atomic():
        began, now = time.perf_counter(), clock.now()
        found = free_slots(worker_service=offer, from_=now, to=now + MONTH)
        seconds = time.perf_counter() - began
    if not found:
        raise SystemExit("There has to be a free time in a month.")
    return seconds


def _fill(offer: WorkerService) -> None:
    """Book two jobs a day for twenty days."""
    first = clock.now() + timedelta(days=11)  # After what the crowd has booked.
    Occupancy.objects.bulk_create(
        _job(offer, first.replace(hour=hour) + timedelta(days=day), f"bench:full:{day}:{hour}")
        for day in range(20)
        for hour in (16, 20)
    )


def _job(offer: WorkerService, starts_at: datetime, ref: str) -> Occupancy:
    between, ends_at = timedelta(minutes=15), starts_at + timedelta(hours=1)
    return booked(offer.worker, starts_at, ends_at, ref=ref, after=between)
