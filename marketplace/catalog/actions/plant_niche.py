"""A new marketplace gets shelves, services and parts of town to begin with."""

from django.db import transaction

from marketplace.catalog.kinds.base import (
    Ask,
    Counted,
    Offer,
    Shelf,
    in_others,
    niche_for,
    price_minor,
    said,
)
from marketplace.catalog.kinds.cities import Quarter, quarters_of
from marketplace.catalog.models import AddOn, Category, CustomField, Service, Variant, Zone
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
    shelves = {}
    for position, shelf in enumerate(template.shelves):
        shelves[shelf.slug] = category = _plant_shelf(shelf, position, tenant)
        for place, offer in enumerate(shelf.offers):
            _plant_offer(offer, place, category, tenant)
    for position, ask in enumerate(template.asks):
        _plant_ask(ask, position, shelves.get(ask.shelf), tenant)
    _plant_zones(tenant)
    return len(template.offers)


def _plant_shelf(shelf: Shelf, position: int, tenant: Tenant) -> Category:
    return Category.objects.create(
        slug=shelf.slug,
        name=said(shelf.words, tenant.locale),
        texts=in_others(tenant.locale, name=shelf.words),
        icon=shelf.icon,
        position=position,
    )


def _plant_offer(offer: Offer, place: int, category: Category, tenant: Tenant) -> Service:
    service = Service.objects.create(
        category=category,
        slug=offer.slug,
        name=said(offer.words, tenant.locale),
        description=said(offer.about, tenant.locale),
        texts=in_others(tenant.locale, name=offer.words, description=offer.about),
        booking_mode=offer.mode,
        price_owner="tenant" if offer.mode == Service.DISPATCH else "worker",
        location=offer.location,
        completion=offer.completion,
        minutes=offer.minutes,
        price_minor=price_minor(offer.prices, tenant.currency),
        currency=tenant.currency,
        position=place,
        **({"pricing": "quoted"} if offer.quoted else _counted(offer.counted)),
    )
    Variant.objects.bulk_create(
        Variant(
            service=service,
            name=said(form.words, tenant.locale),
            texts=in_others(tenant.locale, name=form.words),
            minutes=form.minutes,
            price_minor=price_minor(form.prices, tenant.currency),
            position=number,
        )
        for number, form in enumerate(offer.forms)
    )
    AddOn.objects.bulk_create(
        AddOn(
            service=service,
            name=said(extra.words, tenant.locale),
            texts=in_others(tenant.locale, name=extra.words),
            price_minor=price_minor(extra.prices, tenant.currency),
            minutes=extra.minutes,
            position=number,
        )
        for number, extra in enumerate(offer.extras)
    )
    return service


def _counted(counted: Counted | None) -> dict[str, object]:
    if counted is None:
        return {}
    return {
        "pricing": "per_unit",
        "unit": counted.unit,
        "unit_min": counted.least,
        "unit_max": counted.most,
        "unit_minutes": counted.minutes,
    }


def _plant_ask(ask: Ask, position: int, category: Category | None, tenant: Tenant) -> CustomField:
    texts = in_others(tenant.locale, label=ask.words)
    if ask.consent is not None:
        for language, words in in_others(tenant.locale, consent=ask.consent).items():
            texts[language] |= words
    return CustomField.objects.create(
        target=ask.target,
        code=ask.code,
        kind=ask.kind,
        label=said(ask.words, tenant.locale),
        texts=texts,
        options=[
            {
                "value": value,
                "label": said(words, tenant.locale),
                "texts": {
                    language: named["label"]
                    for language, named in in_others(tenant.locale, label=words).items()
                },
            }
            for value, words in ask.options
        ],
        category=category,
        filterable=ask.filterable,
        visibility="protected" if ask.consent or ask.target == "booking" else "public",
        sensitive=ask.consent is not None,
        consent=said(ask.consent, tenant.locale) if ask.consent else "",
        position=position,
    )


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
