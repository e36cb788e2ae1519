"""A worker's public page: who they are, what they offer, when they can come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.errors import NotFound
from marketplace.catalog.models import Service, WorkerService
from marketplace.catalog.queries import published_services, worker_by_slug
from marketplace.matching.access import kept_by
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.local_time import instant
from marketplace.matching.rules.slots import Slot
from tenants.tenancy.access import Request

DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Day:
    """A day one can choose, and how many times are free."""

    on: date
    at: datetime
    free: int
    chosen: bool


@require_safe
def profile(request: Request, slug: str) -> HttpResponse:
    """Show a worker, with the free times of one service on one day."""
    worker = worker_by_slug(slug)
    offers = list(published_services(worker.pk))
    offer = _chosen(offers, request.GET.get("service", ""))
    context: dict[str, object] = {
        "worker": worker,
        "offers": offers,
        "offer": offer,
        "kept": worker.pk in kept_by(request),
    }
    if offer is not None and offer.service.booking_mode != Service.POST:
        context |= _times(request, offer)
    template = "matching/profile.html" + ("#times" if request.htmx else "")
    return render(request, template, context)


def _chosen(offers: Sequence[WorkerService], wanted: str) -> WorkerService | None:
    """Return the service that was asked for, else the first."""
    if not wanted:
        return offers[0] if offers else None
    for offer in offers:
        if str(offer.pk) == wanted or offer.service.slug == wanted:
            return offer
    raise NotFound(what="service")


def _times(request: Request, offer: WorkerService) -> dict[str, object]:
    zone = ZoneInfo(offer.worker.zone)
    today = clock.now().astimezone(zone).date()
    wanted = _day(request.GET.get("day", ""))
    first = today
    if wanted is not None and wanted >= today + timedelta(days=DAYS_SHOWN):
        first = wanted - timedelta(days=DAYS_SHOWN // 2)
    from_ = instant(_midnight(first), zone)
    to = instant(_midnight(first + timedelta(days=DAYS_SHOWN)), zone, ends=True)
    by_day: dict[date, list[Slot]] = {}
    for slot in free_slots(worker_service=offer, from_=from_, to=to):
        by_day.setdefault(slot.starts_at.astimezone(zone).date(), []).append(slot)
    chosen = wanted if wanted in by_day else min(by_day, default=wanted or today)
    days = [
        Day(each, instant(_midnight(each), zone), len(by_day.get(each, ())), each == chosen)
        for each in (first + timedelta(days=number) for number in range(DAYS_SHOWN))
    ]
    return {
        "days": days,
        "day": chosen,
        "moved": wanted is not None and chosen != wanted,
        "slots": by_day.get(chosen, []),
        "zone": offer.worker.zone,
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
