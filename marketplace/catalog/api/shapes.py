"""What the API of the catalogue takes and gives."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from kernel.actor import Role
from marketplace.catalog.models import (
    AreaPart,
    Category,
    CustomField,
    Service,
    Worker,
    WorkerService,
)
from marketplace.catalog.queries.fields import Answer
from marketplace.catalog.rules.worker_states import State, steps_from

PLAIN = (
    *("slug", "booking_mode", "location", "pricing", "completion", "payment"),
    "price_owner",
)


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


class PartIn(In):
    """One of: a circle (a point and kilometres), a part of town, a postal code."""

    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    radius_km: float | None = Field(default=None, ge=1, le=100)
    zone_id: UUID | None = None
    postal_code: str = Field(default="", max_length=12)
    excluded: bool = False


class PartsIn(In):
    """The parts of an area besides the circle, and whether the circle counts; all at once."""

    parts: list[PartIn] = Field(max_length=60)
    goes_around: bool = True
    service_id: UUID | None = None


class PartOut(Schema):
    """A part of an area."""

    kind: str
    excluded: bool
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    zone_id: UUID | None
    postal_code: str

    @staticmethod
    def of(row: AreaPart) -> "PartOut":
        """Show a row."""
        return PartOut(**{name: getattr(row, name) for name in PartOut.model_fields})


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
    evidence: str = Field(default="", max_length=2000)
    until: datetime | None = None


class OptionOut(Schema):
    """An answer to choose from."""

    value: str
    label: str


class FieldOut(Schema):
    """A question of this business."""

    code: str
    target: str
    kind: str
    label: str
    help: str
    required: bool
    options: list[OptionOut]
    least: str
    most: str
    category_id: UUID | None
    filterable: bool
    moderated: bool
    visibility: str
    sensitive: bool
    consent: str

    @staticmethod
    def of(row: CustomField) -> "FieldOut":
        """Show a row in the reader's language."""
        plain = (
            *("code", "target", "kind", "required", "least", "most", "category_id", "filterable"),
            *("moderated", "visibility", "sensitive"),
        )
        return FieldOut(
            label=row.said("label"),
            help=row.said("help"),
            consent=row.said("consent"),
            options=[OptionOut(value=value, label=label) for value, label in row.choices()],
            **{name: getattr(row, name) for name in plain},
        )


class AnswersIn(In):
    """Answers by code; those not mentioned stay, and an empty one is taken away."""

    answers: dict[str, Any] = Field(max_length=60)
    consents: list[str] = Field(default_factory=list, max_length=60)


class FieldAnswerOut(Schema):
    """What was answered to a question."""

    code: str
    label: str
    value: Any

    @staticmethod
    def of(answer: Answer) -> "FieldAnswerOut":
        """Show an answer."""
        return FieldAnswerOut(code=answer.code, label=answer.label, value=answer.value)
