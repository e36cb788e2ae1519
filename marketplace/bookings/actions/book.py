"""A customer takes a quote: the slot is theirs, and they have fifteen minutes to pay."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.ids import readable_code, uuid7
from marketplace.bookings.actions import (
    effects_charge,
    effects_dispatch,
    effects_dispute,
    effects_estimate,
    effects_extra,
    effects_hand_over,
    effects_money,
    effects_news,
    effects_no_show,
    effects_time,
    effects_unsafe,
    effects_visit,
    effects_way,
)
from marketplace.bookings.actions.moves import EFFECTS, Move, record, set_timers
from marketplace.bookings.actions.note_payment import hear_of_payment
from marketplace.bookings.actions.spend_package import mark_used
from marketplace.bookings.models import Booking, Quote
from marketplace.bookings.models.priced import PRICE_COLUMNS
from marketplace.bookings.queries.prices import quote_of
from marketplace.bookings.rules import guards
from marketplace.bookings.rules.process import BOOKING, Party, Transition
from marketplace.catalog.models import Service
from marketplace.matching.actions.hold import lock_person
from marketplace.matching.actions.occupy import confirm

CODE_LENGTH = 8
COPIED = (
    *("customer", "worker", "worker_service", "service_name", "mode", "completion", "starts_at"),
    *("ends_at", "zone", "substitute_ok", "latitude", "longitude"),
    *PRICE_COLUMNS,
)


@transaction.atomic
def book(
    *, by: Actor, quote_id: UUID, with_credit: bool = True, card_id: UUID | None = None
) -> Booking:
    """Make a booking of one's own quote; repeating returns the same one.

    The prices are the quote's; the customer's credits pay for the work unless declined. The slot
    is booked at once and freed again if nobody pays in time; where we find somebody there is none.
    What is paid in cash, or was paid ahead, waits for nothing, and nor does what is paid later with
    a card that was kept before (`card_id`).
    """
    facts: dict[str, object] = {} if with_credit else {"with_credit": False}
    if card_id is not None:
        facts["card_id"] = str(card_id)
    booking = booked(by=by, quote_id=quote_id, step="create", facts=facts)
    return hear_of_payment(booking_id=booking.pk) if booking.waits_for_nothing else booking


def booked(
    *, by: Actor, quote_id: UUID, step: str, facts: dict[str, object], party: Party = Party.CUSTOMER
) -> Booking:
    """Take a quote's slot, and make the booking as a step of the process says; once."""
    quote = quote_of(by=by, quote_id=quote_id)
    if quote.customer_id is None:
        raise NotFound(what="quote")
    if (known := Booking.objects.filter(quote=quote).first()) is not None:
        return known
    if clock.now() >= quote.expires_at:
        raise guards.QuoteExpired
    _take_time(quote)
    # Nobody else writes this person's calendar now: look again.
    if (known := Booking.objects.filter(quote=quote).first()) is not None:
        return known
    row = BOOKING.take(step, origin=None, party=party, branch=quote.mode)
    booking = _create(by, quote, row=row, party=party, facts=facts)
    if booking.paid_ahead:
        mark_used(by=by, booking=booking)
    return booking


def _take_time(quote: Quote) -> None:
    """Book the time that is held; where we find somebody, nobody's is."""
    if quote.mode == Service.DISPATCH:
        lock_person(quote.worker)
        return
    if quote.occupancy_id is None:
        raise NotFound(what="quote")
    confirm(occupancy_id=quote.occupancy_id, ref=f"quote:{quote.pk}")


def _create(
    by: Actor, quote: Quote, *, row: Transition, party: Party, facts: dict[str, object]
) -> Booking:
    at = clock.now()
    booking = Booking(
        id=uuid7(),
        code=readable_code(CODE_LENGTH),
        quote=quote,
        process=BOOKING.code,
        process_version=BOOKING.version,
        state=row.to,
        entered_at=at,
        requested_at=at,
        **{name: getattr(quote, name) for name in COPIED},
    )
    booking.place = quote.place
    taken = Move(booking=booking, row=row, by=by, party=party, at=at, facts=facts)
    for name in row.effects:
        EFFECTS[name](taken)
    booking.save(force_insert=True)
    record(taken, origin="")
    set_timers(booking)
    return booking


KNOWN_EFFECTS = (  # Imported for what they register.
    *(effects_charge, effects_dispatch, effects_dispute, effects_estimate, effects_money),
    *(effects_news, effects_no_show, effects_time, effects_extra, effects_unsafe),
    *(effects_visit, effects_hand_over, effects_way),
)
