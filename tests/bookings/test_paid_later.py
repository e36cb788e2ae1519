"""Visits that are paid later: two days before, by hand when that fails, or after the work."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.change_card import change_card
from marketplace.bookings.actions.create_visit import create_visit
from marketplace.bookings.models import Booking, Extra, StepTaken
from marketplace.bookings.rules.estimates import FinalTooHigh
from marketplace.bookings.rules.guards import QuoteInvalid
from marketplace.catalog.models import Service
from marketplace.matching.models import Occupancy
from payments.actions.open_page import open_page
from payments.actions.settle_payment import refresh_payment
from payments.models import Payment
from payments.providers.fake import fake
from payments.queries import wallet_of
from payments.queries.saved_cards import saved_card_of
from tenants.identity.queries import codes_of
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import ledger
from tests.support.worlds_bookings import (
    WEDNESDAY_TEN,
    booked,
    fresh,
    pays,
    quoted,
    steps,
    time_passes,
)
from tests.support.worlds_money import member_id, mxn

FRIDAY_TEN = WEDNESDAY_TEN + timedelta(days=2)
CHARGED_AT = FRIDAY_TEN - timedelta(hours=48)
AGAIN_AT = CHARGED_AT + timedelta(hours=4)
WHOLE = {"customer_deposit": -60_900, "tip_held": -5_000, "psp_pending": 65_900}


def paid_when(offer, when):
    Service.objects.filter(pk=offer.service_id).update(payment=when)
    offer.service.refresh_from_db()
    return offer


@pytest.fixture
def before(offer):
    """Ana's walks are charged two days before."""
    return paid_when(offer, "before_start")


@pytest.fixture
def after(offer):
    """Ana's walks are charged when they are done."""
    return paid_when(offer, "after_service")


def leaves_card(clara, offer, **changed) -> Booking:
    """Clara books for Friday and leaves her card."""
    return pays(booked(clara, offer, **{"starts_at": FRIDAY_TEN, **changed}))


@pytest.fixture
def on_friday(before, clara) -> Booking:
    """Clara booked Ana for Friday at ten; her card is charged on Wednesday."""
    return leaves_card(clara, before)


def told(booking, *names):
    found = Notification.objects.filter(about__startswith=booking.code)
    return sorted(found.filter(notice__in=names).values_list("notice", flat=True))


def steps_of(booking):
    found = StepTaken.objects.filter(booking=booking).order_by("version")
    return list(found.values_list("step", flat=True))


def works(booking, ana, clara, *, confirms=True) -> Booking:
    """Ana comes, works an hour and a half, and Clara says that all is well."""
    pin = codes_of(booking.pk).start_pin
    with clock.travelling_to(booking.starts_at):
        steps(ana, booking, "check_in", pin=pin)
    with clock.travelling_to(booking.ends_at):
        booking = steps(ana, booking, "check_out")
        return steps(clara, booking, "confirm") if confirms else booking


def test_a_card_is_left_and_charged_two_days_before_and_the_worker_earns(on_friday, ana, clara):
    assert (on_friday.state, on_friday.money, on_friday.payment_id) == (
        "confirmed",
        "scheduled",
        None,
    )
    assert saved_card_of(member_id(clara)).pk == on_friday.card_id
    assert told(on_friday, "bookings.confirmed_customer_before") == [
        "bookings.confirmed_customer_before"
    ]

    early = time_passes(on_friday, CHARGED_AT - timedelta(minutes=1))
    assert (early.money, ledger()) == ("scheduled", {})
    charged = time_passes(on_friday, CHARGED_AT)
    assert (charged.state, charged.money, charged.charges) == ("confirmed", "captured", 1)
    assert ledger() == WHOLE

    done = works(charged, ana, clara)
    assert (done.state, wallet_of(ana).available) == ("completed", mxn(51_040 + 5_000))
    assert steps_of(done) == ["create", "pay_ok", "charge_due", "check_in", "check_out", "confirm"]


def test_a_card_kept_before_is_enough(on_friday, before, clara):
    quote = quoted(clara, before, starts_at=FRIDAY_TEN + timedelta(days=3))
    booking = book(by=clara, quote_id=quote.pk, card_id=on_friday.card_id)

    assert (booking.state, booking.money) == ("confirmed", "scheduled")
    assert booking.card_id == on_friday.card_id
    assert Payment.objects.count() == 1


def test_the_system_books_a_visit_on_a_kept_card(on_friday, offer, clara):
    paid_when(offer, "at_booking")
    quote = quoted(clara, offer, starts_at=FRIDAY_TEN + timedelta(days=3))
    booking = create_visit(quote_id=quote.pk, card_id=on_friday.card_id)

    assert (booking.state, booking.money, booking.pay_when) == (
        "confirmed",
        "scheduled",
        "before_start",
    )
    assert create_visit(quote_id=quote.pk, card_id=on_friday.card_id).pk == booking.pk
    charged = time_passes(booking, FRIDAY_TEN + timedelta(days=1))
    assert (charged.money, ledger()) == ("captured", WHOLE)


def declined_twice(booking) -> Booking:
    fake().refuses = "charge"
    time_passes(booking, CHARGED_AT)
    due = time_passes(booking, AGAIN_AT)
    fake().refuses = ""
    return due


def test_declined_twice_the_customer_is_asked_to_pay_and_does(on_friday):
    fake().refuses = "charge"
    once = time_passes(on_friday, CHARGED_AT)
    assert (once.state, once.money, once.charges) == ("confirmed", "scheduled", 1)
    assert told(once, "bookings.card_declined_customer") == ["bookings.card_declined_customer"]

    due = time_passes(once, AGAIN_AT)
    assert (due.state, due.money, due.charges) == ("payment_due", "failed", 2)
    asked = ("bookings.payment_due_customer", "bookings.payment_due_worker")
    assert told(due, *asked) == list(asked)
    assert ledger() == {}

    fake().refuses = ""
    with clock.travelling_to(AGAIN_AT + timedelta(hours=2)):
        paid = pays(due)
    assert (paid.state, paid.money, ledger()) == ("confirmed", "captured", WHOLE)
    assert steps_of(paid)[2:] == ["charge_due", "charge_due", "charge_failed", "pay_ok"]


def test_nobody_paid_by_hand_the_time_is_free_and_nothing_is_owed(on_friday):
    due = declined_twice(on_friday)
    assert Occupancy.objects.filter(active=True).count() == 1

    over = time_passes(due, AGAIN_AT + timedelta(hours=24))
    assert (over.state, over.money, over.kept_bp, over.refund_minor) == ("cancelled", "none", 0, 0)
    assert Occupancy.objects.filter(active=True).count() == 0
    assert (ledger(), Payment.objects.get(kind="job").state) == ({}, "cancelled")


def test_a_bank_that_wants_the_owner_is_not_tried_again(on_friday):
    fake().refuses, fake().refusal = "charge", "authentication_required"
    due = time_passes(on_friday, CHARGED_AT)
    assert (due.state, due.charges) == ("payment_due", 1)

    fake().refuses = ""
    with clock.travelling_to(CHARGED_AT + timedelta(hours=1)):
        paid = pays(due)
    assert (paid.state, ledger()) == ("confirmed", WHOLE)


def test_another_card_is_charged_at_once_when_the_first_was_declined(on_friday, clara):
    due = declined_twice(on_friday)
    with clock.travelling_to(AGAIN_AT + timedelta(minutes=5)):
        card = change_card(by=clara, booking_id=due.pk)
        open_page(by=clara, payment_id=card.pk)
        refresh_payment(payment_id=card.pk)
        outbox.drain()

    paid = fresh(due)
    assert (paid.state, paid.card_id, ledger()) == ("confirmed", card.pk, WHOLE)


KEPT = {  # 30 % of 58 000, and of the fee of 2 900; this provider costs nothing.
    "worker_available": -17_400,
    "psp_connected": 17_400,
    "tax_payable": -120,
    "tenant_pending": -750,
    "psp_pending": 870,
}


def test_cancelled_late_and_unpaid_exactly_the_kept_part_is_charged(on_friday, ana, clara):
    Booking.objects.filter(pk=on_friday.pk).update(least_kept_bp=3_000)
    cancelled = steps(clara, on_friday, "cancel")

    assert (cancelled.state, cancelled.money, cancelled.kept_bp) == ("cancelled", "captured", 3_000)
    assert cancelled.refund_minor == 0
    payment = Payment.objects.get(kind="job")
    assert (payment.captured_minor, payment.refunded_minor) == (18_270, 0)
    assert wallet_of(ana).available == mxn(17_400)
    assert ledger() == KEPT


def test_cancelled_in_time_nothing_is_charged(on_friday, clara):
    cancelled = steps(clara, on_friday, "cancel")

    assert (cancelled.state, cancelled.money, ledger()) == ("cancelled", "none", {})
    assert told(cancelled, "bookings.cancelled_customer_free") == [
        "bookings.cancelled_customer_free"
    ]
    assert time_passes(cancelled, CHARGED_AT).money == "none"
    assert not Payment.objects.filter(kind="job").exists()


def test_a_charge_on_its_way_when_it_is_cancelled_goes_back(on_friday, clara):
    fake().silent = True
    time_passes(on_friday, CHARGED_AT)  # The bank does not answer.
    fake().silent = False
    with clock.travelling_to(CHARGED_AT):
        cancelled = steps(clara, on_friday, "cancel")

    assert cancelled.state == "cancelled"
    payment = Payment.objects.get(kind="job")
    assert (payment.state, payment.captured_minor, payment.refunded_minor) == (
        "captured",
        65_900,
        65_900,
    )
    assert "customer_deposit" not in ledger()


def test_after_the_work_the_card_is_charged_when_a_day_went_by(after, ana, clara):
    booking = leaves_card(clara, after)
    assert (booking.state, booking.money) == ("confirmed", "scheduled")
    done = works(booking, ana, clara, confirms=False)
    assert (done.state, done.money, ledger()) == ("delivered", "scheduled", {})

    over = time_passes(done, booking.ends_at + timedelta(hours=24))
    assert (over.state, over.money) == ("completed", "captured")
    assert wallet_of(ana).available == mxn(56_040)
    assert ledger() == {
        "worker_available": -56_040,
        "psp_connected": 56_040,
        "tenant_pending": -7_920,
        "platform_fee": -580,
        "tax_payable": -1_360,
        "psp_pending": 9_860,
    }


def fails_after_the_work(after, ana, clara) -> Booking:
    booking = leaves_card(clara, after)
    fake().refuses = "charge"
    done = works(booking, ana, clara)
    assert (done.state, done.money, done.charges) == ("completed", "scheduled", 1)
    return time_passes(done, booking.ends_at + timedelta(hours=4))


def test_a_card_that_fails_after_the_work_makes_a_case_and_the_worker_is_paid(after, ana, clara):
    failed = fails_after_the_work(after, ana, clara)

    assert (failed.money, failed.charges, failed.guaranteed) == ("failed", 2, True)
    assert Case.objects.get(kind="charge_failed").about_id == failed.pk
    assert wallet_of(ana).available == mxn(51_040)
    assert ledger() == {
        "goodwill": 51_040,
        "worker_available": -51_040,
        "psp_available": -51_040,
        "psp_connected": 51_040,
    }


def test_who_pays_later_pays_the_business_back(after, ana, clara):
    failed = fails_after_the_work(after, ana, clara)
    fake().refuses = ""
    with clock.travelling_to(failed.ends_at + timedelta(days=2)):
        paid = pays(failed)

    assert paid.money == "captured"
    assert wallet_of(ana).available == mxn(56_040)
    assert ledger() == {
        "goodwill": 51_040,
        "worker_available": -56_040,
        "psp_available": -51_040,
        "psp_connected": 56_040,
        "tenant_pending": -58_960,
        "platform_fee": -580,
        "tax_payable": -1_360,
        "psp_pending": 60_900,
    }


def test_a_business_that_does_not_guarantee_lets_the_worker_wait(after, olga, ana, clara):
    change_setting(by=olga, group="bookings.charges", values={"guarantee_pay": False})
    failed = fails_after_the_work(after, ana, clara)

    assert (failed.guaranteed, ledger()) == (False, {})
    assert Case.objects.filter(kind="charge_failed").count() == 1


@pytest.fixture
def estimated(offer):
    """What Ana's walks cost is known when they are done."""
    Service.objects.filter(pk=offer.service_id).update(pricing="estimated")
    offer.service.refresh_from_db()
    return offer


def ends(booking, ana, final) -> Booking:
    """Ana comes, works, and says what it cost in the end."""
    pin = codes_of(booking.pk).start_pin
    with clock.travelling_to(booking.starts_at):
        steps(ana, booking, "check_in", pin=pin)
    with clock.travelling_to(booking.ends_at):
        return steps(ana, booking, "check_out", amount_minor=final)


def test_what_an_estimate_came_to_is_charged_without_asking_up_to_the_limit(estimated, ana, clara):
    booking = leaves_card(clara, estimated)
    assert (booking.pay_when, booking.over_bp) == ("after_service", 2_000)
    assert (booking.total, booking.most_work) == (mxn(65_900), mxn(69_600))

    done = ends(booking, ana, 69_600)
    assert (done.work_minor, done.total, done.most_work) == (69_600, mxn(78_080), None)
    assert sum(line.amount_minor for line in done.price_lines) == 78_080
    over = time_passes(done, booking.ends_at + timedelta(hours=24))
    assert (over.state, over.money) == ("completed", "captured")
    assert Payment.objects.get(kind="job").captured_minor == 78_080
    assert wallet_of(ana).available == mxn(61_248 + 5_000)


def test_an_estimate_that_came_to_less_costs_less(estimated, ana, clara):
    done = ends(leaves_card(clara, estimated), ana, 29_000)

    assert (done.work_minor, done.fee_minor, done.total) == (29_000, 1_450, mxn(35_450))
    assert time_passes(done, done.ends_at + timedelta(hours=24)).money == "captured"
    assert Payment.objects.get(kind="job").captured_minor == 35_450


def test_above_the_limit_the_customer_has_to_say_yes_first(estimated, ana, clara):
    booking = leaves_card(clara, estimated)
    with pytest.raises(FinalTooHigh):
        ends(booking, ana, 69_601)
    now = fresh(booking)
    assert (now.state, now.total) == ("in_progress", mxn(65_900))

    with clock.travelling_to(booking.ends_at):
        steps(ana, booking, "propose_extra", reason="Otra hora", amount_minor=10_000)
        steps(clara, booking, "approve_extra", agree=True)
        done = steps(ana, booking, "check_out", amount_minor=69_600)
    assert (done.state, done.work_minor) == ("delivered", 69_600)
    assert Extra.objects.get(booking=booking).state == Extra.APPROVED


def test_without_a_word_the_estimate_stands(estimated, ana, clara):
    done = works(leaves_card(clara, estimated), ana, clara)

    assert (done.total, done.money) == (mxn(65_900), "captured")


def test_an_estimate_is_not_paid_in_cash(estimated, clara):
    Service.objects.filter(pk=estimated.service_id).update(cash=True)
    with pytest.raises(QuoteInvalid):
        quoted(clara, estimated, starts_at=FRIDAY_TEN, pay_in="cash", tip_minor=0)


def disputed(after, ana, clara, **about) -> Booking:
    """Ana has worked; Clara says that something was not right before her card is charged."""
    done = works(leaves_card(clara, after), ana, clara, confirms=False)
    with clock.travelling_to(done.ends_at + timedelta(hours=1)):
        return steps(
            clara, done, "dispute", about="quality", words="La mitad quedó sucia.", **about
        )


def decided(booking, olga, **how) -> Booking:
    with clock.travelling_to(booking.ends_at + timedelta(days=2)):
        words = "Las fotos muestran lo que faltó."
        return steps(olga, booking, "resolve", words=words, reason=words, **how)


def test_a_part_that_goes_back_of_unpaid_work_goes_back_when_it_is_charged(after, olga, ana, clara):
    booking = disputed(after, ana, clara, amount_minor=20_000)
    assert (booking.state, booking.money, ledger()) == ("disputed", "scheduled", {})

    over = decided(booking, olga, outcome="partial", amount_minor=20_000, fault="worker")
    assert over.state == "resolved"
    payment = Payment.objects.get(kind="job")
    assert (payment.captured_minor, payment.refunded_minor) == (65_900, 21_000)
    assert wallet_of(ana).available == mxn(51_040 - 17_600 + 5_000)


def test_work_that_need_not_be_paid_is_not_charged_and_the_business_pays_it(
    after, olga, ana, clara
):
    booking = disputed(after, ana, clara, amount_minor=58_000)

    over = decided(booking, olga, outcome="full", fault="platform")
    assert (over.state, over.money) == ("resolved", "none")
    assert not Payment.objects.filter(kind="job").exists()
    assert wallet_of(ana).available == mxn(51_040)
