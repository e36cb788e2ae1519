"""Money that goes back or rests, for programs of the office."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kernel.idempotency import made_once
from kernel.money import LARGEST_MINOR, Money
from payments.actions.decide_refund import decide_refund
from payments.actions.let_rest import give_back_early, let_rest
from payments.api.keys import Key
from payments.models import Hold, Refund
from payments.queries import payment_of
from payments.queries.going_back import refundable, refunds_for
from tenants.tenancy.access import office_actor_of
from tenants.tenancy.queries import here

router = Router(tags=["money"])
Minor = Annotated[int, Field(ge=0, le=LARGEST_MINOR)]


class RefundIn(Schema):
    """What goes back, whose fault it was, and why."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: Minor
    with_tip: bool = False
    tip_in_error: bool = False
    fault: Literal["worker", "customer", "platform", "none"] = "none"
    reason: str = Field(min_length=10, max_length=1000)


class RefundOut(Schema):
    """A refund, and who bears it."""

    id: UUID
    payment_id: UUID
    state: str
    currency: str
    amount_minor: int
    tip_minor: int
    fault: str
    borne_minor: dict[str, int]
    owed_minor: int
    failure: str
    made_at: datetime
    succeeded_at: datetime | None


class HoldIn(Schema):
    """How much of a worker's money rests, how long, and why."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=1, le=LARGEST_MINOR)
    days: int = Field(ge=1, le=14)
    reason: str = Field(min_length=10, max_length=1000)
    reference: str = Field(default="", max_length=120)


class ReleaseIn(Schema):
    """Why something rests no longer."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=10, max_length=1000)


class HoldOut(Schema):
    """Money that rests."""

    id: UUID
    reason: str
    note: str
    currency: str
    asked_minor: int
    amount_minor: int
    remaining_minor: int
    until: datetime | None


def _refund(made: Refund) -> RefundOut:
    return RefundOut(
        id=made.pk,
        payment_id=made.payment_id,
        state=made.state,
        currency=made.currency,
        amount_minor=made.amount_minor,
        tip_minor=made.tip_minor,
        fault=made.fault,
        borne_minor={name: amount.minor for name, amount in made.borne.items()},
        owed_minor=made.owed_minor,
        failure=made.failure,
        made_at=made.made_at,
        succeeded_at=made.succeeded_at,
    )


def _hold(hold: Hold) -> HoldOut:
    return HoldOut(
        id=hold.pk,
        reason=hold.reason,
        note=hold.note,
        currency=hold.currency,
        asked_minor=hold.asked_minor,
        amount_minor=hold.amount_minor,
        remaining_minor=hold.remaining_minor,
        until=hold.until,
    )


@router.post(
    "/payments/{payment_id}/refunds", response={201: RefundOut}, operation_id="refund_payment"
)
def refund_payment(
    request: HttpRequest, payment_id: UUID, asked: RefundIn, idempotency_key: Key = ""
) -> Status[Any]:
    """Give money back. The same Idempotency-Key gets the same answer and gives nothing twice."""
    by = office_actor_of(request)
    payment, _left, tip = refundable(by, payment_id)

    def make() -> RefundOut:
        made = decide_refund(
            by=by,
            payment_id=payment_id,
            amount=Money(payment.currency, asked.amount_minor),
            tip=tip if asked.with_tip else Money(payment.currency, 0),
            fault=asked.fault,
            reason=asked.reason,
            key=f"{by.member_id}:{idempotency_key}"[:200],
            tip_in_error=asked.tip_in_error,
        )
        return _refund(made)

    seen, operation = {"payment": payment_id, **asked.model_dump()}, "refund_payment"
    return Status(
        *made_once(by=by, key=idempotency_key, operation=operation, asked=seen, make=make)
    )


@router.get("/payments/{payment_id}/refunds", response=list[RefundOut], operation_id="list_refunds")
def list_refunds(request: HttpRequest, payment_id: UUID) -> list[RefundOut]:
    """List what went back of one payment, newest first."""
    rows = refunds_for(office_actor_of(request))
    return [_refund(each) for each in rows.filter(payment=payment_of(payment_id))]


@router.post("/workers/{member_id}/holds", response={201: HoldOut}, operation_id="hold_money")
def hold_money(
    request: HttpRequest, member_id: UUID, asked: HoldIn, idempotency_key: Key = ""
) -> Status[Any]:
    """Let up to an amount of a worker's money rest for some days; the worker reads the reason."""
    by = office_actor_of(request)

    def make() -> HoldOut:
        hold = let_rest(
            by=by,
            member_id=member_id,
            amount=Money(here().currency, asked.amount_minor),
            days=asked.days,
            reason=asked.reason,
            reference=asked.reference,
            key=idempotency_key,
        )
        return _hold(hold)

    seen, operation = {"member": member_id, **asked.model_dump()}, "hold_money"
    return Status(
        *made_once(by=by, key=idempotency_key, operation=operation, asked=seen, make=make)
    )


@router.post("/holds/{hold_id}/release", response=HoldOut, operation_id="release_hold")
def release_money(request: HttpRequest, hold_id: UUID, said: ReleaseIn) -> HoldOut:
    """Give back what rests before its time; the reason is kept. Safe to repeat."""
    by = office_actor_of(request)
    return _hold(give_back_early(by=by, hold_id=hold_id, reason=said.reason))
