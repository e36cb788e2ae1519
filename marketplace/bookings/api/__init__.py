"""Quotes and bookings, for programs."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from kernel.actor import Actor, Role
from kernel.idempotency import made_once
from kernel.paging import page_of
from marketplace.bookings.access import customer_of, part_in
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.change_card import change_card
from marketplace.bookings.actions.quote import Wish, make_quote
from marketplace.bookings.actions.tip_later import tip_later
from marketplace.bookings.api.cash import router as cash
from marketplace.bookings.api.offers import router as offers
from marketplace.bookings.api.packages import router as packages
from marketplace.bookings.api.preferences import router as preferences
from marketplace.bookings.api.series import router as series
from marketplace.bookings.api.shapes import (
    BookingIn,
    BookingOut,
    BookingPage,
    QuoteIn,
    QuoteOut,
    booking_out,
    quote_out,
)
from marketplace.bookings.api.steps import router as steps
from marketplace.bookings.queries import bookings_of, office_bookings
from marketplace.bookings.queries.somebody import id_of_anybody
from marketplace.bookings.rules.guards import QuoteInvalid
from payments.queries.saved_cards import saved_card_of
from tenants.tenancy.access import actor_of, office_actor_of

router = Router(tags=["bookings"])
router.add_router("", cash)
router.add_router("", offers)
router.add_router("", preferences)
router.add_router("", packages)
router.add_router("", series)
router.add_router("", steps)


class TipIn(Schema):
    """A tip after the job: all of it goes to whoever did it."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=1)
    with_saved_card: bool = False


class CardOut(Schema):
    """Where another card is left."""

    payment_id: UUID
    pay_path: str


class TipOut(Schema):
    """A tip on its way; `pay_path` is where it is paid, if it is not paid by itself."""

    payment_id: UUID
    state: str
    pay_path: str


@router.post("/quotes", response={201: QuoteOut}, operation_id="make_quote")
def create_quote(request: HttpRequest, body: QuoteIn) -> Status[QuoteOut]:
    """Ask what a job would cost, and hold its slot for fifteen minutes.

    Of a service for which we find somebody (`service_id`) nobody's time is held; `nobody_free`
    comes with `times` at which somebody could come.
    """
    asked = body.dict()
    service_id = asked.pop("service_id")
    if (asked["worker_service_id"] is None) == (service_id is None):
        raise QuoteInvalid(fields=["worker_service_id", "service_id"])
    if service_id is not None:
        asked["worker_service_id"] = id_of_anybody(service_id)
    quote = make_quote(by=customer_of(request), wish=Wish(**asked, source="api"))
    return Status(201, quote_out(quote))


@router.post("/bookings", response={201: BookingOut}, operation_id="book")
def create_booking(
    request: HttpRequest,
    body: BookingIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[Any]:
    """Book a quote; `pay_path` says where it is paid within fifteen minutes.

    A quote in cash is booked at once: it is paid to the worker at the visit. One that is paid
    later asks for a card at `pay_path`, unless `card` names the one that is kept.
    """
    by = customer_of(request)

    def make() -> BookingOut:
        kept = saved_card_of(by.member_id) if by.member_id and body.card == "saved" else None
        booking = book(
            by=by,
            quote_id=body.quote_id,
            with_credit=body.with_credit,
            card_id=kept.pk if kept else None,
        )
        return booking_out(booking, by)

    asked = body.dict()
    return Status(*made_once(by=by, key=idempotency_key, operation="book", asked=asked, make=make))


@router.post("/bookings/{booking_id}/card", response={201: CardOut}, operation_id="change_card")
def create_card(request: HttpRequest, booking_id: UUID) -> Status[CardOut]:
    """Ask for another card for a visit that is paid later; it is left at `pay_path`."""
    asked = change_card(by=customer_of(request), booking_id=booking_id)
    return Status(201, CardOut(payment_id=asked.pk, pay_path=f"/pay/{asked.pk}/"))


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
    if state:
        found = found.filter(state=state)
    rows, following = page_of(found, cursor, by="starts_at")
    return BookingPage(items=[booking_out(row, by) for row in rows], next_cursor=following)


@router.get("/bookings/{booking_id}", response=BookingOut, operation_id="get_booking")
def get_booking(request: HttpRequest, booking_id: UUID) -> BookingOut:
    """Return one booking, with the steps that the caller may take now (`actions`)."""
    by, booking = part_in(request, booking_id=booking_id)
    return booking_out(booking, by)


@router.post("/bookings/{booking_id}/tips", response={201: TipOut}, operation_id="tip_worker")
def create_tip(
    request: HttpRequest,
    booking_id: UUID,
    body: TipIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[Any]:
    """Tip whoever did the job: at `pay_path`, or at once with the card that was kept."""
    by = customer_of(request)

    def make() -> TipOut:
        payment = tip_later(
            by=by,
            booking_id=booking_id,
            amount_minor=body.amount_minor,
            key=f"booking:{booking_id}:tip:{idempotency_key}"[:255],
            with_saved_card=body.with_saved_card,
        )
        return TipOut(payment_id=payment.pk, state=payment.state, pay_path=f"/pay/{payment.pk}/")

    asked = {"booking": booking_id, **body.dict()}
    return Status(
        *made_once(by=by, key=idempotency_key, operation="tip_worker", asked=asked, make=make)
    )


def _acting(request: HttpRequest, role: str) -> Actor:
    if role == "office":
        return office_actor_of(request)
    return actor_of(request, role=Role(role))
