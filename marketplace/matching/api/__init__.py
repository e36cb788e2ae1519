"""The API of matching: searching, profiles, free times, and a worker's calendar."""

from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict

from kernel.actor import Role
from marketplace.catalog.queries import published_services, worker_by_slug, worker_service
from marketplace.catalog.rules.areas import Place
from marketplace.matching.actions.set_plan import set_date, set_plan, take_time_off
from marketplace.matching.actions.set_times import set_own_times, set_service_times
from marketplace.matching.api.favourites import router as favourites
from marketplace.matching.api.search import router as searching
from marketplace.matching.api.shapes import In, PriceOut, SlotOut, rating
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.local_time import Hours
from tenants.tenancy.access import actor_of, office_actor_of

router = Router(tags=["matching"])
router.add_router("", favourites)
router.add_router("", searching)


class OfferOut(Schema):
    """A service as one worker offers it."""

    worker_service_id: UUID
    service: str
    name: str
    description: str
    booking_mode: str
    minutes: int
    price: PriceOut


class ProfileOut(Schema):
    """What everybody may know of a worker."""

    slug: str
    name: str
    headline: str
    bio: str
    photo: str
    languages: list[str]
    rating: float | None
    rating_count: int
    jobs_done: int
    bookable: bool
    services: list[OfferOut]


class SlotsIn(In):
    """Which times are asked for; at most 31 days. `minutes` includes extras."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    worker_service_id: UUID
    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime
    minutes: int | None = Field(default=None, ge=15, le=720)
    lat: float | None = Field(default=None, ge=-90, le=90)
    lng: float | None = Field(default=None, ge=-180, le=180)


class SlotsOut(Schema):
    """Free times, in UTC, with the zone to show them in."""

    zone: str
    slots: list[SlotOut]


class HoursIn(In):
    """A row of a weekly plan: Monday is 0; ending no later than it starts is after midnight."""

    weekday: int = Field(ge=0, le=6)
    starts: time
    ends: time
    services: list[UUID] = Field(default_factory=list, max_length=60)


class DateHoursIn(In):
    """A stretch of one date; ending no later than it starts is after midnight."""

    starts: time
    ends: time
    services: list[UUID] = Field(default_factory=list, max_length=60)


class DateIn(In):
    """A date's own hours: none make a free day, null leaves it to the weekly plan again."""

    hours: list[DateHoursIn] | None = Field(max_length=20)


class TimeOffIn(In):
    """Some time without new bookings: `off` is away everywhere, `closed` is closed here only."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    note: str = Field(default="", max_length=120)
    kind: Literal["off", "closed"] = "off"
    stand_in_id: UUID | None = None


class OwnTimesIn(In):
    """How a worker's service is booked in time; null leaves it to the tenant."""

    buffer_before: int | None = None
    buffer_after: int | None = None
    min_notice: int | None = None
    horizon_days: int | None = None
    slot_step: int | None = None
    max_jobs_day: int | None = None
    max_minutes_day: int | None = None
    min_rest_hours: int | None = None
    rest_mode: Literal["warn", "block"] | None = None
    units: int | None = None


class ServiceTimesIn(In):
    """How a tenant's service is booked in time, beyond the service's own columns."""

    room: Literal["exclusive", "capacity", "background"] = "exclusive"
    units: int | None = None
    max_jobs_day: int | None = None
    min_rest_hours: int | None = None
    rest_mode: Literal["warn", "block"] | None = None
    request_blocks_slot: bool = True
    travel: bool = False


class TimeOffOut(Schema):
    """Some time without new bookings."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    note: str


@router.get("/workers/{slug}", operation_id="worker", response=ProfileOut, auth=None)
def show_worker(request: HttpRequest, slug: str) -> ProfileOut:
    """Return a worker's public profile."""
    worker = worker_by_slug(slug)
    offers = [
        OfferOut(
            worker_service_id=offer.pk,
            service=offer.service.slug,
            name=offer.service.name,
            description=offer.service.description,
            booking_mode=offer.service.booking_mode,
            minutes=offer.service.shortest_minutes,
            price=PriceOut(minor=offer.price.minor, currency=offer.price.currency),
        )
        for offer in published_services(worker.pk)
    ]
    plain = ("slug", "name", "headline", "bio", "languages", "rating_count", "jobs_done")
    return ProfileOut(
        photo=worker.photo_path,
        bookable=worker.state == "approved" and bool(offers),
        services=offers,
        rating=rating(worker.rating),
        **{name: getattr(worker, name) for name in plain},
    )


@router.get("/slots", operation_id="slots", response=SlotsOut, auth=None)
def list_slots(request: HttpRequest, wanted: Query[SlotsIn]) -> SlotsOut:
    """Return the free times of one worker's service."""
    offer = worker_service(wanted.worker_service_id)
    known = wanted.lat is not None and wanted.lng is not None
    found = free_slots(
        worker_service=offer,
        minutes=wanted.minutes,
        place=Place(wanted.lat or 0, wanted.lng or 0) if known else None,
        from_=wanted.from_,
        to=wanted.to,
    )
    shown = [SlotOut(starts_at=slot.starts_at, ends_at=slot.ends_at) for slot in found]
    return SlotsOut(zone=offer.worker.zone, slots=shown)


@router.put("/workers/me/plan", operation_id="set_plan", response=list[HoursIn])
def replace_plan(request: HttpRequest, body: list[HoursIn]) -> list[HoursIn]:
    """Replace the weekly plan of whoever asks."""
    by = actor_of(request, role=Role.WORKER)
    rows = [Hours(row.weekday, row.starts, row.ends, frozenset(row.services)) for row in body]
    set_plan(by=by, rows=rows)
    return body


@router.put("/workers/me/days/{day}", operation_id="set_date", response=DateIn)
def replace_date(request: HttpRequest, day: date, body: DateIn) -> DateIn:
    """Say when whoever asks works on one date instead of its weekday's plan."""
    by = actor_of(request, role=Role.WORKER)
    rows = None
    if body.hours is not None:
        rows = [
            Hours(day.weekday(), each.starts, each.ends, frozenset(each.services))
            for each in body.hours
        ]
    set_date(by=by, on=day, rows=rows)
    return body


@router.put(
    "/workers/me/offers/{uuid:offer_id}/times", operation_id="set_own_times", response=OwnTimesIn
)
def replace_own_times(request: HttpRequest, offer_id: UUID, body: OwnTimesIn) -> OwnTimesIn:
    """Say how a service of whoever asks is booked in time."""
    by = actor_of(request, role=Role.WORKER)
    set_own_times(by=by, offer_id=offer_id, values=body.model_dump())
    return body


@router.put(
    "/services/{uuid:service_id}/times", operation_id="set_service_times", response=ServiceTimesIn
)
def replace_service_times(
    request: HttpRequest, service_id: UUID, body: ServiceTimesIn
) -> ServiceTimesIn:
    """Say how a service is booked in time."""
    set_service_times(by=office_actor_of(request), service_id=service_id, values=body.model_dump())
    return body


@router.post("/workers/me/time-off", operation_id="take_time_off", response={201: TimeOffOut})
def add_time_off(request: HttpRequest, body: TimeOffIn) -> Status[TimeOffOut]:
    """Keep some time free; the same time twice is kept once."""
    by = actor_of(request, role=Role.WORKER)
    row = take_time_off(by=by, **body.model_dump())
    shown = TimeOffOut(id=row.pk, starts_at=row.starts_at, ends_at=row.ends_at, note=row.note)
    return Status(201, shown)
