"""Visits that are paid later: two days before, by hand when that fails, or after the work."""

from datetime import timedelta

from kernel import clock, outbox
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.change_card import change_card
from marketplace.bookings.actions.create_visit import create_visit
from marketplace.bookings.models import Booking, StepTaken
from marketplace.matching.models import Occupancy
from payments.actions.open_page import open_page
from payments.actions.settle_payment import refresh_payment
from payments.models import Payment
from payments.providers.fake import fake
from payments.queries import wallet_of
from payments.queries.saved_cards import saved_card_of
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import ledger
from tests.support.worlds_bookings import (
    fresh,
    pays,
    quoted,
    steps,
    time_passes,
)
from tests.support.worlds_later import FRIDAY_TEN, leaves_card, paid_when, works
from tests.support.worlds_money import member_id, mxn

CHARGED_AT = FRIDAY_TEN - timedelta(hours=48)
AGAIN_AT = CHARGED_AT + timedelta(hours=4)
WHOLE = {"customer_deposit": -60_900, "tip_held": -5_000, "psp_pending": 65_900}


def told(booking, *names):
    found = Notification.objects.filter(about__startswith=booking.code)
    return sorted(found.filter(notice__in=names).values_list("notice", flat=True))


def steps_of(booking):
    found = StepTaken.objects.filter(booking=booking).order_by("version")
    return list(found.values_list("step", flat=True))


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
