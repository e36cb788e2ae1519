"""Keep the index of what can be found in step with what is offered."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.timers import set_timer
from marketplace.catalog.models import Worker, WorkerService
from marketplace.catalog.queries import published_services, readiness
from marketplace.catalog.queries.areas import has_own_area
from marketplace.catalog.rules.areas import snapped
from marketplace.matching.models import SearchRow
from marketplace.matching.queries import calendars, limits_of
from marketplace.matching.queries.indexing import choices_made, variant_prices
from marketplace.matching.rules.slots import Calendar, Limits, slots
from marketplace.matching.rules.words import indexed
from tenants.identity.queries import verified

STALE = "matching.index_stale"
LOOKS_AHEAD = timedelta(days=31)
STALE_AFTER = timedelta(hours=6)


@transaction.atomic
def index_worker(*, worker_id: UUID) -> list[SearchRow]:
    """Write a worker's rows anew: what is offered, whether it can be booked, when next.

    Safe to repeat at any time. The next free time grows stale by itself, so a timer comes back.
    """
    worker = Worker.objects.select_for_update().filter(pk=worker_id).first()
    if worker is None:
        return []
    at = clock.now()
    offers = list(published_services(worker.pk))
    SearchRow.objects.filter(worker=worker).exclude(offer__in=offers).delete()
    if not offers:
        return []
    zones = {worker.pk: worker.zone}
    calendar = calendars(zones, from_=at, to=at + LOOKS_AHEAD)[worker.pk]
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
    free = slots(calendar, limits, at=at, from_=at, to=at + LOOKS_AHEAD)
    found = next(free, None)
    public = snapped(area.base) if area else None
    row, _ = SearchRow.objects.update_or_create(
        offer=offer,
        defaults={
            "worker": worker,
            "service": service,
            "category": service.category,
            "bookable": bookable,
            "title": indexed(service.name),
            "skills": indexed(service.category.name, worker.headline),
            "about": indexed(service.description, worker.name, worker.bio),
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
            "next_slot_at": found.starts_at if found else None,
            "refreshed_at": at,
        },
    )
    return row


def _come_back(worker_id: UUID, rows: list[SearchRow], at: datetime) -> None:
    known = [row.next_slot_at for row in rows if row.next_slot_at is not None]
    stale_at = max(at, min(known, default=at + LOOKS_AHEAD / 2))
    seconds = STALE_AFTER.total_seconds()
    turns = stale_at.timestamp() // seconds + 1  # At most four times a day, whatever happens.
    due = datetime.fromtimestamp(turns * seconds, UTC)
    set_timer(STALE, subject_id=worker_id, at=due, entry=due.isoformat())
