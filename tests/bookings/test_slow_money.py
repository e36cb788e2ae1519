"""Money that takes its time: transfers have days, vouchers that were paid are waited for."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from marketplace.matching.models import Occupancy
from payments.actions.apply_payment import apply_payment
from payments.actions.open_page import open_page
from payments.actions.see_transfer import see_transfer
from payments.models import Payment
from payments.providers.base import PaymentFact
from tenants.messaging.models import Notification
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import ledger
from tests.support.worlds_bank import BY_BANK
from tests.support.worlds_bookings import (
    MONDAY_NINE,
    WEDNESDAY_TEN,
    booked,
    fresh,
    payment_id,
    starts_to_pay,
    time_passes,
)

NOTICE = timedelta(hours=2)


@pytest.fixture
def by_transfer(offer, olga):
    """Customers transfer to Patitas' own bank account."""
    change_setting(by=olga, group="payments.providers", values=BY_BANK)
    return offer


def told(booking) -> list[str]:
    rows = Notification.objects.filter(about__startswith=booking.code, to_id=booking.customer_id)
    return list(rows.values_list("notice", flat=True))


def test_a_transfer_has_two_days(by_transfer, clara):
    later = WEDNESDAY_TEN + timedelta(days=7)
    booking = booked(clara, by_transfer, tip_minor=0, starts_at=later)

    assert booking.pay_by == MONDAY_NINE + timedelta(hours=48)
    assert Payment.objects.get().expires_at == booking.pay_by
    assert time_passes(booking, MONDAY_NINE + timedelta(hours=47)).state == "pending_payment"
    assert time_passes(booking, MONDAY_NINE + timedelta(hours=49)).state == "payment_expired"
    assert not Occupancy.objects.filter(active=True).exists()


def test_a_transfer_may_not_take_the_workers_notice(by_transfer, clara):
    soon = MONDAY_NINE + timedelta(hours=6)
    booking = booked(clara, by_transfer, tip_minor=0, starts_at=soon)
    assert booking.pay_by == soon - NOTICE


def test_a_card_has_fifteen_minutes_as_ever(offer, clara):
    booking = booked(clara, offer)
    assert booking.pay_by == MONDAY_NINE + timedelta(minutes=15)
    assert time_passes(booking, MONDAY_NINE + timedelta(minutes=16)).state == "payment_expired"


def test_a_transfer_seen_the_next_day_confirms_the_visit(by_transfer, clara, olga):
    booking = booked(clara, by_transfer, tip_minor=0, starts_at=WEDNESDAY_TEN + timedelta(days=2))
    open_page(by=clara, payment_id=payment_id(booking))
    with clock.travelling_to(MONDAY_NINE + timedelta(hours=30)):
        see_transfer(
            by=olga, payment_id=payment_id(booking), amount=booking.total, tracking_key="MBX123456"
        )
        outbox.drain()
    assert (fresh(booking).state, fresh(booking).money) == ("confirmed", "captured")


def reports(booking, state: str, **facts: object) -> None:
    starts_to_pay(booking)
    fact = PaymentFact(state=state, intent_ref=f"pi_{booking.pk.hex}", **facts)
    apply_payment(payment_id=payment_id(booking), fact=fact)
    outbox.drain()


def test_money_on_its_way_keeps_the_time_and_confirms_when_it_comes(offer, clara):
    booking = booked(clara, offer)
    reports(booking, "processing")
    waiting = time_passes(booking, MONDAY_NINE + timedelta(hours=20))
    assert waiting.state == "pending_payment"
    with clock.travelling_to(MONDAY_NINE + timedelta(hours=21)):
        fact = PaymentFact(state="captured", intent_ref=f"pi_{booking.pk.hex}", fee_minor=0)
        apply_payment(payment_id=payment_id(booking), fact=fact)
        outbox.drain()
    assert (fresh(booking).state, fresh(booking).money) == ("confirmed", "captured")


def test_money_on_its_way_that_does_not_come_frees_the_time_and_its_payer_is_told(offer, clara):
    booking = booked(clara, offer)
    reports(booking, "processing")
    time_passes(booking, MONDAY_NINE + timedelta(hours=20))
    with clock.travelling_to(MONDAY_NINE + timedelta(hours=21)):
        fact = PaymentFact(state="expired", failure="payment_intent_payment_attempt_failed")
        apply_payment(payment_id=payment_id(booking), fact=fact)
        outbox.drain()

    ended = fresh(booking)
    assert (ended.state, ended.money, ledger()) == ("payment_expired", "none", {})
    assert told(booking) == ["bookings.payment_lost_customer"]
    assert not Occupancy.objects.filter(active=True).exists()


def test_money_still_on_its_way_at_the_visits_start_is_waited_for_no_more(offer, clara):
    booking = booked(clara, offer)
    reports(booking, "processing")
    time_passes(booking, MONDAY_NINE + timedelta(hours=20))
    assert time_passes(booking, WEDNESDAY_TEN).state == "payment_expired"


def test_who_simply_did_not_pay_is_told_nothing(offer, clara):
    booking = booked(clara, offer)
    time_passes(booking, MONDAY_NINE + timedelta(minutes=16))
    assert told(booking) == []


def test_a_voucher_keeps_the_time_as_long_as_it_can_be_paid(offer, clara):
    booking = booked(clara, offer, starts_at=WEDNESDAY_TEN + timedelta(days=7))
    until = MONDAY_NINE + timedelta(hours=38)
    reports(booking, "requires_action", promised_until=until)

    assert fresh(booking).pay_by == until
    assert time_passes(booking, MONDAY_NINE + timedelta(hours=37)).state == "pending_payment"
    assert time_passes(booking, MONDAY_NINE + timedelta(hours=39)).state == "payment_expired"
    assert not Occupancy.objects.filter(active=True).exists()


def test_a_voucher_that_could_be_paid_too_late_keeps_the_time_up_to_the_workers_notice(
    offer, clara
):
    booking = booked(clara, offer)
    reports(booking, "requires_action", promised_until=WEDNESDAY_TEN + timedelta(days=1))

    assert fresh(booking).pay_by == WEDNESDAY_TEN - NOTICE
