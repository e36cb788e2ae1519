"""A booking as one side may see it now. Pages and answers show a sheet, never the row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kernel import clock
from kernel.actor import Actor
from kernel.money import Money
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import party_in
from marketplace.bookings.queries.preferences import applying
from marketplace.bookings.queries.steps import steps_now
from marketplace.bookings.rules.lines import Line
from marketplace.bookings.rules.price import CASH
from marketplace.bookings.rules.process import Party, State
from marketplace.bookings.rules.scheduling import AFTER_SERVICE, BEFORE_START, charge_at
from marketplace.bookings.rules.visibility import CODES_FROM, Piece, pieces
from marketplace.catalog.queries.fields import BOTH_SIDES, EVERYTHING, Answer, answers_of
from payments.queries.pay import payment_of
from payments.queries.saved_cards import card_words
from payments.rules.blocks import PriceBlocks
from payments.rules.payment_states import UNPAID
from tenants.identity.queries import codes_of, visit_link

GRID = 2  # Decimals of a degree: about a kilometre. A part of town, not a door.


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one side sees. What is None is not theirs to see, or not yet."""

    id: UUID
    code: str
    party: Party
    state: State
    money: str
    pay_in: str
    pay_when: str
    card: str
    charge_at: datetime | None
    owed: Money | None
    may_change_card: bool
    most_work: Money | None
    version: int
    mode: str
    service_name: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    other_name: str
    worker_slug: str
    worker_name: str
    blocks: PriceBlocks
    lines: list[tuple[Line, Money]]
    fee_percent: float
    total: Money
    credit: Money | None
    net_pay: Money
    policy: str
    actions: list[str]
    pay_path: str | None
    latitude: float | None
    longitude: float | None
    address: str | None
    note: str | None
    answers: list[Answer]
    preferences: list[str]
    visit_code: str | None
    start_pin: str | None
    visit_link: str | None
    reason: str
    ended_by: str
    refund: Money
    kept_bp: int | None
    flagged: bool
    completion: str
    check_out_note: str
    stamps: dict[str, datetime]

    @property
    def in_cash(self) -> bool:
        """Whether the worker takes the money at the visit."""
        return self.pay_in == CASH

    @property
    def paid_after(self) -> bool:
        """Whether the card is charged when the work is done."""
        return self.pay_when == AFTER_SERVICE

    @property
    def to_pay(self) -> Money:
        """What the customer pays in money."""
        return self.total - self.credit if self.credit else self.total

    @property
    def codes_from(self) -> datetime:
        """When the codes of the visit can first be seen."""
        return self.starts_at - CODES_FROM


STAMPS = (
    "requested_at",
    "matched_at",
    "confirmed_at",
    "should_depart_at",
    "departed_at",
    "arrived_at",
    "checked_in_at",
    "finished_at",
    "completed_at",
    "paid_at",
)


def sheet_of(booking: Booking, *, by: Actor, proofs: bool = True) -> Sheet:
    """Return a booking as this actor may see it at this moment; `NotFound` for a stranger.

    `proofs=False` leaves out codes, link and preferences, for lists and for what would only be.
    """
    party = party_in(booking, by)
    seen = pieces(
        party=party,
        state=booking.at,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        at=clock.now(),
    )
    hidden = booking.nobody_yet and party == Party.CUSTOMER
    return Sheet(
        party=party,
        state=booking.at,
        other_name=_other_name(booking, party),
        worker_slug="" if hidden else booking.worker.slug,
        worker_name="" if hidden else booking.worker.name,
        lines=booking.shown_lines,
        actions=steps_now(booking, party),
        pay_path=_pay_path(booking, party),
        **_card(booking, party),
        credit=None if party == Party.WORKER else booking.credit,
        refund=Money(booking.currency, booking.refund_minor),
        stamps={name: at for name in STAMPS if (at := getattr(booking, name)) is not None},
        **{name: getattr(booking, name) for name in _PLAIN},
        answers=_answers(booking, party, seen),
        preferences=_preferences(booking, seen) if proofs else [],
        **_place(booking, seen),
        **_proofs(booking, seen if proofs else frozenset()),
    )


_PLAIN = (
    *("id", "code", "money", "pay_in", "pay_when", "most_work", "version", "mode", "service_name"),
    *("starts_at", "ends_at", "zone", "blocks", "total", "net_pay", "policy", "reason"),
    *("ended_by", "kept_bp", "flagged", "completion", "check_out_note", "fee_percent"),
)


def _pay_path(booking: Booking, party: Party) -> str | None:
    if party != Party.CUSTOMER or booking.in_cash or booking.payment_id is None:
        return None
    if booking.at == State.PENDING_PAYMENT or (booking.uncharged and _waits_for_owner(booking)):
        return f"/pay/{booking.payment_id}/"
    return None


def _waits_for_owner(booking: Booking) -> bool:
    """Tell whether a card was declined, so that its owner may pay by hand."""
    assert booking.payment_id
    payment = payment_of(booking.payment_id)
    return payment.state in UNPAID and not payment.off_session


def _card(booking: Booking, party: Party) -> dict[str, Any]:
    """Return what is charged later: when to everybody, the card and what is owed to its owner."""
    when = charge_at(starts_at=booking.starts_at) if booking.pay_when == BEFORE_START else None
    mine = party != Party.WORKER and booking.card_id is not None
    owed = None
    if mine and booking.kept_alone and booking.payment_id:
        owed = payment_of(booking.payment_id).total
    return {
        "card": card_words(booking.card_id) if mine else "",
        "charge_at": when if booking.uncharged else None,
        "owed": owed,
        "may_change_card": mine and party == Party.CUSTOMER and booking.uncharged,
    }


def _other_name(booking: Booking, party: Party) -> str:
    if party == Party.WORKER:
        return booking.customer.user.first_name or "—"
    if booking.nobody_yet:
        return "—"
    return booking.worker.name


def _place(booking: Booking, seen: frozenset[Piece]) -> dict[str, Any]:
    exact = Piece.ADDRESS in seen
    place = booking.place if exact else None
    return {
        "latitude": _point(booking.latitude, exact),
        "longitude": _point(booking.longitude, exact),
        "address": place.address if place else None,
        "note": place.note if place and Piece.NOTE in seen else None,
    }


def _answers(booking: Booking, party: Party, seen: frozenset[Piece]) -> list[Answer]:
    """Return what the customer answered; what is sensitive only beside how to get in.

    Staff open sensitive answers one by one, with a reason that is written down.
    """
    if Piece.ANSWERS not in seen:
        return []
    staff = party == Party.STAFF
    return answers_of(
        booking.quote_id,
        seen=EVERYTHING if staff or party == Party.CUSTOMER else BOTH_SIDES,
        sensitive=Piece.NOTE in seen and not staff,
    )


def _preferences(booking: Booking, seen: frozenset[Piece]) -> list[str]:
    """Return what the customer would like of whoever comes, as long as they agree to tell it."""
    if Piece.PREFERENCES not in seen:
        return []
    return [each.text for each in applying(booking, worker_id=booking.worker_id)]


def _point(degrees: float | None, exact: bool) -> float | None:
    return degrees if exact or degrees is None else round(degrees, GRID)


def _proofs(booking: Booking, seen: frozenset[Piece]) -> dict[str, Any]:
    wanted = seen & {Piece.VISIT_CODE, Piece.START_PIN}
    codes = codes_of(booking.pk) if wanted else None
    return {
        "visit_code": codes.visit_code if codes and Piece.VISIT_CODE in seen else None,
        "start_pin": codes.start_pin if codes and Piece.START_PIN in seen else None,
        "visit_link": visit_link(booking.pk) if Piece.VISIT_LINK in seen else None,
    }
