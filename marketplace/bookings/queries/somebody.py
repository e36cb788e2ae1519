"""Who could take a job for which nobody was chosen, before it is booked; if nobody, when else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from marketplace.bookings.rules.offers import NobodyFree
from marketplace.catalog.models import Service, WorkerService
from marketplace.catalog.queries import services
from marketplace.catalog.rules.areas import Place
from marketplace.matching.queries.anybody import offers_of_service, times_of_anybody
from marketplace.matching.queries.candidates import Request, candidates
from marketplace.matching.rules import dispatch
from marketplace.matching.rules.dispatch import Barrier
from tenants.tenancy.queries import member

ONLY_LATER = {Barrier.QUIET}  # They are asked in the morning.
DAYS_AROUND = timedelta(days=4)
MOST_TIMES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What should be done, when and where; nobody was chosen for it."""

    service: Service
    starts_at: datetime
    minutes: int
    place: Place | None = None
    by: Actor | None = None

    @property
    def request(self) -> Request:
        """What it asks of dispatch."""
        customer = member(self.by.member_id) if self.by and self.by.member_id else None
        return Request(
            service_id=self.service.pk,
            customer_id=customer.pk if customer else None,
            starts_at=self.starts_at,
            minutes=self.minutes,
            place=self.place if self.service.location == "at_customer" else None,
            language=customer.user.locale if customer else "",
            price_minor=self.service.price.minor,
        )


def dispatched_services() -> QuerySet[Service]:
    """Return the services for which we find somebody, in order."""
    return services().filter(booking_mode=Service.DISPATCH)


def dispatched_service(slug: str) -> Service:
    """Return a service for which we find somebody."""
    if (found := dispatched_services().filter(slug=slug).first()) is None:
        raise NotFound(what="service")
    return found


def anybody_for(service: Service) -> WorkerService | None:
    """Return one of those who offer a service: its questions, extras and price are the same."""
    return next(iter(offers_of_service(service.pk)), None)


def first_for(errand: Errand) -> WorkerService | None:
    """Return who stands first for an errand, as far as is known now; none if nobody could come."""
    found = candidates(errand.request)
    able = [each for each in found.candidates if {*each.barriers} <= ONLY_LATER]
    awake = [dispatch.awake(each) for each in able]
    placed = dispatch.rank(awake, mean_minor=found.mean_minor)
    return found.offers[placed[0].candidate.worker] if placed else None


def other_times(errand: Errand) -> list[datetime]:
    """Return a few other times at which somebody could come for an errand, the nearest first."""
    request = errand.request
    near = times_of_anybody(
        errand.service.pk,
        minutes=errand.minutes,
        from_=max(clock.now(), errand.starts_at - DAYS_AROUND),
        to=max(clock.now(), errand.starts_at) + DAYS_AROUND,
        place=request.place,
        without=request.avoids,
    )
    others = [each for each in near if each != errand.starts_at]
    nearest = sorted(others, key=lambda each: (abs(each - errand.starts_at), each))[:MOST_TIMES]
    return sorted(nearest)


def times_for(service: Service, *, from_: datetime, to: datetime) -> list[datetime]:
    """Return the times of a stretch at which somebody could begin, wherever it is."""
    return times_of_anybody(service.pk, minutes=service.shortest_minutes, from_=from_, to=to)


def id_of_anybody(service_id: UUID) -> UUID:
    """Return an offer to work a price out by, for programs that name only the service."""
    if not dispatched_services().filter(pk=service_id).exists():
        raise NotFound(what="service")
    if (found := next(iter(offers_of_service(service_id)), None)) is None:
        raise NobodyFree(times=[])
    return found.pk
