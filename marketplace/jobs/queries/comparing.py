"""Jobs and offers as each side may see them. Pages and answers show these, never the rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kernel.actor import Actor
from kernel.money import Money
from marketplace.bookings.actions.quote import Priced, Wish, price_wish
from marketplace.bookings.rules.process import Party
from marketplace.catalog.models import Worker
from marketplace.catalog.queries.fields import (
    BOTH_SIDES,
    EVERYTHING,
    Answer,
    answers_of,
    raw_answers,
    sensitive_codes,
)
from marketplace.catalog.rules.areas import Place, distance_km, public_km, snapped
from marketplace.catalog.rules.composition import Composed, Part
from marketplace.jobs.models import Job, JobOffer, Sent
from marketplace.jobs.queries.jobs import party_in, photos_of
from marketplace.jobs.rules.offering import Part as Line
from marketplace.jobs.rules.posting import Window
from marketplace.jobs.rules.states import JOB, OFFER, OfferState
from payments.rules.blocks import PriceBlocks
from tenants.identity.queries import carries_badge

SHOWN = (OfferState.SENT, OfferState.COUNTERED, OfferState.ACCEPTED)


def wish_for(offer: JobOffer, *, starts_at: datetime, answered: bool = False) -> Wish:
    """Return an offer as a wish that can be priced and booked; `answered`: with the answers."""
    job, service = offer.job, offer.worker_service.service
    said, *more = [
        Part(
            code=service.slug if number == 0 else f"line-{number}",
            label=each.label,
            unit_minor=each.unit_minor,
            quantity=each.quantity,
            source=f"job_offer:{offer.pk}",
        )
        for number, each in enumerate(offer.parts)
    ]
    return Wish(
        worker_service_id=offer.worker_service_id,
        starts_at=starts_at,
        address="",
        latitude=job.latitude,
        longitude=job.longitude,
        answers=raw_answers(job.pk) if answered else {},
        consents=frozenset(sensitive_codes(job.pk)) if answered else frozenset(),
        source="offer",
        agreed=Composed(
            variant=None,
            units=None,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=offer.minutes),
            work=said,
            extras=tuple(more),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSheet:
    """A job as one side sees it. A worker reads no name but the first, and no place but a zone."""

    id: UUID
    code: str
    party: Party
    state: str
    version: int
    service_id: UUID
    service_slug: str
    service_name: str
    at_customer: bool
    text: str
    hidden: list[str]
    first_name: str
    zone_name: str
    km: float | None
    windows: tuple[Window, ...]
    zone: str
    budget: Money | None
    max_offers: int
    open_until: datetime | None
    answers: list[Answer]
    photos: list[int]
    reason: str
    steps: list[str]


def job_sheet(job: Job, *, by: Actor, sent: Sent | None = None) -> JobSheet:
    """Return a job as this actor may see it."""
    party = party_in(job, by)
    own = party != Party.WORKER
    return JobSheet(
        party=party,
        service_slug=job.service.slug,
        service_name=job.service.said("name"),
        at_customer=job.service.location == "at_customer",
        hidden=list(dict.fromkeys(job.hidden)) if own else [],
        first_name=job.customer.user.first_name or "—",
        km=None if sent is None or job.place is None else round(sent.km, 1),
        windows=job.times,
        answers=answers_of(
            job.pk,
            seen=EVERYTHING if own else BOTH_SIDES,
            sensitive=party == Party.CUSTOMER,
        ),
        photos=list(photos_of(job).values_list("position", flat=True)),
        reason=job.reason if own else "",
        steps=JOB.steps_of(party, origin=job.state),
        **{name: getattr(job, name) for name in _PLAIN},
    )


_PLAIN = (
    *("id", "code", "state", "version", "service_id", "text", "zone_name", "zone", "budget"),
    *("max_offers", "open_until"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSheet:
    """An offer with its price in six parts, and who makes it as strangers may know them."""

    id: UUID
    job_code: str
    state: str
    version: int
    rounds: int
    worker: Worker
    badge: bool
    km: float | None
    reasons: list[str]
    lines: tuple[Line, ...]
    amount: Money
    blocks: PriceBlocks
    total: Money
    net_pay: Money
    shown_lines: Sequence[Any]
    fee_percent: float
    minutes: int
    slots: tuple[datetime, ...]
    zone: str
    message: str
    valid_until: datetime
    retime_until: datetime | None
    wanted: Money | None
    wanted_words: str
    booking_code: str
    steps: list[str]


def offer_sheet(offer: JobOffer, *, by: Actor, priced: Priced | None = None) -> OfferSheet:
    """Return an offer as this actor may see it, at today's price; `NotFound` for a stranger."""
    job = offer.job
    party = party_in(job, by, offer=offer)
    starts_at = min(offer.times, default=offer.valid_until)
    priced = priced or price_wish(wish=wish_for(offer, starts_at=starts_at))
    reasons = Sent.objects.filter(job=job, worker=offer.worker).values_list("reasons", flat=True)
    return OfferSheet(
        job_code=job.code,
        badge=carries_badge(offer.worker.member_id),
        km=_public_km(offer.worker, job.place),
        reasons=list(reasons.first() or []),
        lines=offer.parts,
        blocks=priced.price.blocks,
        total=priced.price.total,
        net_pay=net_of(priced),
        shown_lines=priced.price.shown_lines,
        fee_percent=priced.price.fee_percent,
        slots=offer.times,
        zone=job.zone,
        booking_code=offer.booking.code if offer.booking else "",
        steps=OFFER.steps_of(party, origin=offer.state),
        **{name: getattr(offer, name) for name in _SAME},
    )


_SAME = (
    *("id", "state", "version", "rounds", "worker", "amount", "minutes", "message"),
    *("valid_until", "retime_until", "wanted", "wanted_words"),
)


def net_of(priced: Priced) -> Money:
    """Return what a worker takes home of a price: their part, less taxes kept back."""
    blocks = priced.price.blocks
    withheld = sum(each.minor for each in priced.withheld)
    return Money(blocks.currency, blocks.worker.minor - withheld)


def _public_km(worker: Worker, place: Place | None) -> float | None:
    if worker.area is None or place is None:
        return None
    return public_km(distance_km(snapped(worker.area.base), place))


ORDERS: Mapping[str, Callable[[OfferSheet], Any]] = {
    "price": lambda each: (each.total.minor, each.id),
    "rating": lambda each: (-(each.worker.rating or 0), each.total.minor, each.id),
    "distance": lambda each: (each.km if each.km is not None else 0.0, each.total.minor, each.id),
    "soonest": lambda each: (min(each.slots, default=each.valid_until), each.id),
}


def offers_for(job: Job, *, by: Actor, order: str = "price") -> list[OfferSheet]:
    """Return the offers for a job that can be compared, the cheapest first unless told."""
    party_in(job, by)
    rows = JobOffer.objects.filter(job=job, state__in=[each.value for each in SHOWN])
    rows = rows.select_related(
        "job__customer__user", "worker__member__user", "worker_service__service", "booking"
    )
    sheets = [offer_sheet(each, by=by) for each in rows]
    return sorted(sheets, key=ORDERS.get(order, ORDERS["price"]))


def offer_of(*, by: Actor, offer_id: UUID) -> JobOffer | None:
    """Return an offer, if there is one; who asks must check."""
    rows = JobOffer.objects.select_related(
        "job__service", "job__customer__user", "worker__member__user",
        "worker_service__service", "booking",
    )  # fmt: skip
    found = rows.filter(pk=offer_id).first()
    if found is not None:
        party_in(found.job, by, offer=found)
    return found
