"""The pages about money: what they say, and whom they say it to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernel import clock, outbox
from kernel.context import current_tenant
from kernel.ids import uuid7
from payments.actions.cash_out import cash_out
from payments.models import THE_BUSINESS, Payment, Payout, Posting, Receipt
from payments.queries import wallet_of
from payments.rules.receipts import CASH_OUT
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import can_be_paid, done, earns, mxn, owes, paid

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def ana_can_cash_out(ana, clara):
    can_be_paid(ana)
    done(paid(clara), ana)
    return signed_in_client("ana")


def text(response) -> str:
    return response.content.decode()


def test_the_wallet_shows_share_and_whole_tip(ana_can_cash_out):
    page = text(ana_can_cash_out.get("/wallet/"))

    assert "Puedes retirar ahora" in page
    assert "$560.40" in page
    assert "$510.40" in page
    assert "$50.00" in page
    assert "Paseo de una hora" in page


def test_an_empty_wallet_says_what_will_come(ana):
    page = text(signed_in_client("ana").get("/wallet/"))

    assert "Aún no hay ingresos" in page
    assert "Abrir mi cuenta de cobro" in page


def test_strangers_are_asked_to_sign_in_and_customers_find_nothing(client, clara):
    assert client.get("/wallet/", headers={"host": "patitas.localhost"}).status_code == 302
    assert signed_in_client("clara").get("/wallet/").status_code == 404


def test_cashing_out_by_form_shows_the_fee_first_and_the_receipt_after(ana_can_cash_out, ana):
    page = ana_can_cash_out.get("/wallet/cash-out/")
    assert "$0.00" in text(page)
    assert 'value="free" checked' in text(page)
    assert page.context["form"]["amount"].value() == "560.40"

    posted = {"amount": "560.40", "option": "free", "key": page.context["form"]["key"].value()}
    first = ana_can_cash_out.post("/wallet/cash-out/", posted)
    again = ana_can_cash_out.post("/wallet/cash-out/", posted)

    payout = Payout.objects.get()
    assert first.url == again.url == reverse("payments:receipt", args=[payout.pk])
    assert wallet_of(ana).available == mxn(0)
    receipt = text(ana_can_cash_out.get(first.url))
    assert "Enviándose" in receipt
    outbox.drain()
    receipt = text(ana_can_cash_out.get(first.url))
    assert "Enviado a tu banco" in receipt


@pytest.mark.parametrize("amount", ["560.41", "0", "-1", "1.001", "x", ""])
def test_an_amount_that_does_not_fit_is_said_beside_the_field(ana_can_cash_out, ana, amount):
    posted = {"amount": amount, "option": "free", "key": "0197b6f0-0000-7000-8000-000000000000"}
    page = ana_can_cash_out.post("/wallet/cash-out/", posted)

    assert page.status_code == 422
    assert "amount" in page.context["form"].errors
    assert not Payout.objects.exists()
    assert wallet_of(ana).available == mxn(56_040)


def test_nobody_sees_anothers_receipt(ana_can_cash_out, clara):
    ana_can_cash_out.post(
        "/wallet/cash-out/",
        {"amount": "1", "option": "free", "key": "0197b6f0-0000-7000-8000-000000000000"},
    )
    receipt = reverse("payments:receipt", args=[Payout.objects.get().pk])

    assert signed_in_client("clara").get(receipt).status_code == 404
    assert signed_in_client("olga").get(receipt).status_code == 404


def test_paying_leads_to_the_provider_and_back(clara):
    payment, browser = owes(clara), signed_in_client("clara")
    page = browser.get(f"/pay/{payment.pk}/")
    assert page.url == f"http://patitas.localhost/pay/{payment.pk}/return/"

    back = browser.get(page.url)
    assert back.url == "/bookings/"
    assert Payment.objects.get().state == "captured"


def test_nobody_pays_or_sees_anothers_payment(ana, clara):
    payment = owes(clara)

    assert signed_in_client("ana").get(f"/pay/{payment.pk}/").status_code == 404
    assert signed_in_client("ana").get(f"/pay/{payment.pk}/return/").status_code == 404


def test_coming_back_without_paying_offers_to_pay(clara, monkeypatch):
    payment, browser = owes(clara), signed_in_client("clara")
    page = browser.get(f"/pay/{payment.pk}/return/?cancelled=1")

    assert page.status_code == 200
    assert "Todavía no pagas" in text(page)


def test_a_payout_account_is_opened_by_clicks(ana):
    browser = signed_in_client("ana")
    assert "Stripe" in text(browser.get("/wallet/account/"))
    away = browser.get("/wallet/account/open/")
    assert away.url.endswith("/wallet/account/return/")
    back = browser.get("/wallet/account/return/", follow=True)
    assert "Banco ···· 6789" in text(back)


def test_where_nothing_is_faster_the_page_says_so_and_what_was_paid_leads_to_its_receipt(
    stripe_sandbox, ana, clara
):
    stripe_sandbox.onboards(ana)
    done(stripe_sandbox.pays(clara, owes(clara)), ana)
    with stripe_sandbox.later(days=4):
        browser = signed_in_client("ana")
        assert "Aquí no hay una forma más rápida" in text(browser.get("/wallet/cash-out/"))
        payout = cash_out(by=ana, amount=mxn(10_000), option="free", key="k")
        stripe_sandbox.deliver()
        with stripe_sandbox.later(days=3):
            paper = Receipt.objects.get(kind=CASH_OUT)
            page = text(signed_in_client("ana").get(f"/wallet/cash-outs/{payout.pk}/"))
            assert f"/receipts/{paper.pk}/" in page
            assert f"Recibo {paper.name}" in page


def test_the_office_reads_payments_and_payouts_and_workers_do_not(ana, clara, olga):
    can_be_paid(ana)
    earns(ana, 10_000, payer=clara)
    office = signed_in_client("olga", strong=True)

    assert "Paseo de una hora" in text(office.get("/office/payments/"))
    assert office.get("/office/payouts/").status_code == 200
    assert signed_in_client("ana").get("/office/payments/").status_code in (302, 404)


def compensated(worker, entries: int) -> None:
    """Write many small entries for a worker, each with two postings."""
    ids = [uuid7() for _ in range(entries)]
    for at in range(0, entries, 500):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(ledger.post(u.id, %s, 'worker.compensated', 'bulk:' || u.id,"
                " 'bulk', 'MXN', array['goodwill', 'worker_available'], array[%s, %s]::uuid[],"
                " array['', ''], array[10, -10]::bigint[], %s))"
                " from unnest(%s::uuid[]) u(id)",
                [
                    current_tenant(),
                    THE_BUSINESS,
                    worker.member_id,
                    clock.now(),
                    ids[at : at + 500],
                ],
            )


def test_the_money_page_asks_as_often_with_five_thousand_postings_as_with_five(
    ana_can_cash_out, ana
):
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ana_can_cash_out.get(path).status_code == 200
        return len(seen)

    few = Posting.objects.count()
    assert few < 20
    paths = ("/wallet/", "/wallet/cash-out/", "/api/v1/wallet")
    asked("/wallet/")
    before = [asked(path) for path in paths]

    compensated(ana, 2_500)

    assert Posting.objects.count() == few + 5_000
    assert wallet_of(ana).available == mxn(56_040 + 25_000)
    assert [asked(path) for path in paths] == before
