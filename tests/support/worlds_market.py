"""Worlds of the marketplace: somebody works, with a service, an area and a week."""

from datetime import UTC, datetime, time

import pytest

from kernel.actor import Actor, Role
from kernel.edge import working_for
from marketplace.catalog.models import Category, Service, Worker, WorkerService
from marketplace.matching.actions.set_plan import set_plan
from marketplace.matching.rules.slots import Hours
from tenants.tenancy.models import Tenant
from tests.support.worlds import joins

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)  # A Monday, 9 in the morning in Mexico City.
EVERY_DAY = [Hours(weekday, time(8), time(20)) for weekday in range(7)]


def works(actor: Actor, tenant: Tenant, *, price_minor: int = 25000) -> WorkerService:
    """Let somebody offer a walk of an hour, around the middle of town, every day from 8 to 20."""
    category, _ = Category.objects.get_or_create(slug="walks", defaults={"name": "Paseos"})
    service, _ = Service.objects.get_or_create(
        slug="walk-60",
        defaults={
            "category": category,
            "name": "Paseo de perro 60 min",
            "minutes": 60,
            "price_minor": price_minor,
            "currency": tenant.currency,
        },
    )
    worker = Worker.objects.create(
        member_id=actor.member_id,
        slug=f"worker-{str(actor.member_id)[-6:]}",
        name="Ana P.",
        headline="Paseos con calma",
        zone=tenant.timezone,
        state="approved",
        base_latitude=tenant.latitude,
        base_longitude=tenant.longitude,
    )
    set_plan(by=actor, rows=EVERY_DAY)
    return WorkerService.objects.create(worker=worker, service=service, state="published")


@pytest.fixture
def ana_works(patitas: Tenant, ana: Actor) -> WorkerService:
    """Ana is approved and offers "Paseo de perro 60 min" at 250.00 MXN, every day from 8 to 20."""
    return works(ana, patitas)


@pytest.fixture
def ana_works_next_door_too(ana_works: WorkerService, lar_limpo: Tenant) -> WorkerService:
    """The same Ana offers something at Lar Limpo as well. Enter it with `working_for`."""
    with working_for(lar_limpo.pk):
        return works(joins("ana", Role.WORKER), lar_limpo)
