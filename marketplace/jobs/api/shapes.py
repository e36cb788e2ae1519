"""How jobs and offers look to programs."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from marketplace.bookings.api.shapes import BookingAnswerOut, MoneyOut, money_out
from marketplace.jobs.actions.save_job import Described
from marketplace.jobs.queries.comparing import JobSheet, OfferSheet
from marketplace.jobs.rules.offering import Part, Terms
from marketplace.jobs.rules.posting import Window
from payments.rules.blocks import PARTS


class WindowIn(Schema):
    """A stretch of time in which the work may begin."""

    model_config = ConfigDict(extra="forbid")

    starts_at: AwareDatetime
    ends_at: AwareDatetime


class JobIn(Schema):
    """Work that is to be done. Without windows any time will do. The place is kept roughly."""

    model_config = ConfigDict(extra="forbid")

    service_id: UUID
    text: str = Field(max_length=4_000)
    windows: list[WindowIn] = Field(default_factory=list, max_length=3)
    budget_minor: int | None = Field(default=None, ge=1)
    zone_name: str = Field(default="", max_length=80)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    answers: dict[str, Any] = Field(default_factory=dict)
    consents: list[str] = Field(default_factory=list, max_length=60)
    post: bool = True

    def described(self) -> Described:
        """Return it as the description of a job."""
        plain = self.model_dump(exclude={"windows", "consents", "post"})
        windows = [Window(each.starts_at, each.ends_at) for each in self.windows]
        return Described(windows=windows, consents=frozenset(self.consents), **plain)


class WindowOut(Schema):
    """A stretch of time in which the work may begin."""

    starts_at: datetime
    ends_at: datetime


class JobOut(Schema):
    """A job as the caller may see it. What is null is not theirs to see, or not said."""

    id: UUID
    code: str
    role: str
    state: str
    version: int
    service_id: UUID
    service_name: str
    text: str
    hidden: list[str]
    first_name: str
    zone_name: str
    km: float | None
    windows: list[WindowOut]
    zone: str
    budget: MoneyOut | None
    max_offers: int
    open_until: datetime | None
    answers: list[BookingAnswerOut]
    photos: list[int]
    reason: str
    actions: list[str]


class JobPage(Schema):
    """A page of jobs, newest first."""

    items: list[JobOut]
    next_cursor: str | None


class OfferLineIn(Schema):
    """One line of what the work costs."""

    model_config = ConfigDict(extra="forbid")

    label: str = Field(min_length=1, max_length=80)
    unit_minor: int = Field(ge=0)
    quantity: int = Field(default=1, ge=1, le=1_000)


class JobOfferIn(Schema):
    """What a worker offers: for what money, how long it takes, and when."""

    model_config = ConfigDict(extra="forbid")

    lines: list[OfferLineIn] = Field(min_length=1, max_length=10)
    minutes: int = Field(ge=15, le=720)
    slots: list[AwareDatetime] = Field(min_length=1, max_length=3)
    message: str = Field(default="", max_length=1_000)

    def terms(self) -> Terms:
        """Return it as terms."""
        parts = tuple(Part(**each.model_dump()) for each in self.lines)
        return Terms(
            parts=parts, minutes=self.minutes, slots=tuple(self.slots), message=self.message
        )


class SixPartsOut(Schema):
    """What a customer would pay, in its six parts."""

    currency: str
    worker_minor: int
    tip_minor: int
    tenant_minor: int
    platform_minor: int
    processor_minor: int
    tax_minor: int
    total_minor: int


class OfferLineOut(Schema):
    """One line of what the work costs."""

    label: str
    unit_minor: int
    quantity: int


class JobOfferOut(Schema):
    """An offer for a job, at today's price; `net_pay` is what the worker takes home."""

    id: UUID
    job_code: str
    state: str
    version: int
    rounds: int
    worker: str
    worker_slug: str
    rating: float | None
    rating_count: int
    badge: bool
    km: float | None
    reasons: list[str]
    lines: list[OfferLineOut]
    price: SixPartsOut
    net_pay: MoneyOut
    minutes: int
    slots: list[datetime]
    zone: str
    message: str
    valid_until: datetime
    retime_until: datetime | None
    wanted: MoneyOut | None
    wanted_words: str
    booking_code: str
    actions: list[str]


class JobOffersOut(Schema):
    """The offers that can be compared."""

    items: list[JobOfferOut]


class ChoiceIn(Schema):
    """Which of an offer's times, and what the worker needs to know once it is booked."""

    model_config = ConfigDict(extra="forbid")

    starts_at: AwareDatetime
    address: str = Field(default="", max_length=300)
    note: str = Field(default="", max_length=500)
    expected_version: int | None = None
    with_credit: bool = True


class JobStepIn(Schema):
    """What comes with a step on a job."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(default="", max_length=300)


class OfferStepIn(Schema):
    """What comes with a step on an offer: each takes what it needs."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int | None = Field(default=None, ge=1)
    words: str = Field(default="", max_length=1_000)
    slots: list[AwareDatetime] = Field(default_factory=list, max_length=3)
    terms: JobOfferIn | None = None


JobRole = Literal["customer", "worker", "office"]


def job_out(sheet: JobSheet) -> JobOut:
    """Return a job as the API says it."""
    same = {name: getattr(sheet, name) for name in _JOB}
    return JobOut(
        role=sheet.party.value,
        budget=None if sheet.budget is None else money_out(sheet.budget),
        windows=[
            WindowOut(starts_at=each.starts_at, ends_at=each.ends_at) for each in sheet.windows
        ],
        answers=[
            BookingAnswerOut(code=each.code, label=each.label, value=each.value)
            for each in sheet.answers
        ],
        actions=sheet.steps,
        **same,
    )


_JOB = (
    *("id", "code", "state", "version", "service_id", "service_name", "text", "hidden", "zone"),
    *("first_name", "zone_name", "km", "max_offers", "open_until", "photos", "reason"),
)


def offer_out(sheet: OfferSheet) -> JobOfferOut:
    """Return an offer as the API says it."""
    parts = {f"{name}_minor": getattr(sheet.blocks, name).minor for name in PARTS}
    price = SixPartsOut(currency=sheet.total.currency, total_minor=sheet.total.minor, **parts)
    return JobOfferOut(
        worker=sheet.worker.name,
        worker_slug=sheet.worker.slug,
        rating=sheet.worker.rating,
        rating_count=sheet.worker.rating_count,
        price=price,
        net_pay=money_out(sheet.net_pay),
        lines=[
            OfferLineOut(label=each.label, unit_minor=each.unit_minor, quantity=each.quantity)
            for each in sheet.lines
        ],
        slots=list(sheet.slots),
        wanted=None if sheet.wanted is None else money_out(sheet.wanted),
        actions=sheet.steps,
        **{name: getattr(sheet, name) for name in _OFFER},
    )


_OFFER = (
    *("id", "job_code", "state", "version", "rounds", "badge", "km", "reasons", "minutes", "zone"),
    *("message", "valid_until", "retime_until", "wanted_words", "booking_code"),
)
