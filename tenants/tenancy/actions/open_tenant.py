"""A business opens its marketplace."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

from kernel.actor import Actor, Role
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import Conflict, Invalid
from kernel.events import publish
from tenants.tenancy.actions.join import join
from tenants.tenancy.events import TenantOpened
from tenants.tenancy.models import Domain, Tenant, User

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
        _plant_site(tenant)
        _open_office()
        membership = join(user=owner, role=Role.OWNER)
        publish(
            TenantOpened(niche=opening.niche),
            by=Actor(role=Role.OWNER, member_id=membership.pk),
        )
    return tenant


def _make_tenant(opening: Opening) -> Tenant:
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]", opening.slug):
        raise AddressInvalid(fields=["slug"])
    hostname = f"{opening.slug}.{settings.PLATFORM_DOMAIN}"
    taken = Domain.objects.filter(hostname=hostname).exists()
    if opening.slug in RESERVED or taken:
        raise AddressTaken(fields=["slug"])
    with working_for(HOUSE):
        fields = {name: getattr(opening, name) for name in Opening.__dataclass_fields__}
        tenant = Tenant.objects.create(**fields)
        Domain.objects.create(hostname=hostname, tenant=tenant)
    return tenant


def _plant_site(tenant: Tenant) -> None:
    """Plant the tenant's own page tree: every tenant has its own root."""
    locale = Locale.objects.create(language_code=tenant.locale)
    page_type = ContentType.objects.get_for_model(Page)
    root = Page.add_root(title="Root", slug="root", locale=locale, content_type=page_type)
    home = root.add_child(title=tenant.name, slug="home", locale=locale, content_type=page_type)
    hostname = tenant.domains.get(primary=True).hostname
    Site.objects.create(hostname=hostname, root_page=home, is_default_site=True)
    Collection.add_root(name="Root")


def _open_office() -> None:
    """Say what owners and staff may do in the back office; groups belong to one tenant."""
    owners = Group.objects.create(name="Owners")
    owners.permissions.set(Permission.objects.filter(codename="access_admin"))
    Group.objects.create(name="Staff").permissions.set(owners.permissions.all())
