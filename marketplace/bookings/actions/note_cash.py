"""The cash of a visit: there, as the worker says, or not so, as the customer says."""

from uuid import UUID

from django.db import transaction

from kernel import reading
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from marketplace.bookings.actions.moves import locked_booking
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import party_in
from marketplace.bookings.queries.cash import AFTER_THE_VISIT, cash_missing, short_key
from marketplace.bookings.rules.cash import CashNoted, check_short
from marketplace.bookings.rules.process import Party, WrongState
from payments.actions.promise_cash import contest_cash, take_cash
from tenants.support.actions.open_case import open_case
from tenants.tenancy.queries import here


@transaction.atomic
def note_cash(*, by: Actor, booking_id: UUID, amount: Money) -> Booking:
    """Note that the worker has the whole price in hand, once the visit is over; again is the same.

    The worker says so, or the office for a worker who told it.
    """
    booking, payment_id = _paid_in_cash(by, booking_id, Party.WORKER, Party.STAFF)
    if booking.at not in AFTER_THE_VISIT:
        raise WrongState(state=booking.state, step="cash")
    take_cash(by=by, payment_id=payment_id, amount=amount)
    return booking


@transaction.atomic
def contest_booked_cash(*, by: Actor, booking_id: UUID, words: str) -> Booking:
    """Let the customer say that the cash was not as the worker noted it."""
    booking, payment_id = _paid_in_cash(by, booking_id, Party.CUSTOMER)
    contest_cash(by=by, payment_id=payment_id, words=words)
    return booking


@transaction.atomic
def report_short_cash(*, by: Actor, booking_id: UUID, got: Money, words: str) -> Booking:
    """Let the worker say, once the visit is over, that the cash was less than agreed.

    Nothing is booked: somebody of the office talks to both. Said again, it is added to the case.
    """
    booking, _ = _paid_in_cash(by, booking_id, Party.WORKER)
    if booking.at not in AFTER_THE_VISIT:
        raise WrongState(state=booking.state, step="cash")
    if not cash_missing(booking):
        raise CashNoted
    check_short(got_minor=got.minor, total_minor=booking.total.minor)
    locale = reading.babel_locale(here().locale, here().country)
    sums = " / ".join(reading.money(each, locale=locale) for each in (got, booking.total))
    open_case(
        by=by,
        kind="cash_short",
        priority="P2",
        about_kind="booking",
        about_id=booking.pk,
        title=f"{booking.code}: {sums}. {words.strip()}"[:200],
        key=short_key(booking),
        person_id=booking.customer_id,
    )
    return booking


def _paid_in_cash(by: Actor, booking_id: UUID, *parties: Party) -> tuple[Booking, UUID]:
    booking = locked_booking(booking_id, by=by)
    if party_in(booking, by) not in parties or not booking.in_cash or booking.payment_id is None:
        raise NotFound(what="cash")
    return booking, booking.payment_id
