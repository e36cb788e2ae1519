"""The office changes what is on offer."""

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotAllowed
from kernel.events import publish
from marketplace.catalog.events import ServiceEdited
from marketplace.catalog.models import AddOn, Category, Service, Variant, Zone
from marketplace.catalog.rules.areas import Place, Polygon
from marketplace.catalog.rules.composition import ChoiceRefused
from marketplace.catalog.rules.durations import LONGEST_MINUTES, SHORTEST_MINUTES
from marketplace.catalog.rules.names import slug_of
from marketplace.catalog.rules.service_axes import (
    USUAL_MINUTES,
    check_axes,
    check_range,
    check_unit,
)
from marketplace.catalog.rules.services import ServiceInvalid, check_price, check_service
from marketplace.catalog.rules.tree import level_of
from tenants.tenancy.queries import here


class OfficeOnly(NotAllowed):
    """The catalogue is the tenant's."""

    code = "catalog.office_only"
    title = "Only the team may change what is on offer."


@transaction.atomic
def save_category(*, by: Actor, category: Category) -> Category:
    """Store a new or changed category, and show its services anew.

    What is inside it moves along; a place deeper than four levels is refused.
    """
    check_office(by)
    rows = Category.objects.select_for_update().order_by("pk")
    parents = dict(rows.values_list("pk", "parent_id"))
    category.level = level_of(category.pk, category.parent_id, parents)
    taken = Category.objects.exclude(pk=category.pk).values_list("slug", flat=True)
    category.slug = slug_of(category.slug or category.name, taken=set(taken))
    category.save()
    _move_along(category)
    for service_id in category.services.values_list("pk", flat=True):
        publish(ServiceEdited(service_id=str(service_id)), by=by)
    return category


def _move_along(category: Category) -> None:
    for child in category.children.exclude(level=category.level + 1):
        child.level = category.level + 1
        child.save(update_fields=["level"])
        _move_along(child)


@transaction.atomic
def save_service(*, by: Actor, service: Service) -> Service:
    """Store a new or changed service; prices already booked stay as they are."""
    check_office(by)
    service.unit_minutes = USUAL_MINUTES.get(service.unit, service.unit_minutes)
    counted = service.pricing == "per_unit"
    check_service(minutes=service.minutes, price_minor=service.price_minor, counted=counted)
    check_axes(service.axes)
    check_unit(service.pricing, service.counts)
    check_range(service.price_minor, service.price_min_minor, service.price_max_minor)
    taken = Service.objects.exclude(pk=service.pk).values_list("slug", flat=True)
    service.slug = slug_of(service.slug or service.name, taken=set(taken))
    service.currency = service.currency or here().currency
    service.save()
    publish(ServiceEdited(service_id=str(service.pk)), by=by)
    return service


@transaction.atomic
def save_variant(*, by: Actor, variant: Variant) -> Variant:
    """Store a new or changed variant; lists show the least of a service's prices and lengths."""
    check_office(by)
    service = Service.objects.select_for_update().get(pk=variant.service_id)
    shortest = 0 if service.pricing == "per_unit" else SHORTEST_MINUTES
    if not shortest <= variant.minutes <= LONGEST_MINUTES:
        raise ServiceInvalid(fields=["minutes"])
    check_price(variant.price_minor)
    variant.save()
    _show_least(service)
    publish(ServiceEdited(service_id=str(service.pk)), by=by)
    return variant


def _show_least(service: Service) -> None:
    """Keep the least length and price of a service's variants on it, and its limits around them."""
    found = list(service.variants.filter(active=True).values_list("minutes", "price_minor"))
    if not found:
        return
    prices = [price_minor for _minutes, price_minor in found]
    service.minutes, service.price_minor = min(minutes for minutes, _price in found), min(prices)
    if service.price_min_minor is not None:
        service.price_min_minor = min(service.price_min_minor, *prices)
    if service.price_max_minor is not None:
        service.price_max_minor = max(service.price_max_minor, *prices)
    service.save(update_fields=["minutes", "price_minor", "price_min_minor", "price_max_minor"])


@transaction.atomic
def save_add_on(*, by: Actor, add_on: AddOn) -> AddOn:
    """Store a new or changed extra of a service, for all of its variants or for some."""
    check_office(by)
    known = set(Variant.objects.filter(service_id=add_on.service_id).values_list("pk", flat=True))
    if not set(add_on.variant_ids) <= known:
        raise ChoiceRefused(fields=["variant_ids"])
    add_on.save()
    publish(ServiceEdited(service_id=str(add_on.service_id)), by=by)
    return add_on


@transaction.atomic
def save_zone(*, by: Actor, zone: Zone) -> Zone:
    """Store a new or changed part of town; who goes there is found anew."""
    check_office(by)
    if zone.border:
        Polygon(tuple(Place(latitude, longitude) for latitude, longitude in zone.border))
    taken = Zone.objects.exclude(pk=zone.pk).values_list("slug", flat=True)
    zone.slug = slug_of(zone.slug or zone.name, taken=set(taken))
    zone.save()
    return zone


def check_office(by: Actor) -> None:
    """Refuse everybody but the team."""
    if not by.works_in_office:
        raise OfficeOnly
