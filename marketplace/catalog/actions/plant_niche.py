"""A new marketplace gets shelves, services and parts of town to begin with."""

from django.db import transaction

from kernel.actor import SYSTEM
from kernel.events import publish
from marketplace.catalog.events import ServiceEdited
from marketplace.catalog.kinds.base import Offer, Shelf, niche_for, price_minor, said
from marketplace.catalog.kinds.cities import Quarter, quarters_of
from marketplace.catalog.models import AddOn, Category, Service, Zone
from marketplace.catalog.rules.names import slug_of
from tenants.tenancy.models import Tenant
from tenants.tenancy.queries import here


@transaction.atomic
def plant_niche(*, niche: str) -> int:
    """Plant a niche's categories, services and zones in the tenant's language and currency.

    Only where nothing grows yet: what an owner has is never touched. Return how many services.
    """
    if Category.objects.exists() or Service.objects.exists():
        return 0
    tenant = here()
    template = niche_for(niche)
    for position, shelf in enumerate(template.shelves):
        category = _plant_shelf(shelf, position, tenant)
        for place, offer in enumerate(shelf.offers):
            _plant_offer(offer, place, category, tenant)
    _plant_zones(tenant)
    return len(template.offers)


def _plant_shelf(shelf: Shelf, position: int, tenant: Tenant) -> Category:
    return Category.objects.create(
        slug=shelf.slug,
        name=said(shelf.words, tenant.locale),
        icon=shelf.icon,
        position=position,
    )


def _plant_offer(offer: Offer, place: int, category: Category, tenant: Tenant) -> Service:
    service = Service.objects.create(
        category=category,
        slug=offer.slug,
        name=said(offer.words, tenant.locale),
        description=said(offer.about, tenant.locale),
        booking_mode=offer.mode,
        minutes=offer.minutes,
        price_minor=price_minor(offer.prices, tenant.currency),
        currency=tenant.currency,
        position=place,
    )
    AddOn.objects.bulk_create(
        AddOn(
            service=service,
            name=said(extra.words, tenant.locale),
            price_minor=price_minor(extra.prices, tenant.currency),
            minutes=extra.minutes,
            position=number,
        )
        for number, extra in enumerate(offer.extras)
    )
    publish(ServiceEdited(service_id=str(service.pk)), by=SYSTEM)
    return service


def _plant_zones(tenant: Tenant) -> None:
    if Zone.objects.exists():
        return
    known = quarters_of(tenant.city)
    if not known and tenant.latitude is not None and tenant.longitude is not None:
        known = (Quarter(tenant.city or tenant.name, tenant.latitude, tenant.longitude),)
    Zone.objects.bulk_create(
        Zone(
            slug=slug_of(each.name),
            name=each.name,
            latitude=each.latitude,
            longitude=each.longitude,
            position=number,
        )
        for number, each in enumerate(known)
    )
