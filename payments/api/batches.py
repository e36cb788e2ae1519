"""Bank transfers to workers, for programs of the office: made, looked at, sent, answered."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from kernel.actor import Actor
from kernel.errors import NotFound
from payments.actions.answer_transfer import mark_paid, mark_rejected
from payments.actions.approve_batch import approve_batch, export_batch
from payments.actions.import_answer import import_answer
from payments.actions.make_batch import drop_batch, make_batch
from payments.models import Batch, BatchLine
from payments.queries.bank import batch_of, batches, draft_file, lines_of
from payments.rules.bank_files import sha256
from payments.rules.batches import DRAFT
from tenants.tenancy.access import demand_proof, office_actor_of
from tenants.tenancy.actions.take_upload import take_upload

router = Router(tags=["money"])
PAGE = 50
FILE = {200: {"content": {"text/plain": {"schema": {"type": "string", "format": "binary"}}}}}


class TransferOut(Schema):
    """One worker's transfer: to whom, how much, and what the bank said of it."""

    id: UUID
    cash_out_id: UUID
    worker: str
    destination: str
    reference: str
    amount_minor: int
    state: str
    left_out: str
    tracking_key: str
    failure: str


class BatchOut(Schema):
    """A batch of transfers. `sha256` is of its file: of a draft as it would be at this moment."""

    id: UUID
    state: str
    currency: str
    count: int
    total_minor: int
    sha256: str
    made_at: datetime
    approved_at: datetime | None
    exported_at: datetime | None
    reconciled_at: datetime | None


class BatchWhole(BatchOut):
    """A batch with its lines, in the order of its file."""

    lines: list[TransferOut]


class ApproveIn(Schema):
    """The fingerprint of the file that was looked at."""

    model_config = ConfigDict(extra="forbid")

    sha256: str = Field(min_length=64, max_length=64)


class RejectedIn(Schema):
    """Why the bank refused a transfer or sent it back, in its own code or words."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=80)


class AnswerOut(Schema):
    """A bank's answer as it was read; what fits nothing waits among the questions about money."""

    id: UUID
    sha256: str
    lines: int
    unmatched: int


@router.get("/batches", response=list[BatchOut], operation_id="list_batches")
def list_batches(request: HttpRequest) -> list[BatchOut]:
    """List the newest fifty batches."""
    return [BatchOut(**_facts(each)) for each in batches(office_actor_of(request))[:PAGE]]


@router.post("/batches", response={201: BatchWhole}, operation_id="make_batch")
def create_batch(request: HttpRequest) -> Status[BatchWhole]:
    """Put all cash-outs that wait for a transfer into a draft; needs `batch_make`."""
    by = office_actor_of(request)
    return Status(201, _whole(by, make_batch(by=by).pk))


@router.get("/batches/{batch_id}", response=BatchWhole, operation_id="get_batch")
def get_batch(request: HttpRequest, batch_id: UUID) -> BatchWhole:
    """Return one batch; of a draft, `left_out` says which lines would not be paid, and why."""
    return _whole(office_actor_of(request), batch_id)


@router.post("/batches/{batch_id}/drop", response=BatchWhole, operation_id="drop_batch")
def create_drop(request: HttpRequest, batch_id: UUID) -> BatchWhole:
    """Give a draft up; its cash-outs wait for the next one. Needs `batch_make`."""
    by = office_actor_of(request)
    drop_batch(by=by, batch_id=batch_id)
    return _whole(by, batch_id)


@router.post("/batches/{batch_id}/approve", response=BatchWhole, operation_id="approve_batch")
def create_approval(request: HttpRequest, batch_id: UUID, body: ApproveIn) -> BatchWhole:
    """Approve exactly the file that was looked at; needs `batch_check`.

    Its maker cannot (403 `batch.maker`), unless nobody else could and ten minutes have passed. A
    file that is another by now is refused (409 `batch.changed`). Who signed in more than five
    minutes ago proves first who they are.
    """
    by = office_actor_of(request)
    demand_proof(request, back=reverse("payments_batch", args=[batch_id]))
    approve_batch(by=by, batch_id=batch_id, seen=body.sha256)
    return _whole(by, batch_id)


@router.post(
    "/batches/{batch_id}/file", operation_id="export_batch", openapi_extra={"responses": FILE}
)
def create_file(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Hand out the file for the bank: the same bytes every time. Needs `batch_make` and a proof."""
    by = office_actor_of(request)
    demand_proof(request, back=reverse("payments_batch", args=[batch_id]))
    content = export_batch(by=by, batch_id=batch_id)
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@router.post(
    "/batches/{batch_id}/lines/{line_id}/paid",
    response=TransferOut,
    operation_id="mark_transfer_paid",
)
def create_paid(
    request: HttpRequest,
    batch_id: UUID,
    line_id: UUID,
    tracking_key: Annotated[str, Form(max_length=60)],
    receipt: Annotated[UploadedFile, File()],
) -> TransferOut:
    """Note that a transfer has arrived, with the bank's key and receipt; needs `batch_check`.

    A key that another transfer has is refused (409 `bank.tracking_key_used`).
    """
    by = office_actor_of(request)
    demand_proof(request, back=reverse("payments_batch", args=[batch_id]))
    _line_in(by, batch_id, line_id)
    kept = take_upload(by=by, upload=receipt, purpose="bank_receipt", kinds=("image", "pdf"))
    mark_paid(by=by, line_id=line_id, tracking_key=tracking_key, receipt=kept)
    return _line(_line_in(by, batch_id, line_id))


@router.post(
    "/batches/{batch_id}/lines/{line_id}/rejected",
    response=TransferOut,
    operation_id="mark_transfer_rejected",
)
def create_rejected(
    request: HttpRequest, batch_id: UUID, line_id: UUID, body: RejectedIn
) -> TransferOut:
    """Note that the bank refused a transfer or sent it back; needs `batch_check`.

    The money is in the worker's wallet again, and the account is used no more until it is mended.
    """
    by = office_actor_of(request)
    demand_proof(request, back=reverse("payments_batch", args=[batch_id]))
    _line_in(by, batch_id, line_id)
    mark_rejected(by=by, line_id=line_id, reason=body.reason)
    return _line(_line_in(by, batch_id, line_id))


@router.post("/bank-answers", response={201: AnswerOut}, operation_id="import_bank_answer")
def create_answer(
    request: HttpRequest, answer: Annotated[UploadedFile, File()]
) -> Status[AnswerOut]:
    """Read a bank's answer or statement; the same file counts once. Needs `batch_check`."""
    by = office_actor_of(request)
    demand_proof(request, back=reverse("payments_batches"))
    row = import_answer(by=by, content=answer.read())
    told = AnswerOut(id=row.pk, sha256=row.sha256, lines=row.lines, unmatched=row.unmatched)
    return Status(201, told)


def _line_in(by: Actor, batch_id: UUID, line_id: UUID) -> BatchLine:
    line = lines_of(batch_of(by, batch_id)).filter(pk=line_id).first()
    if line is None:
        raise NotFound(what="transfer")
    return line


def _whole(by: Actor, batch_id: UUID) -> BatchWhole:
    batch = batch_of(by, batch_id)
    content, _, left_out = draft_file(batch) if batch.state == DRAFT else (b"", [], {})
    facts = _facts(batch) | ({"sha256": sha256(content)} if content else {})
    lines = [_line(each, left_out.get(each.pk, "")) for each in lines_of(batch)]
    return BatchWhole(lines=lines, **facts)


def _facts(batch: Batch) -> dict[str, Any]:
    same = ("state", "currency", "count", "total_minor", "sha256", "made_at", "approved_at")
    more = ("exported_at", "reconciled_at")
    return {"id": batch.pk} | {name: getattr(batch, name) for name in (*same, *more)}


def _line(line: BatchLine, left_out: str = "") -> TransferOut:
    payout = line.payout
    same = ("id", "reference", "amount_minor", "state", "tracking_key", "failure")
    return TransferOut(
        cash_out_id=payout.pk,
        worker=payout.payee.member.user.public_name,
        destination=payout.destination,
        left_out=left_out,
        **{name: getattr(line, name) for name in same},
    )
