"""The pages about wages: what keeps money back, and what can be done about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payments.actions.cash_out import cash_out
from payments.actions.freeze import freeze
from payments.models import Freeze, Payee, Payout
from payments.queries import wallet_of
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import can_be_paid, earns, member_id, mxn

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def anas_browser(ana, clara):
    """Ana has 1 000 pesos and can be paid."""
    can_be_paid(ana)
    earns(ana, 100_000, payer=clara)
    return signed_in_client("ana")


def text(response) -> str:
    return response.content.decode()


def test_a_cash_out_is_called_off_on_its_page(anas_browser, ana):
    payout = cash_out(by=ana, amount=mxn(50_000), option="free", key="k")
    page = reverse("payments:receipt", args=[payout.pk])
    assert "Cancelarlo, gratis" in text(anas_browser.get(page))

    shown = anas_browser.post(f"{page}cancel/", follow=True)
    assert "El dinero está otra vez en tu cartera" in text(shown)
    assert wallet_of(ana).available == mxn(100_000)
    assert "Cancelarlo, gratis" not in text(shown)


def test_only_a_cash_out_that_came_back_is_sent_again(anas_browser, ana):
    payout = cash_out(by=ana, amount=mxn(50_000), option="free", key="k")
    page = reverse("payments:receipt", args=[payout.pk])
    shown = anas_browser.post(f"{page}retry/", {"option": "free"}, follow=True)
    assert "ya no es posible" in text(shown)
    assert Payout.objects.get().attempt == 1


def test_a_frozen_wallet_says_why_and_takes_an_answer(anas_browser, ana, olga):
    freeze(by=olga, member_id=member_id(ana), reason="takeover", note="Two phones at once")
    page = text(anas_browser.get("/wallet/"))
    assert "Tu cartera está congelada por ahora" in page
    assert "Two phones at once" in page

    row = Freeze.objects.get()
    url = reverse("payments:appeal_freeze", args=[row.pk])
    shown = anas_browser.post(url, {"appeal": "The other is my tablet"}, follow=True)
    assert "El equipo tiene tu respuesta" in text(shown)
    assert Freeze.objects.get().appeal == "The other is my tablet"


def test_the_money_page_asks_as_often_for_many_lines_as_for_few(anas_browser, ana, clara):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert anas_browser.get("/wallet/").status_code == 200
        return len(seen)

    asked()  # The first visit fills caches.
    few = asked()
    for _ in range(12):
        earns(ana, 1_000, payer=clara)

    assert asked() == few


def test_the_office_sees_freezes_clears_and_tries_its_rules(anas_browser, ana, olga):
    office = signed_in_client("olga", strong=True)
    Payee.objects.update(doubt="name")
    page = text(office.get("/office/wages/"))
    assert "Está a otro nombre" in page

    office.post(reverse("payments_clear", args=[Payee.objects.get().pk]))
    assert Payee.objects.get().doubt == ""

    asked = {"worker": str(member_id(ana)), "reason": "fraud", "note": "Seen in chat"}
    office.post("/office/wages/freeze/", asked)
    row = Freeze.objects.get()
    assert "Seen in chat" in text(office.get("/office/wages/"))
    office.post(reverse("payments_unfreeze", args=[row.pk]), {"decision": "lift", "note": "No"})
    row.refresh_from_db()
    assert row.lifted_at is not None


def test_the_policy_page_works_an_example_out(anas_browser, olga):
    office = signed_in_client("olga", strong=True)
    usual = text(office.get("/office/wages/policy/"))
    assert "$750.00" in usual
    typed = {"available": "1000", "unsettled": "400", "tips": "50", "lent": "0"}
    page = text(office.get("/office/wages/policy/", typed))
    assert "$550.00" in page
    assert "$750.00" not in page


def test_workers_and_strangers_find_no_office_page_of_wages(anas_browser, client):
    assert anas_browser.get("/office/wages/").status_code in (302, 404)
    assert anas_browser.get("/office/wages/policy/").status_code in (302, 404)


def test_the_api_keeps_a_quote_and_says_when_it_no_longer_holds(anas_browser, ana):
    ask = {"content_type": "application/json"}
    kept = anas_browser.post(
        "/api/v1/workers/me/cashouts/quote", {"amount_minor": 60_000}, **ask
    ).json()
    assert kept["allowed"]["minor"] == 100_000
    cash_out(by=ana, amount=mxn(50_000), option="free", key="another")

    late = anas_browser.post(
        "/api/v1/workers/me/cashouts",
        {"amount_minor": 60_000, "quote_id": kept["id"]},
        headers={"Idempotency-Key": "k"},
        **ask,
    )
    assert (late.status_code, late.json()["type"]) == (409, "cashout.quote_changed")
    assert late.json()["details"]["now"]["allowed_minor"] == 0
    assert Payout.objects.count() == 1

    first = Payout.objects.get()
    off = anas_browser.post(f"/api/v1/cashouts/{first.pk}/cancel", **ask)
    assert off.json()["state"] == "cancelled"
    wallet = anas_browser.get("/api/v1/workers/me/wallet").json()
    assert wallet["available"]["minor"] == 100_000
    assert wallet["reserved"] == []
