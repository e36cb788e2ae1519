"""Say how a service may be booked in time: the tenant for all, a worker for their own."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.events import ServiceEdited
from marketplace.catalog.models import Service
from marketplace.catalog.queries import all_offers_of, own_worker
from marketplace.matching.events import CalendarChanged
from marketplace.matching.models import OwnTimes, ServiceTimes
from marketplace.matching.queries.times import COLUMNS, OF_SERVICE
from marketplace.matching.rules.times import OfficeOnly, TimesInvalid, check_times


@transaction.atomic
def set_own_times(*, by: Actor, offer_id: UUID, values: Mapping[str, object]) -> OwnTimes:
    """Replace what a worker says about an offer; what is not given, the tenant decides."""
    _check(values, COLUMNS)
    worker = own_worker(by)
    offer = all_offers_of(worker.pk).filter(pk=offer_id).first()
    if offer is None:
        raise NotFound(what="offer")
    said = {name: values.get(name) for name in COLUMNS}
    row, _ = OwnTimes.objects.update_or_create(offer=offer, defaults=said)
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)
    return row


@transaction.atomic
def set_service_times(*, by: Actor, service_id: UUID, values: Mapping[str, object]) -> ServiceTimes:
    """Replace what the tenant says about a service; what is not given is the usual."""
    if not by.works_in_office:
        raise OfficeOnly
    _check(values, OF_SERVICE)
    service = Service.objects.filter(pk=service_id).first()
    if service is None:
        raise NotFound(what="service")
    fixed = {"room": "exclusive", "request_blocks_slot": True, "travel": False}
    said = {name: values.get(name, fixed.get(name)) for name in OF_SERVICE}
    row, _ = ServiceTimes.objects.update_or_create(service=service, defaults=said)
    publish(ServiceEdited(service_id=str(service.pk)), by=by)
    return row


def _check(values: Mapping[str, object], known: tuple[str, ...]) -> None:
    if unknown := sorted(set(values) - set(known)):
        raise TimesInvalid(fields=unknown)
    check_times(values)
