"""Tips after a visit: by a program and on the page, which remembers the ones before."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from kernel import clock, outbox
from marketplace.bookings.queries.story import story_of
from payments.actions.open_page import open_page
from payments.actions.settle_payment import refresh_payment
from payments.models import Payment
from payments.queries import wallet_of
from payments.rules.tips import AT_MOST
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import WEDNESDAY_TEN, booked, by_request, pays, steps

LATER = WEDNESDAY_TEN + timedelta(hours=3)


def tip(client, booking_id, minor=3_000, key="one"):
    return client.post(
        f"/api/v1/bookings/{booking_id}/tips",
        json.dumps({"amount_minor": minor}),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def pay(clara):
    for payment in Payment.objects.filter(kind=Payment.TIP).exclude(state="captured"):
        open_page(by=clara, payment_id=payment.pk)
        refresh_payment(payment_id=payment.pk)
    outbox.drain()


def page_of(job) -> str:
    return signed_in_client("clara").get(f"/bookings/{job.code}/").content.decode()


def said(page: str) -> str:
    return " ".join(strip_tags(page).split())


def test_a_program_tips_once_per_key_and_all_of_it_arrives(job_done, clara, ana):
    program, before = signed_in_client("clara"), wallet_of(ana).available
    with clock.travelling_to(LATER):
        first, again = tip(program, job_done.pk), tip(program, job_done.pk)
        payment = Payment.objects.get(kind=Payment.TIP)
        assert first.status_code == 201
        assert first.json() == again.json()
        assert first.json()["pay_path"] == f"/pay/{payment.pk}/"
        pay(clara)

    payment.refresh_from_db()
    assert (payment.total.minor, payment.state) == (3_000, "captured")
    assert (wallet_of(ana).available - before).minor == 3_000


@pytest.mark.parametrize(
    ("minor", "code"), [(0, "invalid"), (-1, "invalid"), (58_001, "tip.amount")]
)
def test_a_tip_of_nothing_or_above_the_work_is_refused(job_done, clara, minor, code):
    with clock.travelling_to(LATER):
        answer = tip(signed_in_client("clara"), job_done.pk, minor)
    assert (answer.status_code, answer.json()["type"]) == (422, code)
    assert not Payment.objects.filter(kind=Payment.TIP).exists()


def test_no_tip_before_the_work_nor_for_somebody_elses_visit(clara_booked_ana, clara, ana):
    early = tip(signed_in_client("clara"), clara_booked_ana.pk)
    assert (early.status_code, early.json()["type"]) == (409, "tip.too_early")
    assert tip(signed_in_client("ana"), clara_booked_ana.pk).status_code in (403, 404)
    assert tip(signed_in_client("clara"), uuid4()).status_code == 404
    assert not Payment.objects.filter(kind=Payment.TIP).exists()


def test_the_page_thanks_for_all_that_was_tipped_and_offers_another(job_done, clara):
    with clock.travelling_to(LATER):
        before = page_of(job_done)
        tip(signed_in_client("clara"), job_done.pk, 3_000)
        pay(clara)
        after = page_of(job_done)

    assert "¿Una propina?" not in before + after
    assert "Gracias por tu propina" in before
    assert "$50.00 MXN para Ana P., sin descontar nada." in said(before)
    assert "$80.00 MXN para Ana P., sin descontar nada." in said(after)
    assert "Dejar otra propina" in after
    assert "de propina después" not in said(before)
    assert "Y $30.00 MXN de propina después, completa para Ana P." in said(after)


def test_after_five_tips_or_a_month_nobody_is_asked(job_done, clara):
    program = signed_in_client("clara")
    with clock.travelling_to(LATER):
        for number in range(AT_MOST):
            tip(program, job_done.pk, 1_000, key=str(number))
        pay(clara)
        page = page_of(job_done)
        assert "Gracias por tu propina" in page
        assert "Dejar otra propina" not in page
    with clock.travelling_to(LATER + timedelta(days=31)):
        assert "Dejar propina" not in page_of(job_done)


def test_a_request_tells_of_asking_of_the_yes_and_of_paying(offer, clara, ana):
    booking = pays(booked(clara, by_request(offer)))
    assert [(each.code, each.standing) for each in story_of(booking)][:3] == [
        ("asked", "done"), ("accepted", "now"), ("paid", ""),
    ]  # fmt: skip
    booking = steps(ana, booking, "accept")

    told = story_of(booking)
    assert [(each.code, each.standing) for each in told][:4] == [
        ("asked", "done"), ("accepted", "done"), ("paid", "done"), ("started", "now"),
    ]  # fmt: skip
    assert told[2].at == booking.paid_at
    page = page_of(booking)
    assert "Pagada" in page or "Pagado" in page
