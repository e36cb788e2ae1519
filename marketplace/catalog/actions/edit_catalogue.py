"""The office changes what is on offer."""

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotAllowed
from kernel.events import publish
from marketplace.catalog.events import ServiceEdited
from marketplace.catalog.models import AddOn, Category, Service, Zone
from marketplace.catalog.rules.names import slug_of
from marketplace.catalog.rules.services import check_service
from tenants.tenancy.queries import here


class OfficeOnly(NotAllowed):
    """The catalogue is the tenant's."""

    code = "catalog.office_only"
    title = "Only the team may change what is on offer."


@transaction.atomic
def save_category(*, by: Actor, category: Category) -> Category:
    """Store a new or changed category, and show its services anew."""
    _check_office(by)
    taken = Category.objects.exclude(pk=category.pk).values_list("slug", flat=True)
    category.slug = slug_of(category.slug or category.name, taken=set(taken))
    category.save()
    for service_id in category.services.values_list("pk", flat=True):
        publish(ServiceEdited(service_id=str(service_id)), by=by)
    return category


@transaction.atomic
def save_service(*, by: Actor, service: Service) -> Service:
    """Store a new or changed service; prices already booked stay as they are."""
    _check_office(by)
    check_service(minutes=service.minutes, price_minor=service.price_minor)
    taken = Service.objects.exclude(pk=service.pk).values_list("slug", flat=True)
    service.slug = slug_of(service.slug or service.name, taken=set(taken))
    service.currency = service.currency or here().currency
    service.save()
    publish(ServiceEdited(service_id=str(service.pk)), by=by)
    return service


@transaction.atomic
def save_add_on(*, by: Actor, add_on: AddOn) -> AddOn:
    """Store a new or changed extra of a service."""
    _check_office(by)
    add_on.save()
    return add_on


@transaction.atomic
def save_zone(*, by: Actor, zone: Zone) -> Zone:
    """Store a new or changed part of town."""
    _check_office(by)
    taken = Zone.objects.exclude(pk=zone.pk).values_list("slug", flat=True)
    zone.slug = slug_of(zone.slug or zone.name, taken=set(taken))
    zone.save()
    return zone


def _check_office(by: Actor) -> None:
    if not by.works_in_office:
        raise OfficeOnly
