"""A worker chooses what to offer, and at which price."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.events import ServicePublished, WorkerEdited
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.catalog.rules.services import UnknownService, check_price
from marketplace.catalog.rules.worker_states import State


@dataclass(frozen=True, slots=True)
class Choice:
    """A service that a worker offers; without a price of their own the tenant's applies."""

    service_id: UUID
    price_minor: int | None = None


@transaction.atomic
def set_services(*, by: Actor, worker_id: UUID, choices: Sequence[Choice]) -> list[WorkerService]:
    """Publish exactly these services of a worker and hide the rest; repeating changes nothing."""
    worker = changeable_worker(by, worker_id)
    known = set(Service.objects.filter(active=True).values_list("pk", flat=True))
    for choice in choices:
        if choice.service_id not in known:
            raise UnknownService(fields=["service_id"])
        if choice.price_minor is not None:
            check_price(choice.price_minor)
    offered = {choice.service_id: choice for choice in choices}
    worker.services.exclude(service_id__in=offered).update(state=WorkerService.HIDDEN)
    published = [_publish(worker, choice, by) for choice in offered.values()]
    publish(WorkerEdited(worker_id=str(worker.pk)), by=by)
    return published


def changeable_worker(by: Actor, worker_id: UUID) -> Worker:
    """Return a worker, locked, for whoever may change them: themselves or the office."""
    workers = Worker.objects.select_for_update().exclude(state__in=(State.LEFT, State.REJECTED))
    if not by.works_in_office:
        workers = workers.filter(member_id=by.member_id)
    if (worker := workers.filter(pk=worker_id).first()) is None:
        raise NotFound(what="worker")
    return worker


def _publish(worker: Worker, choice: Choice, by: Actor) -> WorkerService:
    offer, _ = WorkerService.objects.get_or_create(worker=worker, service_id=choice.service_id)
    newly = offer.state != WorkerService.PUBLISHED
    offer.state, offer.price_minor = WorkerService.PUBLISHED, choice.price_minor
    offer.save(update_fields=["state", "price_minor"])
    if newly:
        fact = ServicePublished(worker_id=str(worker.pk), worker_service_id=str(offer.pk))
        publish(fact, by=by)
    return offer
