"""What customers' banks take back, for programs of the office."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from kernel.paging import page_of
from payments.actions.accept_dispute import accept_dispute
from payments.actions.send_evidence import hand_in_evidence
from payments.models import Dispute
from payments.queries.disputes import all_disputes, dispute_by
from tenants.tenancy.access import office_actor_of

router = Router(tags=["money"])


class DisputeOut(Schema):
    """A dispute, or a warning of one, and how it stands."""

    id: UUID
    payment_id: UUID
    reference: str
    kind: str
    state: str
    cause: str
    currency: str
    amount_minor: int
    fee_minor: int
    fault: str
    evidence: str
    evidence_asked_at: datetime | None
    accept_asked_at: datetime | None
    due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None


class DisputePage(Schema):
    """A page of disputes, newest first."""

    items: list[DisputeOut]
    next_cursor: str | None


class EvidenceIn(Schema):
    """Our side, for the bank."""

    model_config = ConfigDict(extra="forbid")

    words: str = Field(min_length=10, max_length=15_000)


class AcceptIn(Schema):
    """That the customer keeps the money; it cannot be undone."""

    model_config = ConfigDict(extra="forbid")

    confirm: bool


_SAME = (
    *("id", "payment_id", "kind", "state", "cause", "currency", "amount_minor", "fee_minor"),
    *("fault", "evidence", "evidence_asked_at", "accept_asked_at", "due_at", "opened_at"),
    "closed_at",
)


def _dispute(row: Dispute) -> DisputeOut:
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return DisputeOut(reference=row.payment.reference, **same)


@router.get("/disputes", response=DisputePage, operation_id="list_disputes")
def list_disputes(request: HttpRequest, cursor: str = "") -> DisputePage:
    """List disputes and warnings of fraud, newest first."""
    rows, following = page_of(all_disputes(office_actor_of(request)), cursor)
    return DisputePage(items=[_dispute(row) for row in rows], next_cursor=following)


@router.get("/disputes/{dispute_id}", response=DisputeOut, operation_id="get_dispute")
def get_dispute(request: HttpRequest, dispute_id: UUID) -> DisputeOut:
    """Show one dispute with the evidence as it is drafted or was sent."""
    return _dispute(dispute_by(office_actor_of(request), dispute_id))


@router.post(
    "/disputes/{dispute_id}/evidence", response=DisputeOut, operation_id="send_dispute_evidence"
)
def send_dispute_evidence(request: HttpRequest, dispute_id: UUID, said: EvidenceIn) -> DisputeOut:
    """Send our side to the customer's bank. There is one try."""
    by = office_actor_of(request)
    return _dispute(hand_in_evidence(by=by, dispute_id=dispute_id, words=said.words))


@router.post("/disputes/{dispute_id}/accept", response=DisputeOut, operation_id="accept_dispute")
def accept(request: HttpRequest, dispute_id: UUID, said: AcceptIn) -> DisputeOut:
    """Do not contest a dispute: the customer keeps the money. Safe to repeat."""
    by = office_actor_of(request)
    return _dispute(accept_dispute(by=by, dispute_id=dispute_id, confirmed=said.confirm))
