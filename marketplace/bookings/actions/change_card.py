"""A customer leaves another card for a visit that is paid later."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from marketplace.bookings.actions.moves import locked_booking
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import party_in
from marketplace.bookings.rules import guards
from marketplace.bookings.rules.process import NotYourStep, Party
from payments.actions.save_card import save_card
from payments.models import Payment

PAGE_OPEN = timedelta(hours=1)


@transaction.atomic
def change_card(*, by: Actor, booking_id: UUID) -> Payment:
    """Ask for another card; the one before is charged until it is left.

    Asking again within the hour leads to the same page.
    """
    booking = locked_booking(booking_id, by=by)
    if party_in(booking, by) != Party.CUSTOMER:
        raise NotYourStep(state=booking.state, step="change_card")
    if not may_change_card(booking):
        raise guards.NothingToCharge
    return save_card(
        by=by,
        payer_id=booking.customer_id,
        reference=booking.reference,
        title=booking.service_name,
        currency=booking.currency,
        return_path=f"/bookings/{booking.code}/",
        expires_at=clock.now() + PAGE_OPEN,
        key=f"{booking.reference}:card:{str(booking.card_id)[-8:]}:{clock.now():%Y%m%d%H}",
    )


def may_change_card(booking: Booking) -> bool:
    """Tell whether there is something left to be charged to a card."""
    return booking.uncharged and booking.card_id is not None
