"""A worker chooses what to offer, and at which price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.actions.approve_offer import submit, take_step
from marketplace.catalog.events import WorkerEdited
from marketplace.catalog.models import OfferedVariant, Service, Variant, Worker, WorkerService
from marketplace.catalog.rules.composition import ChoiceRefused
from marketplace.catalog.rules.offer_states import OfferState, OfferStep
from marketplace.catalog.rules.services import UnknownService, check_own_price
from marketplace.catalog.rules.worker_states import State


@dataclass(frozen=True, slots=True)
class VariantChoice:
    """Whether a worker offers a variant; without a price of their own the tenant's applies."""

    price_minor: int | None = None
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A service that a worker offers; without a price of their own the tenant's applies.

    Variants that are not named are offered as the tenant has them.
    """

    service_id: UUID
    price_minor: int | None = None
    variants: Mapping[UUID, VariantChoice] = field(default_factory=dict)


@transaction.atomic
def set_services(*, by: Actor, worker_id: UUID, choices: Sequence[Choice]) -> list[WorkerService]:
    """Publish exactly these services of a worker and hide the rest; repeating changes nothing."""
    worker = changeable_worker(by, worker_id)
    known = {row.pk: row for row in Service.objects.filter(active=True)}
    for choice in choices:
        if (service := known.get(choice.service_id)) is None:
            raise UnknownService(fields=["service_id"])
        _check_prices(service, choice)
    offered = {choice.service_id: choice for choice in choices}
    for left in worker.services.exclude(service_id__in=offered):
        _take_away(left, by)
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


def _check_prices(service: Service, choice: Choice) -> None:
    own = [choice.price_minor, *(each.price_minor for each in choice.variants.values())]
    for price_minor in own:
        if price_minor is not None:
            check_own_price(
                price_minor,
                workers_set_prices=service.workers_set_prices,
                low=service.price_min_minor,
                high=service.price_max_minor,
            )


def _publish(worker: Worker, choice: Choice, by: Actor) -> WorkerService:
    offer, _ = WorkerService.objects.get_or_create(worker=worker, service_id=choice.service_id)
    offer.price_minor = _set_variants(offer, choice)
    offer.save(update_fields=["price_minor"])
    return submit(by=by, offer=offer)


def _take_away(offer: WorkerService, by: Actor) -> None:
    """Hide what customers see, and take back what waits to be read."""
    step = {WorkerService.PUBLISHED: OfferStep.HIDE, WorkerService.PENDING: OfferStep.WITHDRAW}
    if (taken := step.get(OfferState(offer.state))) is not None:
        take_step(by=by, offer_id=offer.pk, step=taken)


def _set_variants(offer: WorkerService, choice: Choice) -> int | None:
    """Keep what a worker says about variants; return the price that lists show, if it is own."""
    known = {
        row.pk: row for row in Variant.objects.filter(service_id=offer.service_id, active=True)
    }
    said = choice.variants
    if not set(said) <= set(known) or (known and all(_left_out(said, key) for key in known)):
        raise ChoiceRefused(fields=["variants"])
    offer.variants.all().delete()
    OfferedVariant.objects.bulk_create(
        OfferedVariant(
            offer=offer, variant_id=key, offered=each.offered, price_minor=each.price_minor
        )
        for key, each in said.items()
    )
    if not said:
        return choice.price_minor
    return min(
        said[key].price_minor or row.price_minor if key in said else row.price_minor
        for key, row in known.items()
        if not _left_out(said, key)
    )


def _left_out(said: Mapping[UUID, VariantChoice], key: UUID) -> bool:
    return key in said and not said[key].offered
