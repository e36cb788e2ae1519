"""Cash at a visit, for programs: noted by the worker, contested by the customer."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from kernel.money import LARGEST_MINOR, Money
from marketplace.bookings.access import customer_of, part_in
from marketplace.bookings.actions.note_cash import (
    contest_booked_cash,
    note_cash,
    report_short_cash,
)
from marketplace.bookings.models import Booking

router = Router(tags=["bookings"])


class CashIn(Schema):
    """The amount that the worker has in hand: the whole price."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=0, le=LARGEST_MINOR)


class ContestIn(Schema):
    """What was not right about it."""

    model_config = ConfigDict(extra="forbid")

    words: str = Field(min_length=1, max_length=200)


class ShortIn(Schema):
    """What the worker got, less than agreed, and what happened."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=0, le=LARGEST_MINOR)
    words: str = Field(min_length=1, max_length=150)


class VisitCashOut(Schema):
    """The cash of a visit: the price, what of it the worker owes to others, and how far it is."""

    booking_id: UUID
    currency: str
    total_minor: int
    owed_minor: int
    money: str


@router.post("/bookings/{booking_id}/cash", response=VisitCashOut, operation_id="note_cash")
def create_cash(request: HttpRequest, booking_id: UUID, body: CashIn) -> VisitCashOut:
    """Note, once the visit is over, that the worker has the cash. `money` becomes `captured` soon.

    Another amount than the price is refused (`cash.amount`): then the team has to be told.
    """
    by, booking = part_in(request, booking_id=booking_id)
    amount = Money(booking.currency, body.amount_minor)
    return _cash_out(note_cash(by=by, booking_id=booking.pk, amount=amount))


@router.post(
    "/bookings/{booking_id}/cash/contest", response=VisitCashOut, operation_id="contest_cash"
)
def create_contest(request: HttpRequest, booking_id: UUID, body: ContestIn) -> VisitCashOut:
    """Say as the customer that the cash was not as it was noted; somebody of the office looks."""
    by = customer_of(request)
    return _cash_out(contest_booked_cash(by=by, booking_id=booking_id, words=body.words))


@router.post(
    "/bookings/{booking_id}/cash/short", response=VisitCashOut, operation_id="report_short_cash"
)
def create_short(request: HttpRequest, booking_id: UUID, body: ShortIn) -> VisitCashOut:
    """Say as the worker, once the visit is over, that the cash was less than agreed.

    Nothing is booked; somebody of the office looks. The whole price or more is refused
    (`cash.not_short`), and cash that was confirmed already (`cash.noted`).
    """
    by, booking = part_in(request, booking_id=booking_id)
    got = Money(booking.currency, body.amount_minor)
    return _cash_out(report_short_cash(by=by, booking_id=booking.pk, got=got, words=body.words))


def _cash_out(booking: Booking) -> VisitCashOut:
    return VisitCashOut(
        booking_id=booking.pk,
        currency=booking.currency,
        total_minor=booking.total.minor,
        owed_minor=booking.cash_to_owe.minor,
        money=booking.money,
    )
