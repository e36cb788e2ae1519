"""Visits are sold together, or not any more."""

from uuid import UUID

from django.db import IntegrityError, transaction

from kernel.actor import Actor
from kernel.errors import Conflict, NotAllowed
from marketplace.bookings.models import PackageOffer
from marketplace.bookings.queries.packages import package_offer
from marketplace.bookings.rules.packages import DoesNotFit, check_terms
from marketplace.catalog.models import Service, WorkerService
from marketplace.catalog.queries import worker_service
from marketplace.catalog.queries.terms import terms_of


class AlreadySold(Conflict):
    code = "package.sold_already"
    title = "Such a package is sold already. End that one first."


@transaction.atomic
def offer_package(
    *,
    by: Actor,
    worker_service_id: UUID,
    visits: int,
    price_minor: int,
    days: int,
    variant_id: UUID | None = None,
) -> PackageOffer:
    """Sell so many visits of a worker's service for one price; what is bought keeps its terms."""
    if not by.works_in_office:
        raise NotAllowed
    check_terms(visits=visits, price_minor=price_minor, days=days)
    offer = worker_service(worker_service_id)
    _check_sellable(offer, variant_id)
    try:
        with transaction.atomic():
            return PackageOffer.objects.create(
                worker_service=offer,
                variant_id=variant_id or _first_variant(offer),
                visits=visits,
                price_minor=price_minor,
                days=days,
            )
    except IntegrityError:
        raise AlreadySold from None


def _check_sellable(offer: WorkerService, variant_id: UUID | None) -> None:
    """A visit's price and worker must be known ahead: nothing counted, nobody to be found yet."""
    terms = terms_of(offer)
    known = {each.id for each in terms.variants}
    if offer.service.booking_mode not in (Service.INSTANT, Service.REQUEST):
        raise DoesNotFit
    if terms.pricing != "fixed" or (variant_id is not None and variant_id not in known):
        raise DoesNotFit


def _first_variant(offer: WorkerService) -> UUID | None:
    forms = terms_of(offer).variants
    return forms[0].id if forms else None


@transaction.atomic
def stop_package(*, by: Actor, offer_id: UUID) -> PackageOffer:
    """Sell a package no more; what was bought stays as it is."""
    if not by.works_in_office:
        raise NotAllowed
    found = package_offer(offer_id)
    found.active = False
    found.save(update_fields=["active"])
    return found
