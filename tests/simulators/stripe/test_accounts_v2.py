"""The second API's accounts: made and read through the real SDK, checked by its own types."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from simulators.stripe.engine import Engine
from simulators.stripe.routes import ROUTES
from tests.simulators.stripe.conftest import Remote

ASKED: Any = {
    "contact_email": "ana@example.com",
    "display_name": "Ana P.",
    "dashboard": "express",
    "identity": {"country": "mx", "entity_type": "individual"},
    "configuration": {
        "recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
    },
    "defaults": {
        "currency": "mxn",
        "responsibilities": {"fees_collector": "application", "losses_collector": "application"},
    },
    "metadata": {"payee": "1"},
    "include": ["configuration.recipient", "identity", "defaults", "requirements"],
}
SEEN: Any = {"include": ["configuration.recipient", "requirements"]}
FAMILIES = (
    *("accounts", "account_links", "customers", "payment_methods", "checkout", "setup_intents"),
    *("payment_intents", "charges", "refunds", "transfers", "payouts", "balance"),
    *("balance_transactions", "disputes", "events", "webhook_endpoints", "identity"),
)


def transfers_of(account: Any) -> str:
    return str(account.configuration.recipient.capabilities.stripe_balance.stripe_transfers.status)


def test_an_account_is_made_onboarded_and_paid(remote: Remote, client: stripe.StripeClient) -> None:
    made = client.v2.core.accounts.create(ASKED)
    assert (made.object, made.contact_email, made.dashboard) == (
        "v2.core.account",
        "ana@example.com",
        "express",
    )
    assert made.identity is not None
    assert made.identity.country == "mx"
    assert transfers_of(made) == "restricted"
    assert made.requirements is not None
    assert len(made.requirements.entries) == 6

    remote.control(f"/onboarding/{made.id}", {"outcome": "complete"})
    seen = client.v2.core.accounts.retrieve(made.id, SEEN)
    assert transfers_of(seen) == "active"
    assert (seen.requirements.entries, seen.identity) == ([], None)

    charge = remote.charge(65_900)
    transfer: Any = {"amount": 1_000, "currency": "mxn", "destination": made.id}
    client.v1.transfers.create({**transfer, "source_transaction": charge.id})
    assert client.v1.accounts.retrieve(made.id).metadata.payee == "1"


def test_an_account_of_the_first_api_can_be_read_with_the_second(
    remote: Remote, client: stripe.StripeClient
) -> None:
    seen = client.v2.core.accounts.retrieve(remote.worker(), SEEN)
    assert transfers_of(seen) == "active"


@pytest.mark.parametrize(
    ("changed", "param"),
    [
        ({"contact_mail": "x"}, "contact_mail"),
        ({"dashboard": "some"}, "dashboard"),
        ({"identity": {"entity_type": "individual"}}, "identity[country]"),
        ({"display_name": 7}, "display_name"),
        ({"configuration": {"recipient": {"able": {}}}}, "configuration[recipient][able]"),
        ({"defaults": {"responsibilities": {"fees_collector": "stripe"}}},
         "defaults[responsibilities][losses_collector]"),
        ({"configuration": {"customer": {}}}, "configuration[customer]"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named_and_nothing_is_made(
    client: stripe.StripeClient, engine: Engine, changed: Any, param: str
) -> None:
    before = len(engine.world.family("accounts"))
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v2.core.accounts.create({**ASKED, **changed})
    assert (refused.value.http_status, refused.value.param) == (400, param)
    assert len(engine.world.family("accounts")) == before


def test_a_boolean_is_no_text(engine: Engine) -> None:
    body = '{"configuration": {"recipient": {"capabilities": {"stripe_balance": %s}}}}'
    wrong = body % '{"stripe_transfers": {"requested": "true"}}'
    answer = engine.request(
        "post", "/v2/core/accounts", wrong, {"Authorization": "Bearer sk_test_x"}
    )
    assert answer.status == 400
    assert answer.body["error"]["param"].endswith("[stripe_transfers][requested]")


def test_the_same_key_makes_one_account(client: stripe.StripeClient, engine: Engine) -> None:
    before = len(engine.world.family("accounts"))
    first, again = (
        client.v2.core.accounts.create(ASKED, {"idempotency_key": "acct:1"}) for _ in range(2)
    )
    assert first.id == again.id
    assert len(engine.world.family("accounts")) == before + 1


def test_a_disconnected_account_is_not_shown(remote: Remote, client: stripe.StripeClient) -> None:
    account = remote.worker()
    remote.control(f"/accounts/{account}/deauthorize")
    with pytest.raises(stripe.StripeError) as refused:
        client.v2.core.accounts.retrieve(account)
    assert refused.value.http_status == 403


def test_a_body_that_is_no_json_is_refused(engine: Engine) -> None:
    for body in ("{", "[1]"):
        answer = engine.request(
            "post", "/v2/core/accounts", body, {"Authorization": "Bearer sk_test_x"}
        )
        assert answer.status == 400


def test_every_family_of_objects_that_is_promised_is_played() -> None:
    played = {route.steps[1] for route in ROUTES if route.steps[0] == "v1"}
    assert set(FAMILIES) <= played
    assert {route.method for route in ROUTES if route.steps[:3] == ("v2", "core", "accounts")} == {
        "post",
        "get",
    }
