"""Bookings, for whoever may see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.bookings.models import Booking, CheckoutPhoto, StepTaken, TimeProposal
from marketplace.bookings.rules.process import Party, State
from marketplace.catalog.models import WorkerService
from marketplace.catalog.queries import zones
from marketplace.catalog.rules.areas import Place, distance_km
from tenants.messaging.models import Notification

SAME_PART_KM = 3.0
PARTIES = {
    Role.CUSTOMER: Party.CUSTOMER,
    Role.WORKER: Party.WORKER,
    Role.OWNER: Party.STAFF,
    Role.STAFF: Party.STAFF,
    Role.PSP: Party.PSP,
    Role.SYSTEM: Party.SYSTEM,
}
NOT_FOR_WORKERS = (State.PENDING_PAYMENT, State.PAYMENT_EXPIRED)
WAITS_FOR_CUSTOMER = (
    State.PENDING_PAYMENT,
    State.PAYMENT_DUE,
    State.AWAITING_CHOICE,
    State.DELIVERED,
    State.DISPUTED,
)
UPCOMING = (
    State.REQUESTED,
    State.MATCHING,
    State.CONFIRMED,
    State.NO_SHOW_REPORTED,
    State.IN_PROGRESS,
)

UNFINISHED = (State.CONFIRMED, State.PAYMENT_DUE, State.IN_PROGRESS, State.NO_SHOW_REPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What floors above may know of a booking: who, what, when, how much; never where."""

    booking_id: UUID
    code: str
    state: str
    customer_id: UUID
    customer_user_id: UUID
    worker_id: UUID
    worker_member_id: UUID
    worker_user_id: UUID
    service_id: UUID
    service_name: str
    starts_at: datetime
    ends_at: datetime
    checked_in_at: datetime | None
    finished_at: datetime | None
    completed_at: datetime | None
    total_minor: int
    work_minor: int
    tip_minor: int
    list_price_minor: int
    currency: str
    flagged: bool


def _all() -> QuerySet[Booking]:
    """Return all bookings, with whom and what, and whether another time waits for either side."""
    waiting = TimeProposal.objects.filter(booking=OuterRef("pk"), state=TimeProposal.OPEN)
    return Booking.objects.select_related(
        "customer__user", "worker__member__user", "worker_service__service"
    ).annotate(
        asks_customer=Exists(waiting.filter(customer_agreed=False)),
        asks_worker=Exists(waiting.filter(worker_agreed=False)),
    )


def booking(booking_id: UUID) -> Booking:
    """Return a booking of this tenant; for floors above, which authorise by themselves."""
    try:
        return _all().get(pk=booking_id)
    except Booking.DoesNotExist:
        raise NotFound(what="booking") from None


def booking_of(*, by: Actor, booking_id: UUID) -> Booking:
    """Return a booking that this actor has a part in."""
    return _the(_mine(by).filter(pk=booking_id))


def booking_named(*, by: Actor, code: str) -> Booking:
    """Return a booking that this actor has a part in, by its code."""
    return _the(_mine(by).filter(code=code.upper()))


def _the(found: QuerySet[Booking]) -> Booking:
    if (one := found.first()) is None:
        raise NotFound(what="booking")
    return one


def _mine(by: Actor) -> QuerySet[Booking]:
    if by.works_in_office:
        return _all()
    if by.role == Role.CUSTOMER and by.member_id:
        return _all().filter(customer_id=by.member_id)
    if by.role == Role.WORKER and by.member_id:
        mine = _all().filter(worker__member_id=by.member_id).exclude(state__in=NOT_FOR_WORKERS)
        looked_for = Q(mode="dispatch") | Q(sought_at__isnull=False)
        return mine.exclude(looked_for, confirmed_at__isnull=True)
    raise NotFound(what="booking")


def party_in(found: Booking, by: Actor) -> Party:
    """Return in which capacity somebody acts on a booking; a stranger finds nothing."""
    party = PARTIES[by.role]
    mine = {Party.CUSTOMER: found.customer_id, Party.WORKER: found.worker.member_id}
    if party in mine and mine[party] != by.member_id:
        raise NotFound(what="booking")
    return party


def bookings_of(by: Actor) -> QuerySet[Booking]:
    """Return a customer's bookings, latest first."""
    return _mine(by).order_by("-starts_at", "-id")


def past_visits_of(by: Actor) -> QuerySet[Booking]:
    """Return a customer's bookings with nothing still to come, latest first."""
    open_states = (*WAITS_FOR_CUSTOMER, *UPCOMING)
    return bookings_of(by).exclude(state__in=open_states)


def open_visits_of(by: Actor) -> tuple[list[Booking], list[Booking]]:
    """Return what waits for the customer now, and what is to come; soonest first."""
    found = _mine(by).order_by("starts_at", "id")
    waiting = found.filter(state__in=WAITS_FOR_CUSTOMER)
    return list(waiting), list(found.filter(state__in=UPCOMING))


def last_place(customer_id: UUID) -> dict[str, Any]:
    """Return where a customer's last visit was, to fill in the next one; for themselves only."""
    last = Booking.objects.filter(customer_id=customer_id).order_by("-requested_at").first()
    if last is None:
        return {}
    return {
        "address": last.place.address,
        "note": last.place.note,
        "latitude": last.latitude,
        "longitude": last.longitude,
        "zone": _zone_at(last),
    }


def _zone_at(last: Booking) -> UUID | None:
    """Return the part of town whose middle is nearest to a visit, if it is near at all."""
    if last.latitude is None or last.longitude is None:
        return None
    there = Place(last.latitude, last.longitude)
    away = [(distance_km(there, Place(each.latitude, each.longitude)), each) for each in zones()]
    near = [(km, each.pk) for km, each in away if km <= SAME_PART_KM]
    return min(near)[1] if near else None


def jobs_of(by: Actor, *, at: datetime) -> dict[str, list[Booking]]:
    """Return a worker's jobs: the requests to answer, what comes next, and the last that are done.

    A job that nobody started stays among the next ones until it is settled.
    """
    mine = _mine(by)
    coming = mine.filter(state__in=UNFINISHED)
    done = mine.exclude(state__in=(State.REQUESTED, *UNFINISHED))
    return {
        "requests": list(mine.filter(state=State.REQUESTED).order_by("starts_at")),
        "coming": list(coming.order_by("starts_at")),
        "history": list(done.order_by("-starts_at")[:30]),
    }


def office_bookings(*, state: str = "", text: str = "") -> QuerySet[Booking]:
    """Return the tenant's bookings for the office, newest first, narrowed by state or words."""
    found = _all().order_by("-requested_at")
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(
            Q(code__istartswith=text)
            | Q(service_name__icontains=text)
            | Q(worker__name__icontains=text)
            | Q(customer__user__first_name__icontains=text)
        )
    return found


def history_of(found: Booking) -> QuerySet[StepTaken]:
    """Return everything that happened to a booking, in order."""
    return StepTaken.objects.filter(booking=found).order_by("version")


def messages_of(found: Booking) -> QuerySet[Notification]:
    """Return what the two people were told about a booking, in order; for the office."""
    told = Notification.objects.filter(about__startswith=f"{found.code}:")
    return told.select_related("to__user").order_by("at")


def photos_of(found: Booking) -> QuerySet[CheckoutPhoto]:
    """Return the photos of the finished job."""
    return CheckoutPhoto.objects.filter(booking=found).select_related("file").order_by("position")


def completed_bookings(*, since: datetime | None = None) -> QuerySet[Booking]:
    """Return completed bookings, oldest first; for figures."""
    found = _all().filter(state=State.COMPLETED).order_by("completed_at")
    return found.filter(completed_at__gte=since) if since else found


def requests_since(since: datetime) -> QuerySet[Booking]:
    """Return what customers asked and paid for since a moment, oldest first; for figures."""
    paid_for = Booking.objects.exclude(state__in=NOT_FOR_WORKERS)
    return paid_for.filter(requested_at__gte=since).order_by("requested_at")


def facts_of(found: Booking) -> Facts:
    """Return what floors above may know of a booking."""
    return Facts(
        booking_id=found.pk,
        code=found.code,
        state=found.state,
        customer_id=found.customer_id,
        customer_user_id=found.customer.user_id,
        worker_id=found.worker_id,
        worker_member_id=found.worker.member_id,
        worker_user_id=found.worker.member.user_id,
        service_id=found.worker_service.service_id,
        service_name=found.service_name,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        checked_in_at=found.checked_in_at,
        finished_at=found.finished_at,
        completed_at=found.completed_at,
        total_minor=found.total.minor,
        work_minor=found.work_minor,
        tip_minor=found.tip_minor,
        list_price_minor=found.worker_service.service.price_minor,
        currency=found.currency,
        flagged=found.flagged,
    )


def alternatives_to(found: Booking, *, at_most: int = 3) -> list[WorkerService]:
    """Return a few other workers who offer the same service, best rated first."""
    others = WorkerService.objects.filter(
        service_id=found.worker_service.service_id,
        state=WorkerService.PUBLISHED,
        service__active=True,
        worker__state="approved",
    ).exclude(worker_id=found.worker_id)
    best_first = F("worker__rating").desc(nulls_last=True)
    return list(others.select_related("worker", "service").order_by(best_first)[:at_most])


def is_expected(worker_id: UUID) -> bool:
    """Tell whether customers have a worker's word: a visit that was agreed and is not done."""
    agreed = (State.CONFIRMED, State.PAYMENT_DUE, State.NO_SHOW_REPORTED, State.IN_PROGRESS)
    return Booking.objects.filter(worker_id=worker_id, state__in=agreed).exists()
