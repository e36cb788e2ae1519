"""The API of the catalogue: what is on offer, and a worker's own side of it."""

from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from kernel.actor import Role
from kernel.errors import NotFound
from marketplace.catalog.actions.apply import Profile, apply
from marketplace.catalog.actions.decide_worker import Because, take_step
from marketplace.catalog.actions.publish_service import Choice, VariantChoice, set_services
from marketplace.catalog.actions.set_area import set_area
from marketplace.catalog.models import Category, Service, Worker, WorkerService
from marketplace.catalog.queries import categories, own_worker, readiness, services, worker
from marketplace.catalog.rules.areas import Circle, Place
from marketplace.catalog.rules.worker_states import WHO, State, Step, steps_from
from tenants.tenancy.access import actor_of, office_actor_of
from tenants.tenancy.models import User

PLAIN = (
    *("slug", "booking_mode", "location", "pricing", "completion", "payment"),
    "price_owner",
)
router = Router(tags=["catalog"])


class In(Schema):
    """What callers send: fields we do not know are refused."""

    model_config = ConfigDict(extra="forbid")


class MoneyOut(Schema):
    """An amount in minor units of a currency."""

    minor: int
    currency: str


class CategoryOut(Schema):
    """A group of services."""

    id: UUID
    slug: str
    name: str
    parent_id: UUID | None
    level: int

    @staticmethod
    def of(row: Category) -> "CategoryOut":
        """Show a row."""
        return CategoryOut(
            id=row.pk, slug=row.slug, name=row.shown_name, parent_id=row.parent_id, level=row.level
        )


class AddOnOut(Schema):
    """Something extra."""

    id: UUID
    name: str
    price: MoneyOut
    minutes: int
    max_quantity: int
    variant_ids: list[UUID]


class VariantOut(Schema):
    """One form of a service."""

    id: UUID
    name: str
    minutes: int
    price: MoneyOut


class UnitOut(Schema):
    """What is counted: the price is for one."""

    code: str
    least: int
    most: int
    step: int
    minutes: int


class ServiceOut(Schema):
    """A service of this marketplace."""

    id: UUID
    slug: str
    category: str
    name: str
    description: str
    booking_mode: str
    location: str
    pricing: str
    completion: str
    payment: str
    price_owner: str
    minutes: int
    price: MoneyOut
    unit: UnitOut | None
    variants: list[VariantOut]
    add_ons: list[AddOnOut]

    @staticmethod
    def of(row: Service) -> "ServiceOut":
        """Show a row with its extras."""
        shown: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
        return ServiceOut(
            id=row.pk,
            category=row.category.slug,
            minutes=row.minutes,
            name=row.shown_name,
            description=row.shown_description,
            price=MoneyOut(minor=row.price_minor, currency=row.currency),
            unit=UnitOut(**asdict(row.counts)) if row.unit else None,
            variants=[
                VariantOut(
                    id=each.pk,
                    name=each.shown_name,
                    minutes=each.minutes,
                    price=MoneyOut(minor=each.price_minor, currency=row.currency),
                )
                for each in row.variants.all()
            ],
            add_ons=[
                AddOnOut(
                    id=each.pk,
                    name=each.shown_name,
                    price=MoneyOut(minor=each.price_minor, currency=row.currency),
                    minutes=each.minutes,
                    max_quantity=each.max_quantity,
                    variant_ids=each.variant_ids,
                )
                for each in row.add_ons.all()
            ],
            **shown,
        )


class ApplicationIn(In):
    """How somebody presents themselves."""

    headline: str = Field(min_length=3, max_length=80)
    bio: str = Field(default="", max_length=1500)
    languages: list[str] = Field(default_factory=list, max_length=8)
    first_name: str = Field(default="", max_length=60)
    last_name: str = Field(default="", max_length=60)


class WorkerOut(Schema):
    """A worker's standing."""

    id: UUID
    slug: str
    name: str
    headline: str
    state: str
    steps: list[str]

    @staticmethod
    def of(row: Worker, *, role: Role) -> "WorkerOut":
        """Show a row, and what whoever asks can do about it."""
        return WorkerOut(
            id=row.pk,
            slug=row.slug,
            name=row.name,
            headline=row.headline,
            state=str(row.state),
            steps=[step.value for step in steps_from(State(row.state), role=role)],
        )


class VariantChoiceIn(In):
    """Whether a variant is offered, and at which price of one's own."""

    price_minor: int | None = Field(default=None, gt=0)
    offered: bool = True


class ChoiceIn(In):
    """A service to offer; without a price of one's own the tenant's applies."""

    service_id: UUID
    price_minor: int | None = Field(default=None, gt=0)
    variants: dict[UUID, VariantChoiceIn] = Field(default_factory=dict, max_length=50)


class OfferOut(Schema):
    """A service as one worker offers it."""

    id: UUID
    service_id: UUID
    state: str
    price: MoneyOut

    @staticmethod
    def of(row: WorkerService) -> "OfferOut":
        """Show a row."""
        price = MoneyOut(minor=row.price.minor, currency=row.price.currency)
        return OfferOut(id=row.pk, service_id=row.service_id, state=row.state, price=price)


class AreaIn(In):
    """A circle."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    radius_km: int = Field(ge=1, le=100)


class GapOut(Schema):
    """One thing that is missing before customers can book."""

    code: str
    title: str
    path: str


class ReadinessOut(Schema):
    """Whether customers can book, and what is missing."""

    bookable: bool
    gaps: list[GapOut]


class StepIn(In):
    """Why a step is taken, where it needs a reason."""

    note: str = Field(default="", max_length=1000)
    reason: str = Field(default="", max_length=20)


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
    because = Because(body.note, body.reason)
    row = take_step(by=by, worker_id=worker(worker_id).pk, step=Step(step), because=because)
    return WorkerOut.of(row, role=by.role)
