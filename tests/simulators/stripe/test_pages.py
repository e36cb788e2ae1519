"""The pages: three languages, plainly a simulation, one click to pay."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from simulators.stripe.engine import Engine
from simulators.stripe.pages.words import LANGUAGES, WORDS, Speaker
from tests.simulators.stripe.conftest import Remote


class Stay(HTTPRedirectHandler):
    """Shows where a page leads instead of going there."""

    def redirect_request(self, *_: Any) -> None:
        return None


def visit(url: str, filled: dict[str, str] | None = None, language: str = "") -> tuple[int, str]:
    """The status and the page, or the status and where it leads."""
    sent = None if filled is None else urlencode(filled).encode()
    request = Request(url, sent, {"Accept-Language": language})
    try:
        with build_opener(Stay).open(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers.get("Location") or error.read().decode()


class Balanced(HTMLParser):
    """Fails on a page whose elements are not closed in order."""

    VOID = frozenset({"meta", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("es-MX,es;q=0.9", ("Simulación", "Pago a Oficio", "Pagar $659.00 MXN", "OXXO")),
        ("pt-BR", ("Simulação", "Pagamento para Oficio", "Pagar $659,00 MXN", "OXXO")),
        ("en-GB,en;q=0.5", ("Simulation", "Payment to Oficio", "Pay $659.00 MXN", "OXXO")),
        ("fr", ("Simulación", "Pago a Oficio", "Pagar $659.00 MXN", "OXXO")),
    ],
)
def test_the_pay_page_speaks_the_visitors_language(
    remote: Remote, language: str, says: tuple[str, ...]
) -> None:
    status, html = visit(remote.session().url, language=language)
    assert status == 200
    for text in (*says, "Home cleaning, 3 h", "•••• 4242"):
        assert text in html
    assert "<script" not in html
    page = Balanced()
    page.feed(html)
    assert page.open == []


def test_the_language_can_be_asked_for(remote: Remote) -> None:
    session = remote.session(locale="pt-BR")
    assert "Simulação" in visit(session.url, language="en")[1]
    assert "Simulation" in visit(f"{session.url}?locale=en", language="es")[1]


def test_every_text_exists_in_every_language_with_the_same_values() -> None:
    for key, texts in WORDS.items():
        assert len(texts) == len(LANGUAGES), key
        values = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in texts]
        assert values[0] == values[1] == values[2], key


def test_one_click_pays_and_leads_back(remote: Remote) -> None:
    session = remote.session()
    answer = visit(session.url, {"choice": "visa"})
    assert answer == (303, f"http://shop.localhost/done?s={session.id}")
    assert remote.client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    status, html = visit(session.url, language="en")
    assert (status, "already done" in html) == (200, True)
    assert visit(session.url, {"choice": "visa"})[0] == 200
    assert len(remote.client.v1.charges.list().data) == 1


def test_a_declined_card_says_so_and_offers_another_try(remote: Remote) -> None:
    session = remote.session()
    status, html = visit(session.url, {"choice": "declined"}, language="en")
    assert (status, "The bank declined this card." in html) == (402, True)
    assert visit(session.url, {"choice": "mastercard"})[0] == 303


def test_the_bank_asks_on_a_page_of_its_own(remote: Remote) -> None:
    session = remote.session()
    status, html = visit(session.url, {"choice": "3ds"}, language="en")
    assert (status, "Your bank asks" in html) == (200, True)
    status, html = visit(session.url, {"choice": "3ds_fail"}, language="en")
    assert (status, "could not confirm it is you" in html) == (402, True)
    assert visit(session.url, {"choice": "3ds_ok"})[0] == 303


def test_abandoning_leads_to_the_cancel_address_and_leaves_the_page_open(remote: Remote) -> None:
    session = remote.session()
    assert visit(f"{session.url}/abandon") == (303, "http://shop.localhost/cancelled")
    assert remote.client.v1.checkout.sessions.retrieve(session.id).status == "open"


def test_a_voucher_has_a_page_to_pay_it(remote: Remote) -> None:
    session = remote.session(currency="brl")
    status, where = visit(session.url, {"choice": "pix"})
    assert (status, where.startswith("/voucher/pi_")) == (303, True)
    url = remote.sandbox.url + where
    assert "R$ 659,00" in visit(url, language="pt")[1]
    assert visit(url, {"do": "pay"}) == (303, where)
    assert remote.client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_the_money_of_a_paid_voucher_may_never_come(remote: Remote, engine: Engine) -> None:
    session = remote.session()
    _, where = visit(session.url, {"choice": "oxxo"})
    url = remote.sandbox.url + where
    assert visit(url, {"do": "fail"}) == (303, where)
    intent = next(iter(engine.world.family("payment_intents").values()))
    assert intent["status"] == "requires_action"
    visit(url, {"do": "pay"})
    assert "never came" in visit(url, language="en")[1]
    assert visit(url, {"do": "fail"}) == (303, where)
    assert (intent["status"], intent["last_payment_error"]["code"]) == (
        "requires_payment_method",
        "payment_intent_payment_attempt_failed",
    )


def test_the_front_page_disconnects_accounts_and_lets_payouts_fail(
    remote: Remote, engine: Engine
) -> None:
    url, worker = f"{remote.sandbox.url}/", remote.worker()
    charge = remote.charge()
    remote.later(4 * 86_400)
    remote.client.v1.transfers.create(
        {
            "amount": 1_000,
            "currency": "mxn",
            "destination": worker,
            "source_transaction": charge.id,
        }
    )
    there: Any = {"stripe_account": worker}
    payout = remote.client.v1.payouts.create({"amount": 900, "currency": "mxn"}, there)
    assert visit(url, {"do": "fail", "key": payout.id}) == (303, "/")
    failed = remote.client.v1.payouts.retrieve(payout.id, None, there)
    assert (failed.status, failed.failure_code) == ("failed", "account_closed")
    assert visit(url, {"do": "fail", "key": payout.id})[0] == 400

    assert visit(url, {"do": "disconnect", "key": worker}) == (303, "/")
    assert engine.world.family("accounts")[worker]["_deauthorized"] is True
    assert "disconnected" in visit(url, language="en")[1]


def test_an_onboarding_link_works_once(remote: Remote, engine: Engine) -> None:
    accounts = remote.client.v1.accounts
    account = accounts.create({"country": "BR", "capabilities": {"transfers": {"requested": True}}})
    link = remote.client.v1.account_links.create(
        {
            "account": account.id,
            "type": "account_onboarding",
            "refresh_url": "http://shop.localhost/again",
            "return_url": "http://shop.localhost/done",
        }
    )
    status, html = visit(link.url, language="pt-BR")
    assert (status, "Chave Pix" in html, "39053344705" in html) == (200, True, True)
    filled = {"outcome": "complete", "account_number": "ana@pix.example"}
    assert visit(link.url, filled) == (303, "http://shop.localhost/done")
    after = accounts.retrieve(account.id)
    assert after.payouts_enabled is True
    assert [bank.last4 for bank in after.external_accounts.data] == ["mple"]
    assert visit(link.url, {"outcome": "rejected"}) == (303, "http://shop.localhost/again")
    assert accounts.retrieve(account.id).payouts_enabled is True
    assert visit(f"{remote.sandbox.url}/onboarding/nonsense")[0] == 404


def test_an_old_onboarding_link_leads_to_a_new_one(remote: Remote) -> None:
    account = remote.client.v1.accounts.create({"country": "MX"})
    link = remote.client.v1.account_links.create(
        {
            "account": account.id,
            "type": "account_onboarding",
            "refresh_url": "http://shop.localhost/again",
            "return_url": "http://shop.localhost/done",
        }
    )
    remote.later(301)
    assert visit(link.url) == (303, "http://shop.localhost/again")


def test_pages_lead_back_only_where_they_may(remote: Remote, engine: Engine) -> None:
    engine.settings.return_origins = ("http://*.localhost:8000",)
    status, html = visit(remote.session().url, {"choice": "visa"}, language="en")
    assert (status, "not allowed here" in html) == (400, True)
    session = remote.session(success_url="http://patitas.localhost:8000/done")
    assert visit(session.url, {"choice": "visa"})[1] == "http://patitas.localhost:8000/done"


def test_a_name_cannot_become_html(remote: Remote) -> None:
    branding: Any = {"display_name": "<script>alert(1)</script>"}
    html = visit(remote.session(branding_settings=branding).url)[1]
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_front_page_has_buttons_for_what_the_world_does(remote: Remote, engine: Engine) -> None:
    charge = remote.charge()
    url = f"{remote.sandbox.url}/"
    assert charge.id in visit(url)[1]
    assert visit(url, {"do": "dispute", "key": charge.id}) == (303, "/")
    (dispute,) = remote.client.v1.disputes.list().data
    assert visit(url, {"do": "won", "key": dispute.id}) == (303, "/")
    assert remote.client.v1.disputes.retrieve(dispute.id).status == "won"
    before = engine.state.now
    assert visit(url, {"do": "day_later"}) == (303, "/")
    assert engine.state.now == before + 86_400
    status, html = visit(url, {"do": "lost", "key": dispute.id})
    assert (status, "cannot become lost" in html) == (400, True)


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        (123_456, "mxn", "es", "$1,234.56 MXN"),
        (123_456, "brl", "pt-BR", "R$ 1.234,56"),
        (1_990, "clp", "es", "$1,990 CLP"),
        (-5, "usd", "en", "-$0.05 USD"),
    ],
)
def test_money_is_written_as_people_write_it(
    amount: int, currency: str, language: str, text: str
) -> None:
    assert Speaker(language).money(amount, currency) == text
