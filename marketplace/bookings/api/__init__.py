"""Quotes and bookings, for programs."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from kernel.actor import Actor, Role
from kernel.errors import Invalid
from kernel.idempotency import once
from kernel.money import Money
from marketplace.bookings.access import customer_of, part_in
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import Wish, make_quote
from marketplace.bookings.actions.take_step import Facts, Outcome, preview_step, take_step
from marketplace.bookings.actions.tip_later import tip_later
from marketplace.bookings.api.cash import router as cash
from marketplace.bookings.models import Booking, Quote
from marketplace.bookings.queries import bookings_of, credit_for, office_bookings, sheet_of
from payments.rules.blocks import PARTS
from tenants.tenancy.access import actor_of, office_actor_of

router = Router(tags=["bookings"])
router.add_router("", cash)
PAGE = 50


class CursorUnknown(Invalid):
    code = "bookings.cursor"
    title = "This cursor is not one of ours."


class MoneyOut(Schema):
    """An amount in minor units of a currency."""

    amount_minor: int
    currency: str


class LineOut(Schema):
    """One line of a price."""

    kind: str
    code: str
    label: str
    unit_minor: int
    quantity: int
    amount_minor: int
    taxable: bool
    commissionable: bool
    liable: str


class PriceOut(Schema):
    """A price: its lines, its six parts, and their sum."""

    currency: str
    lines: list[LineOut]
    worker_minor: int
    tip_minor: int
    tenant_minor: int
    platform_minor: int
    processor_minor: int
    tax_minor: int
    total_minor: int


class QuoteIn(Schema):
    """What somebody would like. Prices are worked out here, never sent."""

    model_config = ConfigDict(extra="forbid")

    worker_service_id: UUID
    starts_at: datetime
    address: str = Field(min_length=1, max_length=300)
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    note: str = Field(default="", max_length=500)
    add_ons: dict[UUID, int] = Field(default_factory=dict)
    tip_minor: int = Field(default=0, ge=0)
    pay_in: Literal["card", "cash"] = "card"


class QuoteOut(Schema):
    """A price that stands for fifteen minutes, with the slot held."""

    id: UUID
    hash: str
    service: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    policy: str
    pay_in: str
    price: PriceOut
    credit_minor: int
    to_pay_minor: int
    expires_at: datetime


class BookingIn(Schema):
    """A quote to book. The price is the quote's; credits pay for the work unless declined."""

    model_config = ConfigDict(extra="forbid")

    quote_id: UUID
    with_credit: bool = True


class BookingOut(Schema):
    """A booking as the caller may see it now. What is null is not theirs to see, or not yet."""

    id: UUID
    code: str
    role: str
    state: str
    money: str
    pay_in: str
    version: int
    mode: str
    service: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    with_whom: str
    price: PriceOut
    credit_minor: int | None
    to_pay_minor: int | None
    net_pay: MoneyOut
    refund: MoneyOut
    policy: str
    kept_bp: int | None
    actions: list[str]
    pay_path: str | None
    latitude: float | None
    longitude: float | None
    address: str | None
    note: str | None
    visit_code: str | None
    start_pin: str | None
    visit_link: str | None
    reason: str
    check_out_note: str
    stamps: dict[str, datetime]


class BookingPage(Schema):
    """A page of bookings, latest visit first."""

    items: list[BookingOut]
    next_cursor: str | None


class StepIn(Schema):
    """What comes with a step; each step takes what it needs."""

    model_config = ConfigDict(extra="forbid")

    expected_version: int | None = None
    reason: str = Field(default="", max_length=300)
    pin: str = Field(default="", max_length=12)
    note: str = Field(default="", max_length=1000)
    rate_bp: int | None = Field(default=None, ge=0, le=10_000)


class ProblemOut(Schema):
    """Why something was refused."""

    type: str
    title: str
    status: int
    details: dict[str, Any]


class TipIn(Schema):
    """A tip after the job: all of it goes to whoever did it."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=1)
    with_saved_card: bool = False


class TipOut(Schema):
    """A tip on its way; `pay_path` is where it is paid, if it is not paid by itself."""

    payment_id: UUID
    state: str
    pay_path: str


@router.post("/quotes", response={201: QuoteOut}, operation_id="make_quote")
def create_quote(request: HttpRequest, body: QuoteIn) -> Status[QuoteOut]:
    """Ask what a job would cost, and hold its slot for fifteen minutes."""
    quote = make_quote(by=customer_of(request), wish=Wish(**body.dict(), source="api"))
    return Status(201, _quote_out(quote))


@router.post("/bookings", response={201: BookingOut}, operation_id="book")
def create_booking(
    request: HttpRequest,
    body: BookingIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[Any]:
    """Book a quote; `pay_path` says where it is paid within fifteen minutes.

    A quote in cash is booked at once: it is paid to the worker at the visit.
    """
    by = customer_of(request)

    def answer() -> tuple[int, Any]:
        booking = book(by=by, quote_id=body.quote_id, with_credit=body.with_credit)
        return 201, _booking_out(booking, by).model_dump(mode="json")

    status, stored = once(
        caller=f"member:{by.member_id}",
        key=idempotency_key,
        request={"operation": "book", **body.dict()},
        answer=answer,
    )
    return Status(status, stored)


@router.get("/bookings", response=BookingPage, operation_id="list_bookings")
def list_bookings(
    request: HttpRequest,
    role: Literal["customer", "worker", "office"] = "customer",
    state: str = "",
    cursor: str = "",
) -> BookingPage:
    """List the bookings in which the caller has a part in a role, latest visit first."""
    by = _acting(request, role)
    found = office_bookings() if role == "office" else bookings_of(by)
    found = found.order_by("-starts_at", "-id")
    if state:
        found = found.filter(state=state)
    rows = list(_from(found, cursor)[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return BookingPage(
        items=[_booking_out(row, by) for row in rows[:PAGE]],
        next_cursor=f"{last.starts_at.isoformat()}~{last.pk}" if last else None,
    )


@router.get("/bookings/{booking_id}", response=BookingOut, operation_id="get_booking")
def get_booking(request: HttpRequest, booking_id: UUID) -> BookingOut:
    """Return one booking, with the steps that the caller may take now (`actions`)."""
    by, booking = part_in(request, booking_id=booking_id)
    return _booking_out(booking, by)


@router.post(
    "/bookings/{booking_id}/transitions/{step}",
    response={200: BookingOut, 409: ProblemOut},
    operation_id="take_step",
)
def create_transition(
    request: HttpRequest, booking_id: UUID, step: str, body: StepIn, dry_run: bool = False
) -> Status[Any]:
    """Take a step on a booking. With `dry_run` nothing is stored, and the answer shows what would
    be: the state, what is kept and what goes back.
    """
    by, booking = part_in(request, booking_id=booking_id)
    asked: dict[str, Any] = {
        "by": by,
        "booking_id": booking.pk,
        "step": step,
        "expected_version": body.expected_version,
        "facts": Facts(reason=body.reason, pin=body.pin, note=body.note, rate_bp=body.rate_bp),
    }
    if dry_run:
        return Status(200, _booking_out(preview_step(**asked), by, proofs=False))
    outcome: Outcome = take_step(**asked)
    if (refusal := outcome.refusal) is not None:
        problem = ProblemOut(
            type=refusal.code, title=refusal.title, status=409, details=refusal.details
        )
        return Status(409, problem)
    return Status(200, _booking_out(outcome.booking, by))


@router.post("/bookings/{booking_id}/tips", response={201: TipOut}, operation_id="tip_worker")
def create_tip(
    request: HttpRequest,
    booking_id: UUID,
    body: TipIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[Any]:
    """Tip whoever did the job: at `pay_path`, or at once with the card that was kept."""
    by = customer_of(request)

    def answer() -> tuple[int, Any]:
        payment = tip_later(
            by=by,
            booking_id=booking_id,
            amount_minor=body.amount_minor,
            key=f"booking:{booking_id}:tip:{idempotency_key}"[:255],
            with_saved_card=body.with_saved_card,
        )
        return 201, TipOut(
            payment_id=payment.pk, state=payment.state, pay_path=f"/pay/{payment.pk}/"
        ).model_dump(mode="json")

    status, stored = once(
        caller=f"member:{by.member_id}",
        key=idempotency_key,
        request={"operation": "tip_worker", "booking": str(booking_id), **body.dict()},
        answer=answer,
    )
    return Status(status, stored)


def _acting(request: HttpRequest, role: str) -> Actor:
    if role == "office":
        return office_actor_of(request)
    return actor_of(request, role=Role(role))


def _from(rows: QuerySet[Booking], cursor: str) -> QuerySet[Booking]:
    if not cursor:
        return rows
    moment, _, row_id = cursor.partition("~")
    try:
        at, after = datetime.fromisoformat(moment.replace(" ", "+")), UUID(row_id)
    except ValueError:
        raise CursorUnknown from None
    if at.tzinfo is None:
        raise CursorUnknown
    return rows.filter(Q(starts_at__lt=at) | Q(starts_at=at, id__lt=after))


def _money_out(money: Money) -> MoneyOut:
    return MoneyOut(amount_minor=money.minor, currency=money.currency)


def _price_out(priced: Quote | Booking) -> PriceOut:
    parts = {f"{name}_minor": getattr(priced.blocks, name).minor for name in PARTS}
    lines = [
        LineOut(
            amount_minor=line.amount_minor,
            **{
                name: getattr(line, name) for name in LineOut.model_fields if name != "amount_minor"
            },
        )
        for line in priced.price_lines
    ]
    return PriceOut(currency=priced.currency, lines=lines, total_minor=priced.total.minor, **parts)


def _quote_out(quote: Quote) -> QuoteOut:
    same = ("id", "hash", "mode", "starts_at", "ends_at", "zone", "policy", "pay_in", "expires_at")
    credit = credit_for(quote)
    return QuoteOut(
        service=quote.service_name,
        price=_price_out(quote),
        credit_minor=credit.minor,
        to_pay_minor=(quote.total - credit).minor,
        **{name: getattr(quote, name) for name in same},
    )


_SAME = (
    *("id", "code", "money", "pay_in", "version", "mode", "starts_at", "ends_at", "zone", "policy"),
    *("kept_bp", "actions", "latitude", "longitude", "address", "note", "visit_code"),
    *("start_pin", "visit_link", "reason", "check_out_note", "stamps"),
)


def _booking_out(booking: Booking, by: Actor, *, proofs: bool = True) -> BookingOut:
    sheet = sheet_of(booking, by=by, proofs=proofs)
    return BookingOut(
        role=sheet.party.value,
        state=sheet.state.value,
        service=sheet.service_name,
        with_whom=sheet.other_name,
        price=_price_out(booking),
        credit_minor=None if sheet.credit is None else sheet.credit.minor,
        to_pay_minor=None if sheet.credit is None else (sheet.total - sheet.credit).minor,
        net_pay=_money_out(sheet.net_pay),
        refund=_money_out(sheet.refund),
        pay_path=sheet.pay_path,
        **{name: getattr(sheet, name) for name in _SAME},
    )
