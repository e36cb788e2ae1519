"""How quotes and bookings look to programs."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from kernel.actor import Actor
from kernel.money import Money
from marketplace.bookings.models import Booking, Quote
from marketplace.bookings.queries import credit_for, sheet_of
from payments.rules.blocks import PARTS


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
    """What somebody would like. Prices are worked out here, never sent.

    Of `worker_service_id` and `service_id` one is named: the second where we find somebody.
    """

    model_config = ConfigDict(extra="forbid")

    worker_service_id: UUID | None = None
    service_id: UUID | None = None
    starts_at: datetime
    address: str = Field(default="", max_length=300)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    postal_code: str = Field(default="", max_length=12)
    note: str = Field(default="", max_length=500)
    variant_id: UUID | None = None
    units: int | None = Field(default=None, ge=1)
    add_ons: dict[UUID, int] = Field(default_factory=dict)
    answers: dict[str, Any] = Field(default_factory=dict)
    consents: list[str] = Field(default_factory=list, max_length=60)
    tip_minor: int = Field(default=0, ge=0)
    pay_in: Literal["card", "cash"] = "card"
    substitute_ok: bool = False
    package_id: UUID | None = None


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
    pay_when: str
    most_work_minor: int | None
    price: PriceOut
    credit_minor: int
    to_pay_minor: int
    expires_at: datetime


class BookingIn(Schema):
    """A quote to book. The price is the quote's; credits pay for the work unless declined.

    `card` is for what is paid later: `saved` charges the card that the customer keeps here.
    """

    model_config = ConfigDict(extra="forbid")

    quote_id: UUID
    with_credit: bool = True
    card: Literal["new", "saved"] = "new"


class BookingAnswerOut(Schema):
    """What the customer answered to a question of this business."""

    code: str
    label: str
    value: Any


class BookingOut(Schema):
    """A booking as the caller may see it now. What is null is not theirs to see, or not yet."""

    id: UUID
    code: str
    role: str
    state: str
    money: str
    pay_in: str
    pay_when: str
    card: str
    charge_at: datetime | None
    most_work_minor: int | None
    owed: MoneyOut | None
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
    answers: list[BookingAnswerOut]
    preferences: list[str]
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


def money_out(money: Money) -> MoneyOut:
    """Return an amount as the API says it."""
    return MoneyOut(amount_minor=money.minor, currency=money.currency)


def price_out(priced: Quote | Booking) -> PriceOut:
    """Return a price as the API says it."""
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


def quote_out(quote: Quote) -> QuoteOut:
    """Return a quote as the API says it."""
    same = (
        *("id", "hash", "mode", "starts_at", "ends_at", "zone", "policy"),
        *("pay_in", "pay_when", "expires_at"),
    )
    credit = credit_for(quote)
    return QuoteOut(
        service=quote.service_name,
        price=price_out(quote),
        most_work_minor=quote.most_work.minor if quote.most_work else None,
        credit_minor=credit.minor,
        to_pay_minor=(quote.total - credit).minor,
        **{name: getattr(quote, name) for name in same},
    )


_SAME = (
    *("id", "code", "money", "pay_in", "pay_when", "card", "charge_at", "version", "mode"),
    *("starts_at", "ends_at", "zone", "policy"),
    *("kept_bp", "actions", "latitude", "longitude", "address", "note", "visit_code"),
    *("start_pin", "visit_link", "reason", "check_out_note", "stamps", "preferences"),
)


def booking_out(booking: Booking, by: Actor, *, proofs: bool = True) -> BookingOut:
    """Return a booking as this actor may see it now; `proofs` are codes and link."""
    sheet = sheet_of(booking, by=by, proofs=proofs)
    return BookingOut(
        role=sheet.party.value,
        state=sheet.state.value,
        service=sheet.service_name,
        with_whom=sheet.other_name,
        price=price_out(booking),
        credit_minor=None if sheet.credit is None else sheet.credit.minor,
        to_pay_minor=None if sheet.credit is None else (sheet.total - sheet.credit).minor,
        net_pay=money_out(sheet.net_pay),
        refund=money_out(sheet.refund),
        pay_path=sheet.pay_path,
        most_work_minor=sheet.most_work.minor if sheet.most_work else None,
        owed=None if sheet.owed is None else money_out(sheet.owed),
        answers=[
            BookingAnswerOut(code=each.code, label=each.label, value=each.value)
            for each in sheet.answers
        ],
        **{name: getattr(sheet, name) for name in _SAME},
    )
