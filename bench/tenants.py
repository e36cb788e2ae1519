"""Tenants to measure with, opened as any other."""

from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.actions.open_tenant import Opening, open_tenant
from tenants.tenancy.models import User


def owner() -> User:
    """Return the person who owns every tenant of a measurement."""
    with working_for(HOUSE):
        found, _ = User.objects.get_or_create(
            email="bench@example.com", defaults={"first_name": "Bench"}
        )
        return found


def opening(number: int, *, niche: str = "cleaning") -> Opening:
    """Describe a tenant of Mexico City."""
    return Opening(
        slug=f"bench-{niche.replace('_', '-')}-{number}",
        name=f"Bench {number}",
        niche=niche,
        country="MX",
        currency="MXN",
        timezone="America/Mexico_City",
        locale="es",
    )


def open_many(count: int, *, niche: str) -> list[int]:
    """Open some tenants and return their numbers."""
    whose = owner()
    return [
        open_tenant(opening=opening(number, niche=niche), owner=whose).pk for number in range(count)
    ]
