"""Worlds of the marketplace: somebody works, with a service, an area and a week."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest

from kernel import outbox
from kernel.actor import Actor, Role
from kernel.edge import working_for
from marketplace.catalog.actions.apply import Profile, apply
from marketplace.catalog.actions.decide_worker import approve, start_review
from marketplace.catalog.actions.plant_niche import plant_niche
from marketplace.catalog.actions.publish_service import Choice, set_services
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.catalog.rules.areas import Circle, Place
from marketplace.matching.actions.set_plan import set_plan
from marketplace.matching.rules.local_time import Hours
from tenants.tenancy.actions.change_setting import change_setting
from tenants.tenancy.models import Membership, Tenant
from tests.support.kept import kept
from tests.support.worlds import joins, person
from tests.support.worlds_money import can_be_paid

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)  # A Monday, 9 in the morning in Mexico City.
EVERY_DAY = [Hours(weekday, time(8), time(20)) for weekday in range(7)]
CENTRE = Place(19.4194, -99.1556)


def owner() -> Actor:
    """Return the owner of the tenant we work for."""
    member = Membership.objects.get(role=Role.OWNER)
    return Actor(role=Role.OWNER, member_id=member.pk)


def asks_for_no_documents() -> None:
    """Let the owner require no checks, so that approval is all it takes."""
    change_setting(by=owner(), group="identity.requirements", values={"checks": []})


def applies(name: str, *, place: Place = CENTRE, km: int = 10) -> Worker:
    """Let a person apply here, living at a place and going some kilometres."""
    profile = Profile(
        headline="Con calma y cariño",
        bio="Vivo en la zona desde hace diez años.",
        languages=("es",),
        area=Circle(place, km),
    )
    return apply(user=person(name), profile=profile)


def works(
    name: str,
    *,
    services: tuple[str, ...] = ("walk-60",),
    prices: dict[str, int] | None = None,
    place: Place = CENTRE,
    km: int = 10,
    plan: list[Hours] = EVERY_DAY,
    opens_account: Callable[[Actor], object] = can_be_paid,
) -> list[WorkerService]:
    """Let a person be approved and paid, publish services, and work every day from 8 to 20.

    The tenant must ask for no documents, or they cannot be booked.
    """
    worker = applies(name, place=place, km=km)
    start_review(by=owner(), worker_id=worker.pk)
    approve(by=owner(), worker_id=worker.pk)
    actor = Actor(role=Role.WORKER, member_id=worker.member_id)
    opens_account(actor)
    known = {each.slug: each for each in Service.objects.filter(slug__in=services)}
    choices = [Choice(known[slug].pk, (prices or {}).get(slug)) for slug in services]
    offers = set_services(by=actor, worker_id=worker.pk, choices=choices)
    set_plan(by=actor, rows=plan)
    return offers


def settled() -> None:
    """Let everything that was announced be heard."""
    outbox.drain()


@kept
def patitas_is_stocked(patitas: Tenant) -> Tenant:
    """Patitas has the services of its niche, and asks workers for no documents."""
    plant_niche(niche=patitas.niche)
    asks_for_no_documents()
    return patitas


@kept
def ana_works(patitas_is_stocked: Tenant, ana: Actor) -> WorkerService:
    """Ana is approved and offers "Paseo de perro 60 min" at 250.00 MXN, every day from 8 to 20."""
    (offer,) = works("ana")
    settled()
    return offer


@pytest.fixture
def ana_works_next_door_too(ana_works: WorkerService, lar_limpo: Tenant) -> WorkerService:
    """The same Ana offers something at Lar Limpo as well. Enter it with `working_for`."""
    with working_for(lar_limpo.pk):
        plant_niche(niche=lar_limpo.niche)
        asks_for_no_documents()
        joins("ana", Role.WORKER)
        (offer,) = works("ana", services=("home-2h",))
        settled()
        return offer
