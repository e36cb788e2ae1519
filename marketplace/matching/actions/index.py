"""Keep the index of what can be found in step with what is offered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kernel import clock
from kernel.timers import set_timer
from marketplace.catalog.models import Worker, WorkerService
from marketplace.catalog.queries import published_services, readiness
from marketplace.catalog.queries.areas import has_own_area
from marketplace.catalog.rules.areas import snapped
from marketplace.matching.models import Occupancy, SearchRow, Stirred
from marketplace.matching.queries import calendars, limits_of
from marketplace.matching.queries.indexing import choices_made, variant_prices
from marketplace.matching.rules.free_times import as_multirange, packed
from marketplace.matching.rules.slots import Calendar, Limits, slots
from marketplace.matching.rules.words import indexed
from tenants.identity.queries import verified

STALE = "matching.index_stale"
LOOKS_AHEAD = timedelta(days=31)
KNOWN_AHEAD = timedelta(days=45)  # A month's window finds all it asks for, two weeks from now too.
STALE_AFTER = timedelta(hours=6)
STALE_AT_LAST = timedelta(days=7)
ANY_DAYS = 366


@transaction.atomic
def index_worker(*, worker_id: UUID) -> list[SearchRow]:
    """Write a worker's rows anew: what is offered, whether it can be booked, when next.

    Safe to repeat at any time. The next free time grows stale by itself, so a timer comes back.
    """
    worker = Worker.objects.select_for_update().filter(pk=worker_id).first()
    if worker is None:
        return []
    at = clock.now()
    _stirred(worker.pk, at).delete()
    offers = list(published_services(worker.pk))
    SearchRow.objects.filter(worker=worker).exclude(offer__in=offers).delete()
    if not offers:
        return []
    zones = {worker.pk: worker.zone}
    calendar = calendars(zones, from_=at, to=at + KNOWN_AHEAD)[worker.pk]
    bookable = not readiness(worker)
    limits = limits_of(offers)
    taken = _taken_from_catalogue(worker, offers, at)
    rows = [
        _index(each, limits[each.pk], calendar, bookable, at, taken[each.pk]) for each in offers
    ]
    _come_back(worker.pk, rows, at)
    return rows


@transaction.atomic
def index_service(*, service_id: UUID) -> None:
    """Write the rows of everybody who offers a service anew."""
    offers = WorkerService.objects.filter(service_id=service_id).order_by("worker_id")
    for worker_id in offers.values_list("worker_id", flat=True):
        index_worker(worker_id=worker_id)


def _stirred(worker_id: UUID, at: datetime) -> QuerySet[Stirred]:
    """Return the marks of what moved that rows written from now on know of: all but holds.

    Who deletes them first, and looks at the calendar then, loses none that comes meanwhile.
    """
    mine = Occupancy.objects.filter(worker_id=worker_id)
    over = mine.exclude(active=True, kind=Occupancy.HOLD).values("pk")
    known = Q(until=None) | Q(until__lte=at) | Q(occupancy_id__in=over)
    return Stirred.objects.filter(known, worker_id=worker_id)


def free_times(calendar: Calendar, limits: Limits, at: datetime) -> dict[str, Any]:
    """Return when a job may start, notice and horizon aside: those move on with the clock."""
    anytime = replace(limits, min_notice=0, horizon_days=ANY_DAYS)
    until = at + KNOWN_AHEAD
    starts = [each.starts_at for each in slots(calendar, anytime, at=at, from_=at, to=until)]
    ranges, apart = packed(starts, timedelta(minutes=limits.slot_step))
    earliest = at + timedelta(minutes=limits.min_notice)
    latest = at + min(LOOKS_AHEAD, timedelta(days=limits.horizon_days))
    return {
        "next_slot_at": next((each for each in starts if earliest <= each < latest), None),
        "free": as_multirange(ranges),
        "free_step": apart,
        "free_until": until,
        "min_notice": limits.min_notice,
        "horizon_days": limits.horizon_days,
    }


def _taken_from_catalogue(
    worker: Worker, offers: Sequence[WorkerService], at: datetime
) -> dict[UUID, dict[str, Any]]:
    """Return prices of variants, choices made and whether anything was verified, by offer."""
    prices = variant_prices(offers)
    chosen = choices_made([worker.pk, *(offer.pk for offer in offers)])
    was_verified = bool(verified(worker.member_id, at=at))
    return {
        offer.pk: {
            "variants": prices.get(offer.pk, {}),
            "price_minor": min(prices.get(offer.pk, {}).values(), default=offer.price.minor),
            "answers": chosen.get(worker.pk, {}) | chosen.get(offer.pk, {}),
            "verified": was_verified,
        }
        for offer in offers
    }


def _index(
    offer: WorkerService,
    limits: Limits,
    calendar: Calendar,
    bookable: bool,
    at: datetime,
    taken: dict[str, Any],
) -> SearchRow:
    service, worker, area = offer.service, offer.worker, offer.worker.area
    public = snapped(area.base) if area else None
    row, _ = SearchRow.objects.update_or_create(
        offer=offer,
        defaults={
            "worker": worker,
            "service": service,
            "category": service.category,
            "bookable": bookable,
            "title": indexed(*service.in_all_languages("name")),
            "skills": indexed(*service.category.in_all_languages("name"), worker.headline),
            "about": indexed(*service.in_all_languages("description"), worker.name, worker.bio),
            "languages": worker.languages,
            "latitude": area.base.latitude if area else None,
            "longitude": area.base.longitude if area else None,
            "public_latitude": public.latitude if public else None,
            "public_longitude": public.longitude if public else None,
            "radius_km": worker.radius_km
            if worker.goes_around and not has_own_area([offer.pk])
            else 0,
            **taken,
            "minutes": service.shortest_minutes,
            "rating": worker.rating,
            "jobs_done": worker.jobs_done,
            **free_times(calendar, limits, at),
            "refreshed_at": at,
        },
    )
    return row


def _come_back(worker_id: UUID, rows: list[SearchRow], at: datetime) -> None:
    known = [row.next_slot_at for row in rows if row.next_slot_at is not None]
    stale_at = max(at, min([*known, at + STALE_AT_LAST]))
    seconds = STALE_AFTER.total_seconds()
    turns = stale_at.timestamp() // seconds + 1  # At most four times a day, whatever happens.
    due = datetime.fromtimestamp(turns * seconds, UTC)
    set_timer(STALE, subject_id=worker_id, at=due, entry=due.isoformat())
