"""Visits paid in cash, on phones and for programs."""

import re
from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import Actor, Role
from marketplace.bookings.models import Booking, Quote
from marketplace.catalog.models import Service
from payments.models import Receipt
from tenants.identity.queries import codes_of
from tenants.support.models import Case
from tenants.tenancy.actions.change_setting import change_setting
from tests.bookings.test_api import asked, problem, send
from tests.bookings.test_cash import PLAIN, finish, take
from tests.bookings.test_pages import start, text, typed
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import WEDNESDAY_TEN, booked, fresh, steps

CASH_FIELD = 'name="pay_in"'


@pytest.fixture
def cash_offer(offer):
    """Ana's walk costs 500.00 and a fee of 5 %, and may be paid in cash."""
    Service.objects.filter(pk=offer.service_id).update(cash=True)
    offer.refresh_from_db()
    return offer


@pytest.fixture
def in_cash(cash_offer, clara):
    """Clara booked Ana for Wednesday at ten, and will pay 525.00 in cash."""
    booking = booked(clara, cash_offer, **PLAIN)
    outbox.drain()
    return fresh(booking)


def test_from_the_choice_of_cash_to_a_confirmed_visit_without_a_payment_page(cash_offer, clara):
    client = signed_in_client("clara")
    assert CASH_FIELD in text(client.get(start(cash_offer)))
    to_quote = client.post(start(cash_offer), typed(cash_offer, pay_in="cash", tip="0"))
    shown = text(client.get(to_quote["Location"]))
    assert "Reservar y pagar en efectivo" in shown
    assert "keep_card" not in shown
    assert "609.00" in shown

    done = client.post(to_quote["Location"])
    booking = Booking.objects.get()
    assert (booking.state, done["Location"]) == ("confirmed", f"/bookings/{booking.code}/")
    page = text(client.get(done["Location"]))
    assert re.search(r"Le das \D*609\.00\D* a Ana", page)


def test_a_service_without_cash_and_a_worker_who_owes_too_much_are_offered_a_card_only(
    offer, clara, olga
):
    client = signed_in_client("clara")
    assert CASH_FIELD not in text(client.get(start(offer)))
    Service.objects.filter(pk=offer.service_id).update(cash=True)
    assert CASH_FIELD in text(client.get(start(offer)))
    change_setting(by=olga, group="payments.cash", values={"limit_minor": 8_499})
    assert CASH_FIELD not in text(client.get(start(offer)))


def test_a_tip_with_cash_is_said_beside_the_tip(cash_offer, clara):
    page = signed_in_client("clara").post(
        start(cash_offer), typed(cash_offer, pay_in="cash", tip="5000")
    )
    assert page.status_code == 422
    assert 'id="id_tip_other_error"' in text(page)
    assert not Quote.objects.exists()


def test_the_worker_collects_and_ticks_it_when_finishing(in_cash, ana):
    client, page = signed_in_client("ana"), f"/work/jobs/{in_cash.code}/"
    assert "Cobra" in text(client.get(page))
    with clock.travelling_to(WEDNESDAY_TEN):
        steps(ana, in_cash, "check_in", pin=codes_of(in_cash.pk).start_pin)
        assert 'name="has"' in text(client.get(page))
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=60)):
        client.post(f"{page}do/check_out/", {"has": "1", "amount": str(in_cash.total.minor)})
        outbox.drain()
        after = fresh(in_cash)
        assert (after.state, after.money) == ("delivered", "captured")
        assert "Anotaste" in text(client.get(page))


def test_finishing_without_the_tick_asks_again_afterwards(in_cash, ana):
    done = finish(in_cash, ana)
    client, page = signed_in_client("ana"), f"/work/jobs/{in_cash.code}/"
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=61)):
        assert "¿Tienes el efectivo?" in text(client.get(page))
        client.post(f"{page}cash/", {"amount": "1"})
        outbox.drain()
        assert fresh(done).money == "authorised"
        client.post(f"{page}cash/", {"amount": str(done.total.minor)})
        outbox.drain()
        assert fresh(done).money == "captured"
        assert "¿Tienes el efectivo?" not in text(client.get(page))


def test_a_worker_who_got_less_tells_the_team_and_nothing_is_booked(in_cash, ana):
    client, page = signed_in_client("ana"), f"/work/jobs/{in_cash.code}/"
    early = client.post(f"{page}cash/short/", {"amount": "80", "words": "Faltó."})
    assert early.status_code == 422
    done = finish(in_cash, ana)
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=70)):
        assert "Recibí menos" in text(client.get(page))
        for wrong in ({"amount": "525", "words": "x"}, {"amount": "-1", "words": "x"}, {}):
            again = client.post(f"{page}cash/short/", wrong)
            assert again.status_code == 422
        assert not Case.objects.exists()

        client.post(f"{page}cash/short/", {"amount": "400", "words": "No traía cambio."})
        shown = text(client.get(page))
        steps(done_by_clara(done), done, "confirm")
    case = Case.objects.get()
    assert (case.kind, case.about_id, case.person_id) == ("cash_short", done.pk, done.customer_id)
    assert case.title == f"{done.code}: $400.00\xa0MXN / $525.00\xa0MXN. No traía cambio."
    assert "Le dijiste al equipo que recibiste menos" in shown
    assert "Recibí menos" not in shown
    assert fresh(done).money == "authorised"


def done_by_clara(booking):
    """Return the customer of a booking, to confirm it."""
    return Actor(role=Role.CUSTOMER, member_id=booking.customer_id)


def test_a_program_says_that_there_was_less_and_not_after_it_was_confirmed(in_cash, ana):
    done = finish(in_cash, ana)
    path, hers = f"/bookings/{done.pk}/cash/short", signed_in_client("ana")
    wish = {"amount_minor": 1, "words": "x"}
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=70)):
        whole = send(hers, path, {"amount_minor": done.total.minor, "words": "x"})
        assert problem(whole) == (422, "cash.not_short")
        assert send(signed_in_client("clara"), path, wish).status_code == 404
        take(done, ana)
        assert problem(send(hers, path, wish)) == (409, "cash.noted")
    assert not Case.objects.exists()


def test_the_customer_contests_on_the_page_of_the_visit(in_cash, ana, clara):
    client, page = signed_in_client("clara"), f"/bookings/{in_cash.code}/"
    done = finish(in_cash, ana)
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=70)):
        early = client.post(f"{page}cash/", {"words": "pagué menos"}, follow=True)
        assert "No hay efectivo registrado" in text(early)
        take(done, ana)
        assert "Eso no es correcto" in text(client.get(page))
        client.post(f"{page}cash/", {"words": ""})
        assert not Case.objects.filter(kind="cash_contested").exists()
        client.post(f"{page}cash/", {"words": "pagué menos"})
    assert Case.objects.get(kind="cash_contested").title == "pagué menos"


def test_the_office_notes_the_cash_for_a_worker_who_told_it(in_cash, ana, olga):
    finish(in_cash, ana)
    client, page = signed_in_client("olga", strong=True), f"/office/bookings/{in_cash.pk}/"
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=70)):
        shown = text(client.get(page))
        assert "no lo ha confirmado" in shown
        assert "Se pagará en efectivo" in shown
        client.post(f"{page}cash/", {"amount": str(in_cash.total.minor)})
        outbox.drain()
        assert fresh(in_cash).money == "captured"
        assert "no lo ha confirmado" not in text(client.get(page))
        money = text(client.get(f"{page}money/"))
    assert "El cliente pagó en efectivo" in money


def test_the_money_page_and_the_receipt_say_cash(in_cash, ana):
    take(finish(in_cash, ana), ana)
    client = signed_in_client("clara")
    assert "Pagaste en efectivo" in text(client.get(f"/bookings/{in_cash.code}/money/"))
    receipt = text(client.get(f"/receipts/{Receipt.objects.get().pk}/"))
    assert "Efectivo" in receipt


def test_cancelling_says_that_nothing_is_owed(in_cash):
    client, page = signed_in_client("clara"), f"/bookings/{in_cash.code}/cancel/"
    assert "no se debe nada" in text(client.get(page))
    client.post(page)
    outbox.drain()
    assert fresh(in_cash).state == "cancelled"


def test_programs_book_note_and_contest_cash(cash_offer, clara, ana):
    customer, worker = signed_in_client("clara"), signed_in_client("ana")
    wanted = asked(cash_offer, pay_in="cash", tip_minor=0)
    quote = send(customer, "/quotes", wanted).json()
    assert (quote["pay_in"], quote["price"]["processor_minor"]) == ("cash", 0)
    made = send(customer, "/bookings", {"quote_id": quote["id"]}, **{"Idempotency-Key": "1"}).json()
    assert (made["state"], made["pay_in"], made["pay_path"]) == ("confirmed", "cash", None)
    outbox.drain()
    booking = Booking.objects.get()
    path = f"/bookings/{booking.pk}/cash"
    body = {"amount_minor": booking.total.minor}

    assert problem(send(worker, path, body)) == (409, "wrong_state")
    finish(booking, ana)
    assert problem(send(customer, path, body)) == (404, "not_found")
    assert problem(send(worker, path, {"amount_minor": 1})) == (422, "cash.amount")
    assert problem(send(customer, f"{path}/contest", {"words": "no"})) == (409, "cash.not_taken")
    noted = send(worker, path, body)
    assert (noted.status_code, noted.json()["owed_minor"]) == (200, 60_900 - 51_040)
    outbox.drain()
    contested = send(customer, f"{path}/contest", {"words": "pagué menos"})
    assert (contested.status_code, contested.json()["money"]) == (200, "captured")


def test_programs_are_told_why_there_is_no_cash(cash_offer, clara, olga):
    client = signed_in_client("clara")
    tipped = asked(cash_offer, pay_in="cash")
    assert problem(send(client, "/quotes", tipped)) == (422, "cash.tip")
    change_setting(by=olga, group="payments.cash", values={"limit_minor": 0})
    assert problem(send(client, "/quotes", asked(cash_offer, pay_in="cash", tip_minor=0))) == (
        409,
        "cash.limit",
    )
    assert not Quote.objects.exists()
