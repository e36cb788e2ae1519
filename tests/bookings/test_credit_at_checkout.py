"""A customer's credit pays a visit: shown with the price, used unless declined, given back."""

import json

import pytest
from django.utils.html import strip_tags

from kernel import outbox
from kernel.actor import SYSTEM
from marketplace.bookings.actions.book import book
from marketplace.bookings.models import Booking
from payments.actions.credits import grant_credit
from payments.models import Credit, Payment, ProviderCall
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import (
    HOME,
    WEDNESDAY_TEN,
    booked,
    by_request,
    fresh,
    pays,
    quoted,
    steps,
)
from tests.support.worlds_money import member_id, mxn

HOST = {"host": "patitas.localhost"}


@pytest.fixture
def credit(clara) -> Credit:
    """Clara has a credit of 200.00."""
    return given(clara, 20_000)


def given(customer, minor) -> Credit:
    return grant_credit(
        by=SYSTEM, customer_id=member_id(customer), amount=mxn(minor), cause="late", about="x"
    )


def text(response) -> str:
    return strip_tags(response.content.decode()).replace("\xa0", " ")


def left() -> int:
    return Credit.objects.get(about="x").left_minor


def test_the_price_shows_the_credit_and_the_button_uses_it(offer, clara, credit):
    quote = quoted(clara, offer)
    client = signed_in_client("clara")
    shown = text(client.get(f"/book/quote/{quote.pk}/"))
    assert "−$200.00" in shown
    assert "Usar mi crédito y pagar $459.00" in shown

    client.post(f"/book/quote/{quote.pk}/")
    booking = Booking.objects.get()
    assert (booking.credit, booking.to_pay) == (mxn(20_000), mxn(45_900))
    assert Payment.objects.get().charged == mxn(45_900)
    for page in (f"/bookings/{booking.code}/", f"/bookings/{booking.code}/money/"):
        assert "−$200.00" in text(client.get(page))


def test_a_customer_may_keep_the_credit(offer, clara, credit):
    quote = quoted(clara, offer)
    signed_in_client("clara").post(f"/book/quote/{quote.pk}/", {"credit": "no"})

    assert Booking.objects.get().to_pay == mxn(65_900)
    assert left() == 20_000


def test_a_credit_for_all_of_it_confirms_at_once_without_a_payment_page(offer, clara):
    given(clara, 100_000)
    quote = quoted(clara, offer, tip_minor=0)
    client = signed_in_client("clara")
    assert "Reservar con mi crédito" in text(client.get(f"/book/quote/{quote.pk}/"))

    answer = client.post(f"/book/quote/{quote.pk}/")
    booking = Booking.objects.get()
    assert answer["Location"] == f"/bookings/{booking.code}/"
    assert client.get(answer["Location"]).status_code == 200
    assert (fresh(booking).state, fresh(booking).money) == ("confirmed", "captured")
    assert not ProviderCall.objects.exists()


def test_programs_see_and_may_decline_it(offer, clara, credit):
    client = signed_in_client("clara")
    asked = {
        "worker_service_id": str(offer.pk),
        "starts_at": WEDNESDAY_TEN.isoformat(),
        **HOME,
    }
    quote = client.post(
        "/api/v1/quotes", json.dumps(asked), content_type="application/json", headers=HOST
    ).json()
    assert (quote["credit_minor"], quote["to_pay_minor"]) == (20_000, 32_500)

    made = client.post(
        "/api/v1/bookings",
        json.dumps({"quote_id": quote["id"], "with_credit": False}),
        content_type="application/json",
        headers=HOST | {"Idempotency-Key": "k"},
    ).json()
    assert (made["credit_minor"], made["to_pay_minor"]) == (0, 52_500)
    assert left() == 20_000


def test_a_visit_called_off_in_time_gives_back_money_and_credit(offer, clara, credit):
    booking = pays(booked(clara, offer))
    assert (booking.state, left()) == ("confirmed", 0)

    ended = steps(clara, booking, "cancel")
    assert (ended.state, ended.money, ended.refund_minor) == ("cancelled", "refunded", 65_900)
    assert Payment.objects.get().refunded_minor == 45_900
    assert Credit.objects.get(cause="refund").left_minor == 20_000


def test_a_declined_request_gives_back_the_credit_that_was_kept_for_it(offer, ana, clara):
    given(clara, 100_000)
    quote = quoted(clara, by_request(offer), tip_minor=0)
    booking = book(by=clara, quote_id=quote.pk)
    outbox.drain()
    assert (fresh(booking).state, left()) == ("requested", 39_100)

    ended = steps(ana, booking, "decline", reason="No puedo ese día.")
    assert (ended.state, ended.money) == ("declined", "refunded")
    assert left() == 100_000


def test_a_worker_does_not_read_what_a_customer_paid_with(offer, ana, clara, credit):
    booking = pays(booked(clara, offer))
    page = signed_in_client("ana").get(f"/api/v1/bookings/{booking.pk}", headers=HOST).json()

    assert (page["credit_minor"], page["to_pay_minor"]) == (None, None)
