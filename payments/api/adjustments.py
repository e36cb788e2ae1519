"""Corrections of the books, for programs of the office."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kernel.idempotency import made_once
from kernel.money import LARGEST_MINOR, Money
from kernel.paging import page_of
from payments.actions.correct_books import ask_to_adjust, confirm_adjustment, refuse_adjustment
from payments.api.keys import Key
from payments.models import Adjustment
from payments.queries.adjustments import adjustments
from tenants.tenancy.access import office_actor_of
from tenants.tenancy.queries import here

router = Router(tags=["money"])
Account = Literal["psp_pending", "psp_available", "bank", "recon_difference"]


class AdjustmentIn(Schema):
    """Which account gets how much from which other, and why."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=1, le=LARGEST_MINOR)
    debit: Account
    credit: Account
    reason: str = Field(min_length=10, max_length=1000)


class AdjustmentOut(Schema):
    """A correction: asked for, booked, or refused."""

    id: UUID
    state: str
    currency: str
    amount_minor: int
    debit: str
    credit: str
    reason: str
    asked_by_id: UUID
    asked_at: datetime
    decided_by_id: UUID | None
    decided_at: datetime | None
    entry_id: UUID | None


class AdjustmentPage(Schema):
    """A page of corrections, newest first."""

    items: list[AdjustmentOut]
    next_cursor: str | None


def _adjustment(row: Adjustment) -> AdjustmentOut:
    return AdjustmentOut(**{name: getattr(row, name) for name in AdjustmentOut.model_fields})


@router.get("/ledger/adjustments", response=AdjustmentPage, operation_id="list_adjustments")
def list_adjustments(request: HttpRequest, cursor: str = "") -> AdjustmentPage:
    """List corrections of the books, newest first."""
    rows, following = page_of(adjustments(office_actor_of(request)), cursor)
    return AdjustmentPage(items=[_adjustment(row) for row in rows], next_cursor=following)


@router.post(
    "/ledger/adjustments", response={201: AdjustmentOut}, operation_id="ask_for_adjustment"
)
def ask_for_adjustment(
    request: HttpRequest,
    asked: AdjustmentIn,
    idempotency_key: Key = "",
) -> Status[Any]:
    """Ask for a correction. Nothing is booked before somebody else confirms it."""
    by = office_actor_of(request)

    def make() -> AdjustmentOut:
        row = ask_to_adjust(
            by=by,
            amount=Money(here().currency, asked.amount_minor),
            debit=asked.debit,
            credit=asked.credit,
            reason=asked.reason,
            key=f"{by.member_id}:{idempotency_key}",
        )
        return _adjustment(row)

    seen, operation = asked.model_dump(), "ask_for_adjustment"
    return Status(
        *made_once(by=by, key=idempotency_key, operation=operation, asked=seen, make=make)
    )


@router.post(
    "/ledger/adjustments/{adjustment_id}/confirm",
    response=AdjustmentOut,
    operation_id="confirm_adjustment",
)
def confirm(request: HttpRequest, adjustment_id: UUID) -> AdjustmentOut:
    """Book a correction that somebody else asked for. Safe to repeat."""
    by = office_actor_of(request)
    return _adjustment(confirm_adjustment(by=by, adjustment_id=adjustment_id))


@router.post(
    "/ledger/adjustments/{adjustment_id}/refuse",
    response=AdjustmentOut,
    operation_id="refuse_adjustment",
)
def refuse(request: HttpRequest, adjustment_id: UUID) -> AdjustmentOut:
    """Leave the books as they are. Safe to repeat."""
    by = office_actor_of(request)
    return _adjustment(refuse_adjustment(by=by, adjustment_id=adjustment_id))
