"""When a service could be had from somebody, whoever it is. Nothing here writes."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from kernel import clock
from marketplace.catalog.models import WorkerService
from marketplace.catalog.queries.areas import area_of
from marketplace.catalog.rules.areas import Place
from marketplace.matching.models import SearchRow
from marketplace.matching.queries.calendars import calendars
from marketplace.matching.queries.candidates import LEAST_REST_HOURS
from marketplace.matching.queries.times import limits_of
from marketplace.matching.rules.slots import Limits, Slot, slots

MOST_LOOKED_AT = 60  # People whose time is looked at for one list of times.


def offers_of_service(service_id: UUID, *, without: Collection[UUID] = ()) -> list[WorkerService]:
    """Return who can be booked for a service, but for some; the best known first."""
    rows = SearchRow.objects.filter(offer__service_id=service_id, bookable=True)
    found = WorkerService.objects.filter(pk__in=rows.values("offer_id"))
    known = found.exclude(worker_id__in=without).select_related("worker__member__user", "service")
    return list(known.order_by("-worker__jobs_done", "pk")[:MOST_LOOKED_AT])


def times_of_anybody(
    service_id: UUID,
    *,
    minutes: int,
    from_: datetime,
    to: datetime,
    place: Place | None = None,
    without: Collection[UUID] = (),
) -> list[datetime]:
    """Return the moments at which at least one person could begin, in order."""
    offers = offers_of_service(service_id, without=without)
    if place is not None:
        offers = [each for each in offers if area_of(each).contains(place)]
    zones = {offer.worker_id: offer.worker.zone for offer in offers}
    known = calendars(zones, from_=from_, to=to + timedelta(minutes=minutes))
    limits, at = limits_of(offers), clock.now()
    found: set[datetime] = set()
    for offer in offers:
        limit = _rested(limits[offer.pk]).lasting(minutes)
        free = slots(known[offer.worker_id], limit, at=at, from_=from_, to=to)
        found |= {slot.starts_at for slot in free}
    return sorted(found)


def first_slots(
    offers: Collection[WorkerService], *, minutes: int, from_: datetime, to: datetime
) -> list[tuple[WorkerService, Slot]]:
    """Return the first free slot of each of some offers in a window, of those that have one."""
    zones = {offer.worker_id: offer.worker.zone for offer in offers}
    known = calendars(zones, from_=from_, to=to + timedelta(minutes=minutes))
    limits, at = limits_of(offers), clock.now()
    found = []
    for offer in offers:
        limit = limits[offer.pk].lasting(minutes)
        free = slots(known[offer.worker_id], limit, at=at, from_=from_, to=to)
        if (first := next(free, None)) is not None:
            found.append((offer, first))
    return found


def _rested(limits: Limits) -> Limits:
    """Return limits with the rest that whoever is asked has to have had."""
    rest = max(limits.min_rest_hours, LEAST_REST_HOURS)
    return replace(limits.with_rest(), min_rest_hours=rest)
