"""The API of areas: circles, parts of town and postal codes, and what is cut out of them."""

from django.http import HttpRequest
from ninja import Router

from kernel.actor import Role
from kernel.errors import NotFound
from marketplace.catalog.actions.set_area import PartWish, set_parts
from marketplace.catalog.api.shapes import PartIn, PartOut, PartsIn
from marketplace.catalog.queries import all_offers_of, own_worker
from marketplace.catalog.queries.areas import parts_of
from marketplace.catalog.rules.areas import AreaInvalid, Circle, Place
from tenants.tenancy.access import actor_of

router = Router(tags=["catalog"])


@router.get("/workers/me/area/parts", operation_id="area_parts", response=list[PartOut])
def show_parts(request: HttpRequest) -> list[PartOut]:
    """Return the parts of one's own area."""
    worker = own_worker(actor_of(request, role=Role.WORKER))
    return [PartOut.of(row) for row in parts_of(worker.pk)]


@router.put("/workers/me/area/parts", operation_id="set_area_parts", response=list[PartOut])
def put_parts(request: HttpRequest, body: PartsIn) -> list[PartOut]:
    """Set the parts of one's own area, or of one service's."""
    by = actor_of(request, role=Role.WORKER)
    worker = own_worker(by)
    offer_id = None
    if body.service_id is not None:
        offer = all_offers_of(worker.pk).filter(service_id=body.service_id).first()
        if offer is None:
            raise NotFound(what="service")
        offer_id = offer.pk
    rows = set_parts(
        by=by,
        worker_id=worker.pk,
        parts=[_wish(each) for each in body.parts],
        goes_around=body.goes_around,
        offer_id=offer_id,
    )
    return [PartOut.of(row) for row in rows]


def _wish(said: PartIn) -> PartWish:
    circle = None
    given = (said.latitude, said.longitude, said.radius_km)
    if any(each is not None for each in given):
        if said.latitude is None or said.longitude is None or said.radius_km is None:
            raise AreaInvalid(fields=["parts"])
        circle = Circle(Place(said.latitude, said.longitude), said.radius_km)
    return PartWish(
        circle=circle,
        zone_id=said.zone_id,
        postal_code=said.postal_code,
        excluded=said.excluded,
    )
