"""Workers and customers answer what a business asks about them and what they offer."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.actions.keep_answers import keep_answers
from marketplace.catalog.events import WorkerEdited
from marketplace.catalog.models import CustomField, Worker, WorkerService
from marketplace.catalog.queries import own_worker
from marketplace.catalog.queries.fields import fields_for, fields_of_service, fields_of_worker


@transaction.atomic
def answer_as_worker(
    *, by: Actor, given: Mapping[str, object], consents: Collection[str] = ()
) -> Worker:
    """Keep what a worker answers about themselves; what is not mentioned stays."""
    worker = own_worker(by)
    _keep(by, worker.pk, fields_of_worker(worker.pk), given, consents)
    publish(WorkerEdited(worker_id=str(worker.pk)), by=by)
    return worker


@transaction.atomic
def answer_for_offer(
    *, by: Actor, service_id: UUID, given: Mapping[str, object], consents: Collection[str] = ()
) -> WorkerService:
    """Keep what a worker answers about a service they offer; what is not mentioned stays."""
    worker = own_worker(by)
    offers = WorkerService.objects.select_related("service")
    offer = offers.filter(worker=worker, service_id=service_id).first()
    if offer is None:
        raise NotFound(what="service")
    _keep(by, offer.pk, fields_of_service(offer.service, target="service"), given, consents)
    publish(WorkerEdited(worker_id=str(worker.pk)), by=by)
    return offer


@transaction.atomic
def answer_as_customer(
    *, by: Actor, given: Mapping[str, object], consents: Collection[str] = ()
) -> UUID:
    """Keep what a customer answers about themselves; return whose answers these are."""
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotFound(what="customer")
    _keep(by, by.member_id, fields_for("customer"), given, consents)
    return by.member_id


def _keep(
    by: Actor,
    subject_id: UUID,
    fields: list[CustomField],
    given: Mapping[str, object],
    consents: Collection[str],
) -> None:
    asked = [each for each in fields if each.visibility != "staff"]
    keep_answers(
        by=by, subject_id=subject_id, fields=asked, given=given, consents=consents, partial=True
    )
