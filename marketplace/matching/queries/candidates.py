"""Who could come for a job, with the facts that dispatch decides by. Nothing here writes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from kernel import clock
from marketplace.catalog.models import Worker, WorkerService
from marketplace.catalog.queries import readiness
from marketplace.catalog.queries.areas import area_of
from marketplace.catalog.rules.areas import Place, distance_km
from marketplace.matching.models import DispatchWish, PairBlock, SearchRow
from marketplace.matching.queries.calendars import calendars
from marketplace.matching.queries.times import limits_of
from marketplace.matching.rules.caps import WARN
from marketplace.matching.rules.dispatch import Barrier, Candidate
from marketplace.matching.rules.local_time import on_day
from marketplace.matching.rules.slots import Calendar, Limits, is_slot, slots
from marketplace.matching.rules.spans import merged, without
from tenants.messaging.rules.quiet_hours import quiet_until
from tenants.tenancy.models import Membership

LOOKS_BACK = timedelta(days=28)
LEAST_REST_HOURS = 12
DAY_MINUTES = 24 * 60
ONE_DAY = timedelta(days=1)
DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A job that looks for somebody. Whoever asks knows who earned what, and who was asked.

    It starts at one moment, or anywhere in one of some `windows`; with neither, whenever.
    """

    service_id: UUID
    customer_id: UUID | None
    starts_at: datetime | None = None
    minutes: int
    windows: Sequence[tuple[datetime, datetime]] = ()
    place: Place | None = None
    language: str = ""
    price_minor: int | None = None
    variant_id: UUID | None = None
    earned: Mapping[UUID, int] = field(default_factory=dict)
    exposure: Mapping[UUID, int] = field(default_factory=dict)
    barriers: Mapping[UUID, Collection[Barrier]] = field(default_factory=dict)
    wishes: Collection[tuple[str, str]] = ()  # Code of a question and the answer wished for.
    favourites: Collection[UUID] = ()

    @property
    def avoids(self) -> set[UUID]:
        """The workers who do not meet this customer: it was said so, or they are the same."""
        if self.customer_id is None:
            return set()
        person = Membership.objects.filter(pk=self.customer_id).values("user")
        same = Worker.objects.filter(member__user__in=person).values_list("pk", flat=True)
        return {*blocked_workers(self.customer_id), *same}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everybody who offers the service, by worker; and what an hour brings here on average."""

    offers: Mapping[str, WorkerService]
    candidates: list[Candidate]
    mean_minor: float


def candidates(request: Request) -> Found:
    """Return all who offer what is asked for, with what keeps each of them from it, if anything."""
    rows = WorkerService.objects.filter(service_id=request.service_id)
    offers = list(rows.select_related("worker__member__user", "service").order_by("worker_id"))
    at = clock.now()
    zones = {offer.worker_id: offer.worker.zone for offer in offers}
    ahead = _ahead(request, zones)
    behind = calendars(zones, from_=at - LOOKS_BACK, to=at)
    hours = {key: available_hours(each, until=at) for key, each in behind.items()}
    limits = limits_of(offers)
    bookable = _bookable(offers)
    said = _said(request, zones, at=at)
    prices = _prices(offers, request.variant_id)
    met = _met(offers, request.wishes)
    found = [
        _candidate(
            offer,
            request,
            hours=hours[offer.worker_id],
            asks_minor=prices[offer.pk],
            met=met.get(offer.pk, 0),
            others=[
                *said[offer.worker_id],
                bookable[offer.worker_id],
                _time(request, ahead, limits[offer.pk].lasting(request.minutes), offer, at=at),
            ],
        )
        for offer in offers
    ]
    worked = sum(hours.values())
    earned = sum(request.earned.get(worker_id, 0) for worker_id in zones)
    return Found(
        offers={str(offer.worker_id): offer for offer in offers},
        candidates=found,
        mean_minor=earned / worked if worked else 0.0,
    )


def _ahead(request: Request, zones: dict[UUID, str]) -> dict[UUID, Calendar]:
    """Return everybody's calendar around the times that matter, if any do."""
    if request.starts_at is not None:
        first, last = request.starts_at, request.starts_at
    elif request.windows:
        first = min(from_ for from_, _ in request.windows)
        last = max(to for _, to in request.windows)
    else:
        return {}
    return calendars(zones, from_=first, to=last + timedelta(minutes=request.minutes))


def _time(
    request: Request,
    ahead: Mapping[UUID, Calendar],
    limits: Limits,
    offer: WorkerService,
    *,
    at: datetime,
) -> Barrier | None:
    if offer.worker_id not in ahead:
        return None
    calendar = ahead[offer.worker_id]
    if request.starts_at is not None:
        return times_barrier(calendar, limits, request.starts_at, at=at)
    return windows_barrier(calendar, limits, request.windows, at=at)


def _bookable(offers: Collection[WorkerService]) -> dict[UUID, Barrier | None]:
    """Return what keeps each worker from being booked at all; most lack nothing."""
    ready = set(
        SearchRow.objects.filter(offer__in=offers, bookable=True).values_list(
            "worker_id", flat=True
        )
    )
    found: dict[UUID, Barrier | None] = {}
    for offer in offers:
        found[offer.worker_id] = None
        if offer.worker_id not in ready:
            gaps = {gap.code for gap in readiness(offer.worker)}
            only_papers = gaps == {DOCUMENTS}
            found[offer.worker_id] = Barrier.CERTIFICATES if only_papers else Barrier.BOOKABLE
            if not gaps:
                found[offer.worker_id] = None
    return found


def _prices(offers: Collection[WorkerService], variant_id: UUID | None) -> dict[UUID, int]:
    """Return what each asks for what is wanted: for the variant, where there is one."""
    found = {offer.pk: offer.price.minor for offer in offers}
    if variant_id is not None:
        rows = SearchRow.objects.filter(offer__in=offers).values_list("offer_id", "variants")
        found |= {key: int(by[str(variant_id)]) for key, by in rows if str(variant_id) in by}
    return found


def _met(offers: Collection[WorkerService], wishes: Collection[tuple[str, str]]) -> dict[UUID, int]:
    """Return how many wishes each fulfils, by what they say of their service themselves."""
    if not wishes:
        return {}
    rows = SearchRow.objects.filter(offer__in=offers).values_list("offer_id", "answers")
    return {key: sum(answer in said.get(code, ()) for code, answer in wishes) for key, said in rows}


def _said(
    request: Request, zones: Mapping[UUID, str], *, at: datetime
) -> dict[UUID, list[Barrier | None]]:
    """Return what people said: not this pair, not at night."""
    blocked = request.avoids
    awake = DispatchWish.objects.filter(worker__in=zones, at_night=True)
    at_night = set(awake.values_list("worker_id", flat=True))
    return {
        worker_id: [
            Barrier.BLOCK if worker_id in blocked else None,
            Barrier.QUIET
            if worker_id not in at_night and quiet_until(at, zone=zone) is not None
            else None,
        ]
        for worker_id, zone in zones.items()
    }


def blocked_workers(customer_id: UUID) -> list[UUID]:
    """Return the workers whom a customer does not meet, whichever side did not want to."""
    pairs = PairBlock.objects.filter(customer_id=customer_id)
    return list(pairs.values_list("worker_id", flat=True).distinct())


def asked_at_night(worker_id: UUID) -> bool:
    """Tell whether a worker wants to be asked in quiet hours too."""
    return DispatchWish.objects.filter(worker_id=worker_id, at_night=True).exists()


def _candidate(
    offer: WorkerService,
    request: Request,
    *,
    hours: float,
    asks_minor: int,
    met: int,
    others: Collection[Barrier | None],
) -> Candidate:
    worker = offer.worker
    km = _km(offer, request.place)
    barriers = [*others, *request.barriers.get(worker.pk, ())]
    if offer.state != WorkerService.PUBLISHED or not offer.service.active:
        barriers.append(Barrier.SERVICE)
    if request.price_minor is not None and asks_minor > request.price_minor:
        barriers.append(Barrier.PRICE)
    if not speaks(worker.languages, request.language):
        barriers.append(Barrier.LANGUAGE)
    if request.place is not None and not area_of(offer).contains(request.place):
        barriers.append(Barrier.AREA)
    return Candidate(
        worker=str(worker.pk),
        km=km,
        radius_km=float(worker.radius_km) if worker.area else None,
        rating=worker.rating or 0.0,
        stated=len(request.wishes),
        met=met,
        favourite=worker.pk in request.favourites,
        earned_minor=request.earned.get(worker.pk, 0),
        available_hours=hours,
        exposure=request.exposure.get(worker.pk, 0),
        barriers=tuple(sorted({each.value for each in barriers if each is not None})),
    )


def _km(offer: WorkerService, place: Place | None) -> float:
    area = offer.worker.area
    return 0.0 if area is None or place is None else distance_km(area.base, place)


def speaks(languages: Collection[str], wanted: str) -> bool:
    """Tell whether somebody speaks a language; who names none speaks what is spoken here."""
    return not wanted or not languages or wanted[:2] in {each[:2] for each in languages}


def times_barrier(
    calendar: Calendar, limits: Limits, starts_at: datetime, *, at: datetime
) -> Barrier | None:
    """Return what about time keeps somebody from a job: the slot itself, the day's work, rest."""
    free = replace(limits, max_jobs_day=None, max_minutes_day=DAY_MINUTES, rest_mode=WARN)
    if not is_slot(calendar, free, starts_at, at=at):
        return Barrier.SLOT
    if not is_slot(calendar, replace(limits, rest_mode=WARN), starts_at, at=at):
        return Barrier.CAPS
    rest = max(limits.min_rest_hours, LEAST_REST_HOURS)
    rested = replace(limits.with_rest(), min_rest_hours=rest)
    return None if is_slot(calendar, rested, starts_at, at=at) else Barrier.REST


def windows_barrier(
    calendar: Calendar,
    limits: Limits,
    windows: Sequence[tuple[datetime, datetime]],
    *,
    at: datetime,
) -> Barrier | None:
    """Return what about time keeps somebody from starting a job in any of some windows."""
    rest = max(limits.min_rest_hours, LEAST_REST_HOURS)
    steps = {
        Barrier.SLOT: replace(
            limits, max_jobs_day=None, max_minutes_day=DAY_MINUTES, rest_mode=WARN
        ),
        Barrier.CAPS: replace(limits, rest_mode=WARN),
        Barrier.REST: replace(limits.with_rest(), min_rest_hours=rest),
    }
    for barrier, allowed in steps.items():
        found = (slots(calendar, allowed, at=at, from_=from_, to=to) for from_, to in windows)
        if not any(next(each, None) for each in found):
            return barrier
    return None


def available_hours(calendar: Calendar, *, until: datetime) -> float:
    """Return for how many hours somebody offered their time in the four weeks before a moment."""
    last = until.astimezone(calendar.zone).date()
    days: list[date] = [last - ONE_DAY * back for back in range(LOOKS_BACK.days, 0, -1)]
    open_ = merged(
        span for day in days for span in on_day(calendar.hours_of(day), day, calendar.zone)
    )
    free = without(open_, merged(calendar.off))
    return sum(span.length.total_seconds() for span in free) / 3600
