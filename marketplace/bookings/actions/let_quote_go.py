"""A customer does not want the time any more that is kept for them with a price."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from marketplace.bookings.models import Quote
from marketplace.bookings.queries import kept_times_of, quote_of
from marketplace.matching.actions.free import free


@transaction.atomic
def let_quote_go(*, by: Actor, quote_id: UUID) -> Quote:
    """Give back the time that is kept with a quote; one that is booked, or over, stays as it is."""
    quote = quote_of(by=by, quote_id=quote_id)
    for kept, taken in kept_times_of(by):
        if kept.pk == quote.pk:
            free(ref=taken.ref)
    return quote
