"""A business opens its marketplace."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from kernel.actor import Actor, Role
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import Conflict, Invalid
from kernel.events import publish
from tenants.tenancy.actions.join import join
from tenants.tenancy.actions.plant_pages import let_edit, plant_site
from tenants.tenancy.countries import country
from tenants.tenancy.events import TenantOpened
from tenants.tenancy.models import Domain, Tenant, User
from tenants.tenancy.rules.niches import known_niche

RESERVED = {"auth", "id", "www", "api", "admin", "office", "app", "files", "house", "static"}


class AddressTaken(Conflict):
    code = "tenant.address_taken"
    title = "This address is already taken."


class AddressInvalid(Invalid):
    code = "tenant.address_invalid"
    title = "An address has 3 to 40 small letters, digits and hyphens."


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a new marketplace is to be."""

    slug: str
    name: str
    niche: str
    country: str
    currency: str
    timezone: str
    locale: str
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    brand_color: str = "#0f766e"


@transaction.atomic
def open_tenant(*, opening: Opening, owner: User) -> Tenant:
    """Make a tenant with a host, an owner, a site of its own and a back office.

    Floors above hear of it (`TenantOpened`) and add what the niche starts with.
    """
    tenant = _make_tenant(opening)
    with working_for(tenant.pk):
        plant_site(tenant)
        _open_office()
        membership = join(user=owner, role=Role.OWNER)
        publish(
            TenantOpened(niche=opening.niche),
            by=Actor(role=Role.OWNER, member_id=membership.pk),
        )
    return tenant


def _make_tenant(opening: Opening) -> Tenant:
    check_address(opening.slug)
    hostname = f"{opening.slug}.{settings.PLATFORM_DOMAIN}"
    with working_for(HOUSE):
        fields = {name: getattr(opening, name) for name in Opening.__dataclass_fields__}
        tenant = Tenant.objects.create(**fields)
        Domain.objects.create(hostname=hostname, tenant=tenant)
    return tenant


def _open_office() -> None:
    """Say what owners and staff may do in the back office; groups belong to one tenant."""
    enter = Permission.objects.filter(codename="access_admin")
    owners, staff = Group.objects.create(name="Owners"), Group.objects.create(name="Staff")
    owners.permissions.set(enter)
    staff.permissions.set(enter)
    let_edit(owners)


def opening_in(
    *, country_code: str, slug: str, name: str, niche: str, city: str, brand_color: str
) -> Opening:
    """Complete a wish with what its country decides: money, clock, language, where it lies."""
    place = country(country_code)
    known = place.city(city)
    return Opening(
        slug=slug,
        name=name.strip(),
        niche=known_niche(niche),
        country=place.code,
        currency=place.currency,
        timezone=known.timezone,
        locale=place.locale,
        city=city.strip() or known.name,
        latitude=known.latitude,
        longitude=known.longitude,
        brand_color=brand_color,
    )


def check_address(slug: str) -> None:
    """Refuse an address that cannot be had."""
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]", slug):
        raise AddressInvalid(fields=["slug"])
    hostname = f"{slug}.{settings.PLATFORM_DOMAIN}"
    if slug in RESERVED or Domain.objects.filter(hostname=hostname).exists():
        raise AddressTaken(fields=["slug"])
