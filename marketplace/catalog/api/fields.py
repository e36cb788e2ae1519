"""The API of a business's own questions, and of what people answer."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from kernel.actor import Role
from kernel.errors import NotFound
from marketplace.catalog.actions.answer import (
    answer_as_customer,
    answer_as_worker,
    answer_for_offer,
)
from marketplace.catalog.api.shapes import AnswersIn, FieldAnswerOut, FieldOut
from marketplace.catalog.queries import own_worker, service
from marketplace.catalog.queries.fields import BOTH_SIDES, answers_of, fields, fields_of_service
from marketplace.catalog.rules.custom_fields import TARGETS
from tenants.tenancy.access import actor_of

router = Router(tags=["catalog"])


@router.get("/fields/{target}", operation_id="fields", response=list[FieldOut], auth=None)
def list_fields(
    request: HttpRequest, target: str, service_id: UUID | None = None
) -> list[FieldOut]:
    """Return the questions about one kind of thing; of a service, those asked in its category."""
    if target not in TARGETS:
        raise NotFound(what="target")
    if service_id is None:
        rows = list(fields(target))
    else:
        rows = fields_of_service(service(service_id), target=target)
    return [FieldOut.of(row) for row in rows if row.visibility != "staff"]


@router.get("/workers/me/answers", operation_id="worker_answers", response=list[FieldAnswerOut])
def show_worker_answers(request: HttpRequest) -> list[FieldAnswerOut]:
    """Return what the worker who asks has answered."""
    worker = own_worker(actor_of(request, role=Role.WORKER))
    return _answers(worker.pk)


@router.put("/workers/me/answers", operation_id="answer_as_worker", response=list[FieldAnswerOut])
def put_worker_answers(request: HttpRequest, body: AnswersIn) -> list[FieldAnswerOut]:
    """Answer questions about oneself as a worker."""
    by = actor_of(request, role=Role.WORKER)
    answer_as_worker(by=by, given=body.answers, consents=body.consents)
    return _answers(own_worker(by).pk)


@router.put(
    "/workers/me/services/{uuid:service_id}/answers",
    operation_id="answer_for_offer",
    response=list[FieldAnswerOut],
)
def put_offer_answers(
    request: HttpRequest, service_id: UUID, body: AnswersIn
) -> list[FieldAnswerOut]:
    """Answer questions about a service that one offers."""
    by = actor_of(request, role=Role.WORKER)
    offer = answer_for_offer(
        by=by, service_id=service_id, given=body.answers, consents=body.consents
    )
    return _answers(offer.pk)


@router.put(
    "/customers/me/answers", operation_id="answer_as_customer", response=list[FieldAnswerOut]
)
def put_customer_answers(request: HttpRequest, body: AnswersIn) -> list[FieldAnswerOut]:
    """Answer questions about oneself as a customer."""
    by = actor_of(request, role=Role.CUSTOMER)
    member_id = answer_as_customer(by=by, given=body.answers, consents=body.consents)
    return _answers(member_id)


def _answers(subject_id: UUID) -> list[FieldAnswerOut]:
    return [
        FieldAnswerOut.of(each) for each in answers_of(subject_id, seen=BOTH_SIDES, sensitive=True)
    ]
