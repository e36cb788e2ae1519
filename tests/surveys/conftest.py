"""Worlds of surveys."""

from uuid import uuid4

import pytest

from kernel.actor import Actor, Role
from marketplace.catalog.models import Worker
from surveys.actions.invite import ask_about_us, ask_about_visit
from surveys.actions.open_wave import open_wave
from surveys.models import Invitation, Wave, WaveInvite
from surveys.queries import code_of
from tenants.tenancy.models import Tenant
from tests.support.worlds import joins


def workers(count: int) -> list[Actor]:
    """Let so many people work here, approved."""
    found = []
    for number in range(count):
        name = f"w{number}"
        actor = joins(name, Role.WORKER)
        Worker.objects.create(
            member_id=actor.member_id,
            slug=name,
            name=name,
            headline="Paseos",
            state="approved",
            zone="America/Mexico_City",
        )
        found.append(actor)
    return found


def codes(wave: Wave) -> list[str]:
    """Return the codes of a wave."""
    return [code_of(each.pk) for each in WaveInvite.objects.filter(wave=wave).order_by("pk")]


@pytest.fixture
def ten_are_asked(patitas: Tenant, olga: Actor) -> Wave:
    """Ten people work at Patitas, and the owner has opened a wave."""
    workers(10)
    return open_wave(by=olga)


@pytest.fixture
def clara_is_asked(patitas: Tenant, olga: Actor, clara: Actor) -> Invitation:
    """Clara was asked how a visit was."""
    assert clara.member_id is not None
    return ask_about_visit(member_id=clara.member_id, booking_id=uuid4(), service="Paseo")


@pytest.fixture
def clara_is_asked_about_us(patitas: Tenant, olga: Actor, clara: Actor) -> Invitation:
    """Clara was asked whether she would recommend Patitas."""
    assert clara.member_id is not None
    return ask_about_us(member_id=clara.member_id, occasion="90d:1")
