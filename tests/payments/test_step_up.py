"""Money leaves only for somebody who has just proved who they are, on an account left in peace."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel import clock, outbox
from kernel.context import HOUSE
from kernel.edge import working_for
from payments.actions.apply_payee import apply_payee
from payments.models import Payee, Payout
from payments.providers.base import PayeeFact
from payments.queries import wallet_of
from tenants.messaging.channels.transport import RECORDED
from tenants.tenancy.models import SecurityHold
from tests.support.signing_in import Visitor, last_code
from tests.support.visits_of_people import AUTH, sign_in
from tests.support.worlds import person, proved_long_ago, signed_in_client
from tests.support.worlds_money import can_be_paid, done, mxn, paid

pytestmark = pytest.mark.usefixtures("patitas")
CONFIRM = "http://patitas.localhost/account/confirm/?next="


@pytest.fixture
def anas_browser(ana, clara):
    can_be_paid(ana)
    done(paid(clara), ana)
    return signed_in_client("ana")


def ask(browser, minor: int = 50_000):
    return browser.post(
        "/api/v1/cashouts",
        {"amount_minor": minor},
        content_type="application/json",
        headers={"Idempotency-Key": "k"},
    )


def test_a_login_of_six_minutes_ago_cashes_nothing_out(anas_browser, ana):
    answer = ask(proved_long_ago(anas_browser, minutes=6))

    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "step_up_required",
        "title": "Confirma que eres tú con un código nuevo. Luego inténtalo otra vez.",
        "status": 403,
        "details": {"methods": ["email"], "url": f"{CONFIRM}/wallet/cash-out/"},
    }
    assert not Payout.objects.exists()
    assert wallet_of(ana).available == mxn(56_040)


def test_a_login_of_four_minutes_ago_is_enough(anas_browser, ana):
    assert ask(proved_long_ago(anas_browser, minutes=4)).status_code == 201
    assert wallet_of(ana).available == mxn(6_040)


def test_the_page_sends_its_visitor_to_prove_it_and_keeps_what_was_typed(anas_browser, ana):
    page = anas_browser.get("/wallet/cash-out/")
    key = page.context["form"]["key"].value()
    proved_long_ago(anas_browser)

    response = anas_browser.post(
        "/wallet/cash-out/", {"amount": "123.40", "option": "free", "key": str(key)}
    )

    assert (response.status_code, response["Location"]) == (302, f"{CONFIRM}/wallet/cash-out/")
    assert not Payout.objects.exists()
    assert wallet_of(ana).available == mxn(56_040)

    proved_long_ago(anas_browser, minutes=0)
    page = anas_browser.get("/wallet/cash-out/")
    form = page.context["form"]
    assert (form["amount"].value(), form["key"].value()) == ("123.40", str(key))
    assert "Gracias: ya sabemos que eres tú." in page.content.decode()
    assert anas_browser.get("/wallet/cash-out/").context["form"]["amount"].value() == "560.40"


def test_the_payout_account_opens_only_after_a_fresh_proof(anas_browser):
    before = Payee.objects.values().get()

    response = proved_long_ago(anas_browser).get("/wallet/account/open/")

    assert (response.status_code, response["Location"]) == (
        302,
        f"{CONFIRM}/wallet/account/open/",
    )
    assert Payee.objects.values().get() == before


@pytest.mark.parametrize(
    ("reason", "hours"),
    [
        ("contact_changed", 48),
        ("factors_reset", 72),
        ("recovered", 72),
        ("new_device", 24),
        ("doubted", None),
    ],
)
def test_money_waits_after_a_change_and_the_worker_sees_why_and_until_when(
    anas_browser, ana, reason, hours
):
    until = None if hours is None else clock.now() + timedelta(hours=hours)
    with working_for(HOUSE):
        SecurityHold.objects.create(user=person("ana"), reason=reason, until=until)

    answer = ask(anas_browser)
    told = anas_browser.post("/api/v1/cashouts/quote").json()

    assert (answer.status_code, answer.json()["type"]) == (422, "cashout.not_allowed")
    assert answer.json()["details"]["reasons"] == [f"hold_{reason}"]
    assert told["allowed"]["minor"] == 0
    assert [each["code"] for each in told["reasons"]] == [f"hold_{reason}"]
    assert not Payout.objects.exists()
    assert wallet_of(ana).available == mxn(56_040)


def test_a_hold_ends_by_itself(anas_browser, ana):
    with working_for(HOUSE):
        SecurityHold.objects.create(
            user=person("ana"), reason="new_device", until=clock.now() + timedelta(hours=24)
        )

    with clock.travelling_to(clock.now() + timedelta(hours=24, seconds=1)):
        assert ask(anas_browser).status_code == 201


def test_another_bank_account_rests_three_days_and_its_owner_is_told(anas_browser, ana, recorded):
    payee = Payee.objects.get()
    fact = PayeeFact(state="active", destination="Banco ···· 1111", instrument="bank:other")
    at = clock.now()

    with clock.travelling_to(at):
        apply_payee(payee_id=payee.pk, fact=fact)
        answer = ask(anas_browser)
    outbox.drain()

    assert answer.json()["details"]["reasons"] == ["new_destination"]
    assert [each.to for each in recorded if "/not-me/" in each.text] == ["ana@example.com"]
    with clock.travelling_to(at + timedelta(hours=72, seconds=1)):
        assert ask(anas_browser).status_code == 201


def test_after_another_phone_money_waits_two_days_and_says_until_when(ana, clara, recorded):
    visitor, at = Visitor(), datetime(2026, 11, 23, 18, tzinfo=UTC)
    sign_in(visitor, "ana@example.com")
    can_be_paid(ana)
    done(paid(clara), ana)
    with clock.travelling_to(at):
        response = visitor.post(f"{AUTH}/account/contact/phone/", contact="55 1234 5678")
        code = last_code("+525512345678")
        assert visitor.post(f"{AUTH}{response['Location']}", code=code)["Location"] == "/"
        outbox.drain()
        told = {each.to for each in recorded if "/not-me/" in each.text}
        hers = signed_in_client("ana")
        answer, page = ask(hers), hers.get("/wallet/cash-out/").content.decode()

    assert told == {"ana@example.com", "+525512345678"}
    assert answer.json()["details"]["reasons"] == ["hold_contact_changed"]
    assert "Tu correo o teléfono cambió hace poco." in page
    assert "25 de nov" in page
    assert wallet_of(ana).available == mxn(56_040)
    with clock.travelling_to(at + timedelta(hours=48, seconds=1)):
        assert ask(hers).status_code == 201


@pytest.fixture
def recorded():
    """What was sent in this test."""
    RECORDED.clear()
    yield RECORDED
    RECORDED.clear()
