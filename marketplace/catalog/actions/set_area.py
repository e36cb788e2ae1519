"""A worker says where they go."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.actions.publish_service import changeable_worker
from marketplace.catalog.events import WorkerEdited
from marketplace.catalog.models import AreaPart, Worker, Zone
from marketplace.catalog.rules.areas import (
    MOST_PARTS,
    AreaInvalid,
    Circle,
    plain_postal,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWish:
    """A circle, a part of town or a postal code: exactly one; with `excluded` it is cut out."""

    circle: Circle | None = None
    zone_id: UUID | None = None
    postal_code: str = ""
    excluded: bool = False


@transaction.atomic
def set_area(*, by: Actor, worker_id: UUID, area: Circle) -> Worker:
    """Let a worker go anywhere within a circle around their base."""
    worker = changeable_worker(by, worker_id)
    worker.base_latitude, worker.base_longitude = area.base.latitude, area.base.longitude
    worker.radius_km = round(area.radius_km)
    worker.save(update_fields=["base_latitude", "base_longitude", "radius_km"])
    publish(WorkerEdited(worker_id=str(worker.pk)), by=by)
    return worker


@transaction.atomic
def set_parts(
    *,
    by: Actor,
    worker_id: UUID,
    parts: Sequence[PartWish],
    goes_around: bool = True,
    offer_id: UUID | None = None,
) -> list[AreaPart]:
    """Set exactly these parts of a worker's area, or of one service's own, in place of the old.

    `goes_around` says whether the circle around the base belongs to it, too.
    """
    worker = changeable_worker(by, worker_id)
    if offer_id is not None and not worker.services.filter(pk=offer_id).exists():
        raise NotFound(what="service")
    if len(parts) > MOST_PARTS:
        raise AreaInvalid(fields=["parts"])
    AreaPart.objects.filter(worker=worker, offer_id=offer_id).delete()
    made = AreaPart.objects.bulk_create(_part(worker, offer_id, each) for each in parts)
    if offer_id is None:
        worker.goes_around = goes_around
        worker.save(update_fields=["goes_around"])
    publish(WorkerEdited(worker_id=str(worker.pk)), by=by)
    return made


def _part(worker: Worker, offer_id: UUID | None, wish: PartWish) -> AreaPart:
    said = [wish.circle is not None, wish.zone_id is not None, bool(plain_postal(wish.postal_code))]
    if sum(said) != 1:
        raise AreaInvalid(fields=["parts"])
    part = AreaPart(worker=worker, offer_id=offer_id, excluded=wish.excluded)
    if wish.circle is not None:
        part.kind, part.radius_km = AreaPart.CIRCLE, wish.circle.radius_km
        part.latitude = wish.circle.base.latitude
        part.longitude = wish.circle.base.longitude
    elif wish.zone_id is not None:
        if not Zone.objects.filter(pk=wish.zone_id).exists():
            raise NotFound(what="zone")
        part.kind, part.zone_id = AreaPart.ZONE, wish.zone_id
    else:
        part.kind, part.postal_code = AreaPart.POSTAL, plain_postal(wish.postal_code)[:12]
    return part
