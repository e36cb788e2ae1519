"""Workers and customers answer what a business asks about them and what they offer."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.actions.approve_offer import (
    Description,
    answer_or_wait,
    describe_offer,
)
from marketplace.catalog.actions.keep_answers import keep_answers
from marketplace.catalog.events import WorkerEdited
from marketplace.catalog.models import Worker, WorkerService
from marketplace.catalog.queries import own_worker
from marketplace.catalog.queries.fields import fields_for, fields_of_worker


@transaction.atomic
def answer_as_worker(
    *, by: Actor, given: Mapping[str, object], consents: Collection[str] = ()
) -> Worker:
    """Keep what a worker answers about themselves; what is not mentioned stays."""
    worker = own_worker(by)
    fields = fields_of_worker(worker.pk)
    answer_or_wait(by=by, worker=worker, offer=None, fields=fields, given=given, consents=consents)
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
    said = Description(answers=given, consents=consents)
    return describe_offer(by=by, offer_id=offer.pk, said=said)


@transaction.atomic
def answer_as_customer(
    *, by: Actor, given: Mapping[str, object], consents: Collection[str] = ()
) -> UUID:
    """Keep what a customer answers about themselves; return whose answers these are."""
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotFound(what="customer")
    keep_answers(
        by=by,
        subject_id=by.member_id,
        fields=[each for each in fields_for("customer") if each.visibility != "staff"],
        given=given,
        consents=consents,
        partial=True,
    )
    return by.member_id
