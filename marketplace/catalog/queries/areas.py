"""Where somebody goes, all parts together, and who goes to a point."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.catalog.models import AreaPart, WorkerService, Zone
from marketplace.catalog.rules.areas import (
    KM_PER_DEGREE,
    LARGEST_KM,
    Area,
    Circle,
    Part,
    Place,
    Polygon,
    PostalCode,
    plain_postal,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Who goes to a point besides those in whose circle it lies, and for whom it is cut out.

    `own` are services with an area of their own: their worker's area says nothing about them.
    """

    workers: frozenset[UUID] = frozenset()
    offers: frozenset[UUID] = frozenset()
    cut_workers: frozenset[UUID] = frozenset()
    cut_offers: frozenset[UUID] = frozenset()
    own: frozenset[UUID] = frozenset()


def parts_of(worker_id: UUID) -> QuerySet[AreaPart]:
    """Return the parts of a worker's own area, and what is cut out of it."""
    return AreaPart.objects.filter(worker_id=worker_id, offer=None).select_related("zone")


def has_own_area(offer_ids: Iterable[UUID]) -> set[UUID]:
    """Return which services have an area of their own."""
    rows = AreaPart.objects.filter(offer_id__in=list(offer_ids), excluded=False)
    return {each for each in rows.values_list("offer_id", flat=True) if each is not None}


def area_of(offer: WorkerService) -> Area:
    """Return where a worker goes for a service: its own area if it has one, else the worker's."""
    rows = list(
        AreaPart.objects.filter(
            Q(offer=None) | Q(offer=offer), worker_id=offer.worker_id
        ).select_related("zone")
    )
    own = [row for row in rows if row.offer_id]
    chosen = own if any(not row.excluded for row in own) else rows
    parts = [part for row in chosen if not row.excluded and (part := part_of(row))]
    circle = offer.worker.area
    if chosen is rows and circle is not None and offer.worker.goes_around:
        parts.append(circle)
    without = [part for row in rows if row.excluded and (part := part_of(row))]
    return Area(tuple(parts), tuple(without))


def part_of(row: AreaPart) -> Part | None:
    """Return a part as the rule knows it; a part of town without a border has no extent."""
    if row.kind == AreaPart.POSTAL:
        return PostalCode(row.postal_code)
    if row.kind == AreaPart.ZONE:
        return border_of(row.zone) if row.zone else None
    assert row.latitude is not None
    assert row.longitude is not None
    assert row.radius_km is not None
    return Circle(Place(row.latitude, row.longitude), row.radius_km)


def border_of(zone: Zone) -> Polygon | None:
    """Return the border of a part of town, if it has one."""
    if not zone.border:
        return None
    return Polygon(tuple(Place(latitude, longitude) for latitude, longitude in zone.border))


def reach_of(place: Place, postal_code: str = "") -> Reach:
    """Return who goes to a point by a part of their area other than the circle at their base."""
    zones = [zone for zone in Zone.objects.exclude(border=[]) if _inside(zone, place)]
    degrees = LARGEST_KM / KM_PER_DEGREE
    box = Q(kind="circle", latitude__range=(place.latitude - degrees, place.latitude + degrees))
    code = plain_postal(postal_code)
    by_code = Q(kind="postal", postal_code=code) if code else Q(pk=None)
    found = [
        row
        for row in AreaPart.objects.filter(Q(zone__in=zones) | box | by_code)
        if row.kind != AreaPart.CIRCLE or _around(row, place)
    ]
    inside = [row for row in found if not row.excluded]
    cut = [row for row in found if row.excluded]
    own = AreaPart.objects.filter(
        worker_id__in={row.worker_id for row in inside}, offer__isnull=False, excluded=False
    )
    return Reach(
        workers=frozenset(row.worker_id for row in inside if row.offer_id is None),
        offers=frozenset(row.offer_id for row in inside if row.offer_id),
        cut_workers=frozenset(row.worker_id for row in cut if row.offer_id is None),
        cut_offers=frozenset(row.offer_id for row in cut if row.offer_id),
        own=frozenset(own.values_list("offer_id", flat=True)) if inside else frozenset(),
    )


def _inside(zone: Zone, place: Place) -> bool:
    border = border_of(zone)
    return border is not None and border.contains(place)


def _around(row: AreaPart, place: Place) -> bool:
    circle = part_of(row)
    return isinstance(circle, Circle) and circle.contains(place)
