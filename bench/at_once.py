"""Many at once for the same: each on a connection of its own, and what they were told."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from functools import partial
from typing import Literal

from django.db import DatabaseError, connections, transaction

from bench.crowd import CENTRE, NICHE
from bench.earners import joined, payable
from bench.figures import Figure
from bench.tenants import opening, owner
from kernel import clock, outbox
from kernel.actor import Actor, Role
from kernel.edge import working_for
from kernel.errors import Refusal
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import Wish, make_quote
from marketplace.bookings.models import Booking
from marketplace.catalog.actions.plant_niche import plant_niche
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.catalog.rules.worker_states import State
from marketplace.matching.actions.set_plan import set_plan
from marketplace.matching.models import Occupancy
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.local_time import Hours
from tenants.tenancy.actions.change_setting import change_setting
from tenants.tenancy.actions.open_tenant import open_tenant
from tenants.tenancy.models import Membership, Tenant

THREADS = 32
CLIENTS, SLOTS = 100, 10
AT_ONCE = 80  # PostgreSQL as it comes takes a hundred connections, some of them for itself.
COMMAND = "bin/bench booking"
ALL_DAY = [Hours(day, time(8), time(20)) for day in range(7)]


def all_at_once(
    tenant: Tenant, requests: Sequence[Callable[[], object]], *, threads: int = THREADS
) -> Counter[str]:
    """Do them all at once, each thread on a connection of its own, and count the answers."""

    def one(request: Callable[[], object]) -> str:
        with working_for(tenant.pk):
            try:
                request()
            except Refusal as refusal:
                return refusal.code
            except DatabaseError as error:
                return "deadlock" if "deadlock" in str(error) else type(error).__name__
            return "taken"

    def leave(_: int) -> None:
        connections.close_all()

    with ThreadPoolExecutor(max_workers=threads) as pool:
        answers = Counter(pool.map(one, requests))
        list(pool.map(leave, range(threads * 4)))
    return answers


def crowded_slots() -> Iterator[Figure]:
    """Let a hundred customers book ten slots of one worker at the same moment."""
    tenant = open_tenant(opening=opening(SLOTS, niche=NICHE), owner=owner())
    with working_for(tenant.pk):
        offer = _worker()
        starts = _starts(offer)
        customers = [joined(f"client{number}", Role.CUSTOMER) for number in range(CLIENTS)]
    wishes = [
        partial(_book, customer, offer, starts[number % SLOTS])
        for number, customer in enumerate(customers)
    ]
    answers = all_at_once(tenant, wishes, threads=AT_ONCE)
    sys.stderr.write(f"{CLIENTS} clients were told: {dict(answers)}\n")
    with working_for(tenant.pk), transaction.atomic():
        booked = Booking.objects.count()
        held = Occupancy.objects.filter(active=True).count()
    name = f"{CLIENTS} clients on {SLOTS} slots"
    told = answers["taken"] + answers["slot_taken"]
    yield _figure(f"{name}: bookings off by", abs(booked - SLOTS))
    yield _figure(f"{name}: slots off by", abs(held - SLOTS))
    yield _figure(f"{name}: answers other than booked or taken", CLIENTS - told)
    yield _figure(f"{name}: deadlocks", answers["deadlock"])


def _worker() -> WorkerService:
    """Let somebody be hired and paid, and walk dogs every day."""
    plant_niche(niche=NICHE)
    office = Actor(role=Role.OWNER, member_id=Membership.objects.get(role=Role.OWNER).pk)
    change_setting(by=office, group="identity.requirements", values={"checks": []})
    by = joined("walker", Role.WORKER)
    payable(by)
    assert by.member_id is not None
    worker = Worker.objects.create(
        member_id=by.member_id,
        slug="walker",
        name="Walker B.",
        headline="Con calma",
        state=State.APPROVED,
        zone="America/Mexico_City",
        base_latitude=CENTRE.latitude,
        base_longitude=CENTRE.longitude,
    )
    set_plan(by=by, rows=ALL_DAY)
    service = Service.objects.filter(pricing="fixed", variants=None).order_by("slug")[0]
    Service.objects.filter(pk=service.pk).update(booking_mode=Service.INSTANT)
    offer = WorkerService.objects.create(
        worker=worker, service_id=service.pk, state=WorkerService.PUBLISHED
    )
    outbox.drain()
    return WorkerService.objects.select_related("worker__member", "service").get(pk=offer.pk)


def _starts(offer: WorkerService) -> list[datetime]:
    """Return the first of the free times on ten days."""
    now = clock.now()
    first: dict[object, datetime] = {}
    with transaction.atomic():
        found = free_slots(worker_service=offer, from_=now, to=now + timedelta(days=14))
    for slot in found:
        first.setdefault(slot.starts_at.date(), slot.starts_at)
    return list(first.values())[:SLOTS]


def _book(by: Actor, offer: WorkerService, starts_at: datetime) -> None:
    wish = Wish(
        worker_service_id=offer.pk,
        starts_at=starts_at,
        address="Orizaba 101, Roma Norte",
        latitude=CENTRE.latitude,
        longitude=CENTRE.longitude,
    )
    book(by=by, quote_id=make_quote(by=by, wish=wish).pk)


def _figure(name: str, value: float) -> Figure:
    better: Literal["lower"] = "lower"
    return Figure(
        name=name, value=value, unit="count", goal=0, better=better, n=CLIENTS, command=COMMAND
    )
