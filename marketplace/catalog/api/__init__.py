"""The API of the catalogue: what is on offer, and a worker's own side of it."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.catalog.actions.apply import Profile, apply
from marketplace.catalog.actions.decide_worker import Because, pause, take_step
from marketplace.catalog.actions.publish_service import Choice, VariantChoice, set_services
from marketplace.catalog.actions.set_area import set_area
from marketplace.catalog.actions.suspend import suspend
from marketplace.catalog.api import areas, fields, imports
from marketplace.catalog.api.shapes import (
    ApplicationIn,
    AreaIn,
    CategoryOut,
    ChoiceIn,
    GapOut,
    OfferOut,
    ReadinessOut,
    ServiceOut,
    StepIn,
    WorkerOut,
)
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import categories, own_worker, readiness, services, worker
from marketplace.catalog.rules.areas import Circle, Place
from marketplace.catalog.rules.worker_states import WHO, Step
from tenants.tenancy.access import actor_of, office_actor_of
from tenants.tenancy.models import User

router = Router(tags=["catalog"])
router.add_router("", fields.router)
router.add_router("", areas.router)
router.add_router("", imports.router)


@router.get("/categories", operation_id="categories", response=list[CategoryOut], auth=None)
def list_categories(request: HttpRequest) -> list[CategoryOut]:
    """Return the categories of this marketplace."""
    return [CategoryOut.of(row) for row in categories()]


@router.get("/services", operation_id="services", response=list[ServiceOut], auth=None)
def list_services(request: HttpRequest) -> list[ServiceOut]:
    """Return what this marketplace offers, with extras."""
    return [ServiceOut.of(row) for row in services()]


@router.post("/workers", operation_id="apply", response={201: WorkerOut})
def apply_to_work(request: HttpRequest, body: ApplicationIn) -> Status[WorkerOut]:
    """Apply to work here, or add to an application; a person applies once."""
    said = body.model_dump()
    said["languages"] = tuple(said["languages"])
    row = apply(user=cast("User", request.user), profile=Profile(**said))
    return Status(201, WorkerOut.of(row, role=Role.WORKER))


@router.put("/workers/me/services", operation_id="set_services", response=list[OfferOut])
def choose_services(request: HttpRequest, body: list[ChoiceIn]) -> list[OfferOut]:
    """Offer exactly these services."""
    by = actor_of(request, role=Role.WORKER)
    choices = [
        Choice(
            each.service_id,
            each.price_minor,
            {key: VariantChoice(**said.model_dump()) for key, said in each.variants.items()},
        )
        for each in body
    ]
    offers = set_services(by=by, worker_id=own_worker(by).pk, choices=choices)
    return [OfferOut.of(row) for row in offers]


@router.put("/workers/me/area", operation_id="set_area", response=WorkerOut)
def choose_area(request: HttpRequest, body: AreaIn) -> WorkerOut:
    """Work anywhere within a circle."""
    by = actor_of(request, role=Role.WORKER)
    area = Circle(Place(body.latitude, body.longitude), body.radius_km)
    row = set_area(by=by, worker_id=own_worker(by).pk, area=area)
    return WorkerOut.of(row, role=Role.WORKER)


@router.get("/workers/me/readiness", operation_id="readiness", response=ReadinessOut)
def show_readiness(request: HttpRequest) -> ReadinessOut:
    """Return what is missing before customers can book whoever asks."""
    gaps = readiness(own_worker(actor_of(request, role=Role.WORKER)))
    shown = [GapOut(code=gap.code, title=gap.title, path=gap.path) for gap in gaps]
    return ReadinessOut(bookable=not gaps, gaps=shown)


@router.post(
    "/workers/{uuid:worker_id}/steps/{step}", operation_id="decide_worker", response=WorkerOut
)
def decide_worker(request: HttpRequest, worker_id: UUID, step: str, body: StepIn) -> WorkerOut:
    """Take a step of a worker's life: the office's, or one's own."""
    if step not in {each.value for each in Step} or step == Step.APPLY:
        raise NotFound(what="step")
    own = Role.WORKER in WHO[Step(step)]
    by = actor_of(request, role=Role.WORKER) if own else office_actor_of(request)
    row = _take(by, worker(worker_id).pk, Step(step), body)
    return WorkerOut.of(row, role=by.role)


def _take(by: Actor, worker_id: UUID, step: Step, body: StepIn) -> Worker:
    if step == Step.SUSPEND:
        said = {"reason": body.reason, "note": body.note, "evidence": body.evidence}
        suspend(by=by, worker_id=worker_id, **said)
        return worker(worker_id)
    if step == Step.PAUSE:
        return pause(by=by, worker_id=worker_id, until=body.until)
    because = Because(body.note, body.reason)
    return take_step(by=by, worker_id=worker_id, step=step, because=because)
