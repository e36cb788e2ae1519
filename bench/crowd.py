"""A tenant with any number of workers: the first are indexed by the product, the rest copy them."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange

from bench.tenants import opening, owner
from kernel import clock
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.isolation import as_owner
from marketplace.catalog.actions.plant_niche import plant_niche
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.catalog.rules.areas import Place, snapped
from marketplace.catalog.rules.worker_states import State
from marketplace.matching.actions.index import KNOWN_AHEAD, free_times, index_worker
from marketplace.matching.models import Occupancy, PlanRow, SearchRow, Stirred
from marketplace.matching.queries import calendars, limits_of
from marketplace.matching.rules.lanes import LANES
from marketplace.matching.rules.occupancy import person_no
from marketplace.matching.rules.words import indexed
from tenants.tenancy.actions.open_tenant import open_tenant
from tenants.tenancy.models import Membership, Tenant, User

CENTRE = Place(19.4194, -99.1556)
SPREAD = 0.08  # Degrees: two thirds of the people live within 9 km north or south of the middle.
INDEXED = 100
OFFERS = 2
BATCH = 1000
NICHE = "pet_care"
TABLES = "catalog_worker, catalog_workerservice, matching_searchrow, matching_planrow"
HEADLINES = ("Paciencia con perros nerviosos", "Gatos tímidos", "Paseos largos por el parque")
TRAITS = ("razas grandes", "cachorros", "perros mayores", "medicinas", "adiestramiento", "fines")


def crowd(count: int) -> Tenant:
    """Open a tenant where so many people offer two services each; always the same people."""
    tenant = open_tenant(opening=opening(count, niche=NICHE), owner=owner())
    chance = Random(count)
    with working_for(tenant.pk), transaction.atomic():
        plant_niche(niche=NICHE)
        workers = _hire(count, chance)
        offers = _offer(workers, chance)
        _fill_calendars(workers, chance)
        for worker in workers[:INDEXED]:
            index_worker(worker_id=worker.pk)
        _copy_rows(workers, offers)
        # Nobody here opened a payout account, without which the product lets no one be booked.
        SearchRow.objects.update(bookable=True)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"vacuum analyze {TABLES}, matching_occupancy")
    return tenant


def somewhere(chance: Random) -> Place:
    """Return a point in town, seldom far from the middle."""
    return Place(chance.gauss(CENTRE.latitude, SPREAD), chance.gauss(CENTRE.longitude, SPREAD))


def _hire(count: int, chance: Random) -> list[Worker]:
    users = [User(first_name=f"Bench{number}", last_name="Worker") for number in range(count)]
    with working_for(HOUSE):
        User.objects.bulk_create(users, BATCH)
    members = [Membership(user=user, role=Role.WORKER) for user in users]
    Membership.objects.bulk_create(members, BATCH)
    workers = [_worker(number, member, chance) for number, member in enumerate(members)]
    return Worker.objects.bulk_create(workers, BATCH)


def _worker(number: int, member: Membership, chance: Random) -> Worker:
    base, reviews = somewhere(chance), chance.choice((0, 0, 3, 12, 80))
    stars = sum(chance.choice((3, 4, 5, 5, 5)) for _ in range(reviews))
    return Worker(
        member=member,
        slug=f"bench-{number}",
        name=f"Bench{number} W.",
        headline=chance.choice(HEADLINES),
        bio=f"Vivo en la zona desde hace años. Me gustan {', '.join(chance.sample(TRAITS, 2))}.",
        languages=["es"],
        state=State.APPROVED,
        zone="America/Mexico_City",
        base_latitude=base.latitude,
        base_longitude=base.longitude,
        radius_km=chance.randint(4, 12),
        rating=round((10 * 4.5 + stars) / (10 + reviews), 2) if reviews else None,
        rating_count=reviews,
        rating_sum=stars,
        jobs_done=reviews * 2,
    )


def _offer(workers: list[Worker], chance: Random) -> list[WorkerService]:
    services = list(Service.objects.select_related("category"))
    offers = [
        WorkerService(
            worker=worker,
            service=service,
            price_minor=service.price_minor * chance.randint(70, 140) // 100,
            state=WorkerService.PUBLISHED,
        )
        for worker in workers
        for service in chance.sample(services, OFFERS)
    ]
    return WorkerService.objects.bulk_create(offers, BATCH)


def _fill_calendars(workers: list[Worker], chance: Random) -> None:
    """Let everybody work five days a week, with one job booked on one of the next ten days.

    After the first hundred, everybody has the calendar of one of those.
    """
    weeks = [chance.sample(range(7), 5) for _ in range(INDEXED)]
    jobs = [chance.randint(1, 240) for _ in range(INDEXED)]
    week = (
        PlanRow(worker=worker, weekday=day, starts=time(9), ends=time(18))
        for number, worker in enumerate(workers)
        for day in weeks[number % INDEXED]
    )
    PlanRow.objects.bulk_create(week, BATCH)
    at = clock.now()
    taken = (_job(each, at, jobs[number % INDEXED]) for number, each in enumerate(workers))
    Occupancy.objects.bulk_create(taken, BATCH)
    Stirred.objects.all().delete()  # Rows of the index are written after this.


def _job(worker: Worker, at: datetime, hours: int) -> Occupancy:
    starts_at = at + timedelta(hours=hours)
    ends_at = starts_at + timedelta(hours=2)
    return booked(worker, starts_at, ends_at, ref=f"bench:{worker.pk}")


def booked(
    worker: Worker,
    starts_at: datetime,
    ends_at: datetime,
    *,
    ref: str,
    after: timedelta = timedelta(0),
) -> Occupancy:
    """Return a job that takes all of a worker, and `after` it some time in between; not stored."""
    return Occupancy(
        worker=worker,
        person_no=person_no(worker.member.user_id),
        lanes=NumericRange(0, LANES),
        during=DateTimeTZRange(starts_at, ends_at + after),
        starts_at=starts_at,
        ends_at=ends_at,
        kind=Occupancy.BOOKING,
        ref=ref,
    )


def _copy_rows(workers: list[Worker], offers: list[WorkerService]) -> None:
    """Give everybody else rows as the product writes them for somebody with their calendar."""
    free = _free(workers[:INDEXED], offers)
    rest = offers[INDEXED * OFFERS :]
    rows = (
        _row(offer, free[place // OFFERS % INDEXED][offer.service_id])
        for place, offer in enumerate(rest, INDEXED * OFFERS)
    )
    SearchRow.objects.bulk_create(rows, BATCH)
    assert SearchRow.objects.count() == len(workers) * OFFERS


def _free(workers: list[Worker], offers: list[WorkerService]) -> list[dict[UUID, dict[str, Any]]]:
    """Return what the index keeps of each calendar, by service."""
    at = clock.now()
    known = calendars({each.pk: each.zone for each in workers}, from_=at, to=at + KNOWN_AHEAD)
    by_service = {offer.service_id: offer for offer in offers}
    limits = limits_of(by_service.values())
    return [
        {key: free_times(known[each.pk], limits[offer.pk], at) for key, offer in by_service.items()}
        for each in workers
    ]


def _row(offer: WorkerService, free: dict[str, Any]) -> SearchRow:
    worker, service = offer.worker, offer.service
    base = Place(worker.base_latitude or 0, worker.base_longitude or 0)
    public = snapped(base)
    return SearchRow(
        offer=offer,
        worker=worker,
        service=service,
        category=service.category,
        title=indexed(service.name),
        skills=indexed(service.category.name, worker.headline),
        about=indexed(service.description, worker.name, worker.bio),
        languages=worker.languages,
        latitude=base.latitude,
        longitude=base.longitude,
        public_latitude=public.latitude,
        public_longitude=public.longitude,
        radius_km=worker.radius_km,
        price_minor=offer.price.minor,
        minutes=service.minutes,
        rating=worker.rating,
        jobs_done=worker.jobs_done,
        **free,
    )
