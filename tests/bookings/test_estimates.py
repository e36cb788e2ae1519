"""What an estimate came to, and disagreements about work that is not charged yet."""

from datetime import timedelta

import pytest

from kernel import clock
from marketplace.bookings.models import Booking, Extra
from marketplace.bookings.rules.estimates import FinalTooHigh
from marketplace.bookings.rules.guards import QuoteInvalid
from marketplace.catalog.models import Service
from payments.models import Payment
from payments.queries import wallet_of
from tenants.identity.queries import codes_of
from tests.support.ledgers import ledger
from tests.support.worlds_bookings import fresh, quoted, steps, time_passes
from tests.support.worlds_later import FRIDAY_TEN, leaves_card, works
from tests.support.worlds_money import mxn


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
