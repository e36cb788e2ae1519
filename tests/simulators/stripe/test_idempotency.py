"""Idempotency keys, and the faults that they are there for."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
import stripe

from simulators.stripe.engine import Engine
from simulators.stripe.server import Sandbox
from tests.simulators.stripe.conftest import DAY, Remote

INTENT: Any = {
    "amount": 60_900,
    "currency": "mxn",
    "payment_method": "pm_card_visa",
    "confirm": True,
}


def pay(client: stripe.StripeClient, key: str, **changes: Any) -> Any:
    """Charge the test card under a key."""
    return client.v1.payment_intents.create({**INTENT, **changes}, {"idempotency_key": key})


def charges(engine: Engine) -> int:
    """How many charges there are."""
    return len(engine.world.family("charges"))


def test_the_same_key_gives_the_first_answer_again(
    client: stripe.StripeClient, engine: Engine
) -> None:
    first, second = pay(client, "k1"), pay(client, "k1")
    assert first.id == second.id
    assert charges(engine) == 1
    replayed = second.last_response.headers
    assert replayed["Idempotent-Replayed"] == "true"
    assert first.last_response.body == second.last_response.body


def test_the_same_key_with_other_parameters_is_an_error(
    client: stripe.StripeClient, engine: Engine
) -> None:
    pay(client, "k1")
    with pytest.raises(stripe.IdempotencyError) as refused:
        pay(client, "k1", amount=60_901)
    assert refused.value.http_status == 400
    assert charges(engine) == 1


def test_a_declined_card_stays_declined_under_its_key(
    client: stripe.StripeClient, engine: Engine
) -> None:
    for _ in range(2):
        with pytest.raises(stripe.CardError) as refused:
            pay(client, "k1", payment_method="pm_card_visa_chargeDeclined")
        assert (refused.value.code, refused.value.http_status) == ("card_declined", 402)
        assert refused.value.error.payment_intent["status"] == "requires_payment_method"
    assert charges(engine) == 1


def test_a_refused_parameter_does_not_use_the_key_up(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        pay(client, "k1", amuont=1)
    assert pay(client, "k1").status == "succeeded"


def test_a_key_is_forgotten_after_a_day(remote: Remote, engine: Engine) -> None:
    pay(remote.client, "k1")
    remote.later(DAY)
    pay(remote.client, "k1")
    assert charges(engine) == 2


def test_two_accounts_may_use_the_same_key(remote: Remote, engine: Engine) -> None:
    worker = remote.worker()
    one = remote.client.v1.customers.create({}, {"idempotency_key": "k1"})
    other = remote.client.v1.customers.create(
        {}, {"idempotency_key": "k1", "stripe_account": worker}
    )
    assert one.id != other.id


def test_a_long_key_is_refused(client: stripe.StripeClient, engine: Engine) -> None:
    with pytest.raises(stripe.StripeError) as refused:
        pay(client, "k" * 256)
    assert refused.value.http_status == 400
    assert charges(engine) == 0


@pytest.mark.parametrize(("kind", "made"), [("timeout_after", 1), ("timeout_before", 0)])
def test_after_a_timeout_the_same_key_finds_one_charge(
    remote: Remote, engine: Engine, kind: str, made: int
) -> None:
    remote.control("/faults", {"match": "POST /v1/payment_intents", "kind": kind})
    with pytest.raises(stripe.APIConnectionError):
        pay(remote.client, "k1")
    assert charges(engine) == made
    assert pay(remote.client, "k1").status == "succeeded"
    assert charges(engine) == 1


@pytest.mark.parametrize(("kind", "made"), [("500", 0), ("500_after", 1)])
def test_a_500_is_replayed_too(remote: Remote, engine: Engine, kind: str, made: int) -> None:
    remote.control("/faults", {"match": {"path": "/v1/payment_intents"}, "kind": kind})
    for _ in range(2):
        with pytest.raises(stripe.APIError) as broken:
            pay(remote.client, "k1")
        assert broken.value.http_status == 500
    assert charges(engine) == made
    assert pay(remote.client, "k2").status == "succeeded"


def test_429_is_not_stored(remote: Remote, engine: Engine) -> None:
    remote.control("/faults", {"kind": "429"})
    with pytest.raises(stripe.RateLimitError):
        pay(remote.client, "k1")
    assert charges(engine) == 0
    assert pay(remote.client, "k1").status == "succeeded"


def test_a_second_request_while_the_first_runs_is_a_conflict(
    remote: Remote, sandbox: Sandbox, engine: Engine
) -> None:
    remote.control("/faults", {"kind": "slow", "seconds": 0.4})
    thread = threading.Thread(target=pay, args=(remote.client, "k1"))
    thread.start()
    while not engine.ledger.running:
        time.sleep(0.01)
    second = stripe.StripeClient("sk_test_x", base_addresses={"api": sandbox.url})
    with pytest.raises(stripe.APIError) as refused:
        pay(second, "k1")
    assert refused.value.http_status == 409
    assert refused.value.error.code == "idempotency_key_in_use"
    thread.join()
    assert charges(engine) == 1


def test_an_unknown_fault_is_refused(engine: Engine, remote: Remote) -> None:
    with pytest.raises(OSError, match="400"):
        remote.control("/faults", {"kind": "earthquake"})
    assert engine.state.faults == []
