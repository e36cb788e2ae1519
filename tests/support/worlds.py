"""Small worlds to test in. A fixture is named for what is true in it.

The cast: Patitas walks dogs in Mexico City; Olga owns it, Ana works there, Clara is a customer.
Lar Limpo cleans homes in São Paulo; Berta owns it, Carla works there, and nobody of Patitas may
ever learn anything about it.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from kernel import clock
from kernel.actor import Actor, Role
from kernel.edge import working_for
from tenants.tenancy.access import sign_in
from tenants.tenancy.actions.join import join
from tenants.tenancy.actions.open_tenant import Opening, open_tenant
from tenants.tenancy.actions.sign_up import find_or_make_user
from tenants.tenancy.models import Tenant, User
from tenants.tenancy.queries import domain_at
from tests.support.kept import KEEPER, given, kept

PATITAS = Opening(
    slug="patitas",
    name="Patitas",
    niche="pet_care",
    country="MX",
    currency="MXN",
    timezone="America/Mexico_City",
    locale="es",
    city="Ciudad de México",
    latitude=19.4194,
    longitude=-99.1556,
)
LAR_LIMPO = Opening(
    slug="lar-limpo",
    name="Lar Limpo",
    niche="cleaning",
    country="BR",
    currency="BRL",
    timezone="America/Sao_Paulo",
    locale="pt-br",
    city="São Paulo",
    latitude=-23.5614,
    longitude=-46.6559,
)


def person(name: str) -> User:
    """Return a person's account, opened where people sign in: ana → Ana, ana@example.com."""
    return find_or_make_user(
        email=f"{name}@example.com", first_name=name.title(), last_name="Prueba"
    )


def signed_in_client(name: str, host: str = "patitas.localhost", strong: bool = False) -> Client:
    """Return a browser in which a person has signed in at a host; strong: with a second factor."""
    domain = domain_at(host)
    with working_for(domain.tenant_id):
        request = HttpRequest()
        request.META |= {"HTTP_HOST": host, "SERVER_NAME": host, "SERVER_PORT": "80"}
        request.session = SessionStore()
        sign_in(request, person(name), strong=strong, proved_at=clock.system_now())
        request.session.save()
    client = Client(headers={"host": host})
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def proved_long_ago(client: Client, minutes: int = 6) -> Client:
    """Let time pass since whoever has this browser proved who they are; return the browser."""
    host = str(client.defaults["HTTP_HOST"])
    with working_for(domain_at(host).tenant_id):
        session = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
        moment = clock.system_now() - timedelta(minutes=minutes)
        session["stamp"] = {**session["stamp"], "proved_at": moment.isoformat()}
        session.save()
    return client


def joins(name: str, role: Role) -> Actor:
    """Let a person join the tenant we work for, in a role."""
    return Actor(role=role, member_id=join(user=person(name), role=role).pk)


def _patitas_opens() -> Tenant:
    return open_tenant(opening=PATITAS, owner=person("olga"))


KEEPER.builders["patitas"] = _patitas_opens


@pytest.fixture
def patitas(db: None) -> Iterator[Tenant]:
    """Patitas is open, and we work for it."""
    tenant = given("patitas", _patitas_opens)
    with working_for(tenant.pk):
        yield tenant


@kept
def lar_limpo() -> Tenant:
    """Lar Limpo is open too, next door. Enter it with `working_for(lar_limpo.pk)`."""
    return open_tenant(opening=LAR_LIMPO, owner=person("berta"))


@kept
def olga(patitas: Tenant) -> Actor:
    """Olga owns Patitas."""
    return joins("olga", Role.OWNER)


@kept
def mora(patitas: Tenant) -> Actor:
    """Mora is on Olga's staff."""
    return joins("mora", Role.STAFF)


@kept
def ana(patitas: Tenant) -> Actor:
    """Ana is a worker at Patitas, with nothing earned yet."""
    return joins("ana", Role.WORKER)


@kept
def clara(patitas: Tenant) -> Actor:
    """Clara is a customer of Patitas."""
    return joins("clara", Role.CUSTOMER)


@kept
def carla(lar_limpo: Tenant) -> Actor:
    """Carla works at Lar Limpo and is nobody at Patitas."""
    with working_for(lar_limpo.pk):
        return joins("carla", Role.WORKER)
