"""Whoever paid in time has the visit, however late the news of it arrives."""

from datetime import timedelta

from kernel import clock, outbox
from kernel.timers import run_due_of
from marketplace.bookings.actions.catch_up import catch_up
from payments.actions.settle_payment import refresh_payment
from tests.support.worlds_bookings import MONDAY_NINE, booked, fresh, payment_id, starts_to_pay

LATE = MONDAY_NINE + timedelta(hours=2)


def paid_and_nobody_heard(clara, offer):
    """Clara has paid; the event about it still waits in the outbox."""
    booking = booked(clara, offer)
    starts_to_pay(booking)
    refresh_payment(payment_id=payment_id(booking))
    assert fresh(booking).state == "pending_payment"
    return booking


def test_a_late_event_confirms_what_was_paid_in_time(offer, clara):
    booking = paid_and_nobody_heard(clara, offer)

    with clock.travelling_to(LATE):
        outbox.drain()

    assert (fresh(booking).state, fresh(booking).money) == ("confirmed", "captured")


def test_the_end_of_waiting_looks_at_the_money_first(offer, clara):
    booking = paid_and_nobody_heard(clara, offer)

    with clock.travelling_to(LATE):
        run_due_of(booking.pk)
        assert fresh(booking).state == "confirmed"
        outbox.drain()

    assert (fresh(booking).state, fresh(booking).money) == ("confirmed", "captured")


def test_who_comes_from_paying_is_not_asked_to_pay(offer, clara):
    booking = paid_and_nobody_heard(clara, offer)

    assert catch_up(by=clara, code=booking.code).state == "confirmed"
