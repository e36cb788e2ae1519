"""Whom a customer keeps: who they are, and when each could come again."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.catalog.models import Worker, WorkerService
from marketplace.catalog.rules.worker_states import VISIBLE, State
from marketplace.matching.models import Favourite
from marketplace.matching.queries.calendars import calendars
from marketplace.matching.queries.candidates import blocked_workers
from marketplace.matching.queries.times import limits_of
from marketplace.matching.rules.slots import Slot, slots

LOOKS_AHEAD = timedelta(days=14)
TIMES_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Somebody to have again: for which service, and when next. No offer: nothing to book now."""

    worker: Worker
    offer: WorkerService | None
    times: list[Slot]


def favourites_of(customer_id: UUID) -> frozenset[UUID]:
    """Return the workers whom a customer keeps."""
    rows = Favourite.objects.filter(customer_id=customer_id)
    return frozenset(rows.values_list("worker_id", flat=True))


def own_favourites(by: Actor) -> QuerySet[Favourite]:
    """Return what a customer keeps: workers who can be seen, and met."""
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotFound(what="customer")
    kept = Favourite.objects.filter(customer_id=by.member_id, worker__state__in=VISIBLE)
    return kept.exclude(worker__in=blocked_workers(by.member_id)).select_related("worker")


def again(kept: Collection[Favourite]) -> list[Again]:
    """Return what each could be booked for next, in the same number of queries for any number."""
    offers = _offers(kept)
    bookable = [offer for offer in offers.values() if offer.worker.state == State.APPROVED]
    at = clock.now()
    until = at + LOOKS_AHEAD
    known = calendars({each.worker_id: each.worker.zone for each in bookable}, from_=at, to=until)
    limits = limits_of(bookable)
    times: dict[UUID, list[Slot]] = defaultdict(list)
    for offer in bookable:
        free = slots(known[offer.worker_id], limits[offer.pk], at=at, from_=at, to=until)
        times[offer.worker_id] = list(islice(free, TIMES_SHOWN))
    return [
        Again(worker=each.worker, offer=offers.get(each.worker_id), times=times[each.worker_id])
        for each in kept
    ]


def _offers(kept: Collection[Favourite]) -> dict[UUID, WorkerService]:
    """Return by worker the service that was kept with them, else the first that they offer."""
    wanted = {each.offer_id for each in kept}
    rows = (
        WorkerService.objects.filter(
            worker__in=[each.worker_id for each in kept],
            state=WorkerService.PUBLISHED,
            service__active=True,
        )
        .select_related("service", "worker")
        .order_by("service__category__position", "service__position", "service__name")
    )
    found: dict[UUID, WorkerService] = {}
    for offer in rows:
        if offer.worker_id not in found or offer.pk in wanted:
            found[offer.worker_id] = offer
    return found
