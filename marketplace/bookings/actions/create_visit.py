"""The system books a visit that its customer agreed to before, with a card that was kept."""

from uuid import UUID

from django.db import transaction

from kernel.actor import SYSTEM, Actor
from kernel.errors import Invalid
from marketplace.bookings.actions.book import booked
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.prices import quote_of
from marketplace.bookings.rules.process import Party
from payments.queries.saved_cards import card_words


@transaction.atomic
def create_visit(*, quote_id: UUID, card_id: UUID, by: Actor = SYSTEM) -> Booking:
    """Make a confirmed booking of a customer's quote, charged to a kept card before the visit.

    The quote holds its slot, as every customer's does. Repeating returns the same booking.
    """
    quote = quote_of(by=by, quote_id=quote_id)
    if quote.in_cash or not card_words(card_id):
        raise Invalid(fields=["card_id"])
    facts: dict[str, object] = {"card_id": str(card_id)}
    return booked(by=by, quote_id=quote_id, step="create_visit", facts=facts, party=Party.SYSTEM)
