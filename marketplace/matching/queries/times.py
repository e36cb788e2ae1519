"""Questions about how services may be booked in time."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from kernel.actor import Actor
from kernel.errors import NotFound
from marketplace.catalog.models import Service, WorkerService
from marketplace.catalog.rules.areas import Place, distance_km
from marketplace.matching.models import OwnTimes, ServiceTimes
from marketplace.matching.rules.slots import Limits
from marketplace.matching.rules.times import LIMITS, SERVICE_ONLY, Law, in_force
from marketplace.matching.tenant_settings import CalendarSettings
from tenants.tenancy.countries import country
from tenants.tenancy.queries import here, settings_of

COLUMNS = (*LIMITS, "rest_mode")
OF_SERVICE = ("max_jobs_day", "min_rest_hours", "rest_mode", "units", *SERVICE_ONLY)
ON_SERVICE = (
    *("buffer_before", "buffer_after", "min_notice", "horizon_days", "slot_step"),
    "max_minutes_day",
)
KNOWN = {*COLUMNS, "room", "travel"}


def law() -> Law:
    """Return what the country we work in asks for."""
    return Law(rest_hours=country(here().country).rest_hours)


def limits_of(offers: Collection[WorkerService]) -> dict[UUID, Limits]:
    """Return how each of some offers may be booked, by its id, in two queries for any number."""
    services = {offer.service_id for offer in offers}
    by_service = {row.service_id: row for row in ServiceTimes.objects.filter(service__in=services)}
    own = {row.offer_id: row for row in OwnTimes.objects.filter(offer__in=offers)}
    asked = law()
    return {
        offer.pk: _limits(offer.service, by_service.get(offer.service_id), own.get(offer.pk), asked)
        for offer in offers
    }


def limits_for(
    offer: WorkerService, *, minutes: int | None = None, place: Place | None = None
) -> Limits:
    """Return how an offer may be booked for so long, at a place if it is known."""
    found = limits_of([offer])[offer.pk]
    area = offer.worker.area
    if place is not None and area is not None:
        found = found.to_a_place(distance_km(area.base, place))
    return found if minutes is None else found.lasting(minutes)


def blocks_at_once(offer: WorkerService) -> bool:
    """Tell whether a booking takes time before anybody accepted it."""
    if offer.service.booking_mode == Service.DISPATCH:
        return False  # Whose time it takes is not known yet.
    if offer.service.booking_mode != Service.REQUEST:
        return True
    said = ServiceTimes.objects.filter(service_id=offer.service_id).first()
    return said is None or said.request_blocks_slot


def hold_time() -> timedelta:
    """Return how long a slot is kept for somebody who looks at the price."""
    return timedelta(minutes=settings_of(CalendarSettings).hold_minutes)


def own_times_of(by: Actor, offer: WorkerService) -> OwnTimes:
    """Return what a worker says about an offer of theirs, stored or not."""
    if offer.worker.member_id != by.member_id:
        raise NotFound(what="offer")
    return OwnTimes.objects.filter(offer=offer).first() or OwnTimes(offer=offer)


def service_times_of(service: Service) -> ServiceTimes:
    """Return what the tenant says about a service, stored or not."""
    return ServiceTimes.objects.filter(service=service).first() or ServiceTimes(service=service)


def _limits(
    service: Service, tenants: ServiceTimes | None, own: OwnTimes | None, asked: Law
) -> Limits:
    columns = {name: getattr(service, name) for name in ON_SERVICE}
    said: list[dict[str, Any]] = [columns]
    if tenants is not None:
        said.append({name: getattr(tenants, name) for name in OF_SERVICE})
    if own is not None:
        said.append({name: getattr(own, name) for name in COLUMNS})
    values: dict[str, Any] = in_force(*said, law=asked)
    known = {name: value for name, value in values.items() if name in KNOWN}
    return Limits(minutes=service.shortest_minutes, service_id=service.pk, **known)
