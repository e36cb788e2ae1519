"""Webhooks arrive signed, and badly when told to."""

from __future__ import annotations

import json
from typing import Any

import pytest
import stripe

from simulators.stripe.engine import Engine
from simulators.stripe.webhooks import MISCHIEF
from tests.simulators.stripe.conftest import NOON, SECRETS, Ear, Remote


def types(events: list[Any]) -> list[str]:
    """The types of events, in order."""
    return [event.type for event in events]


def two_events(remote: Remote) -> None:
    """A customer, then a dispute warning's worth of quiet: two plain platform events."""
    remote.client.v1.customers.create({"email": "a@x.example"})
    remote.client.v1.identity.verification_sessions.create({"type": "document"})


FIRST, SECOND = "customer.created", "identity.verification_session.created"


def test_platform_and_connect_events_go_to_their_own_endpoint(remote: Remote, ear: Ear) -> None:
    worker = remote.worker()
    two_events(remote)
    ear.everything()
    paths = {(path, json.loads(body).get("account")) for path, body, _ in ear.heard}
    assert paths == {("connect", worker), ("platform", None)}


def test_an_endpoint_hears_only_what_it_asked_for(remote: Remote, ear: Ear) -> None:
    remote.client.v1.webhook_endpoints.create(
        {"url": f"{ear.url}/platform", "enabled_events": ["payout.paid"]}
    )
    two_events(remote)
    assert types(ear.everything()) == [FIRST, SECOND]


def test_a_failed_delivery_is_tried_again_until_it_is_taken(remote: Remote, ear: Ear) -> None:
    ear.answers = [500, 404, 200]
    remote.client.v1.customers.create({})
    assert types(ear.wait_for(1)) == [FIRST]
    ear.everything()
    events = remote.client.v1.events.list({"delivery_success": True})
    assert types(events.data) == [FIRST]


def test_a_duplicate_carries_the_same_event_twice(remote: Remote, ear: Ear) -> None:
    remote.control("/webhooks", {"mode": "duplicate"})
    two_events(remote)
    heard = ear.everything()
    assert types(heard) == [FIRST, FIRST, SECOND]
    assert heard[0].id == heard[1].id


def test_reordered_events_arrive_the_other_way_round(remote: Remote, ear: Ear) -> None:
    remote.control("/webhooks", {"mode": "reorder", "types": [FIRST]})
    two_events(remote)
    assert types(ear.everything()) == [SECOND, FIRST]


def test_a_dropped_event_never_arrives_but_is_listed(remote: Remote, ear: Ear) -> None:
    remote.control("/webhooks", {"mode": "drop"})
    two_events(remote)
    assert types(ear.everything()) == [SECOND]
    missed = remote.client.v1.events.list({"delivery_success": False})
    assert types(missed.data) == [FIRST]


def test_a_delayed_event_waits_for_the_clock(remote: Remote, ear: Ear) -> None:
    remote.control("/webhooks", {"mode": "delay", "seconds": 60})
    two_events(remote)
    assert types(ear.wait_for(1)) == [SECOND]
    remote.later(60)
    assert types(ear.everything()) == [SECOND, FIRST]


@pytest.mark.parametrize("mode", ["wrong_secret", "old", "future"])
def test_a_bad_signature_is_one_that_a_careful_receiver_refuses(
    remote: Remote, ear: Ear, mode: str
) -> None:
    remote.control("/webhooks", {"delivery": "pull"})
    remote.control("/webhooks", {"mode": mode})
    two_events(remote)
    bad, good = remote.control("/deliveries", method="GET")
    ages = []
    for delivery in (bad, good):
        signed = delivery["headers"]["Stripe-Signature"]
        ages.append(int(signed.split(",")[0][2:]) - NOON)
    expected = {"wrong_secret": 0, "old": -3600, "future": 3600}[mode]
    assert ages == [expected, 0]
    verified = stripe.WebhookSignature.verify_header(
        good["payload"], good["headers"]["Stripe-Signature"], SECRETS["platform"]
    )
    assert verified is True
    if mode == "wrong_secret":
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(
                bad["payload"], bad["headers"]["Stripe-Signature"], SECRETS["platform"]
            )


def test_pulled_deliveries_stay_until_acknowledged(remote: Remote, ear: Ear) -> None:
    assert remote.control("/webhooks", {"delivery": "pull"})["delivery"] == "pull"
    two_events(remote)
    due = remote.control("/deliveries", method="GET")
    assert [one["endpoint"] for one in due] == ["platform", "platform"]
    assert remote.control("/deliveries", method="GET") == due
    assert remote.control("/deliveries/ack", {"ids": [due[0]["id"]]}) == {"acknowledged": 1}
    assert remote.control("/deliveries", method="GET") == due[1:]
    assert ear.heard == []
    remote.control("/webhooks", {"delivery": "push"})
    assert types(ear.everything()) == [SECOND]


def test_mischief_by_chance_is_decided_by_the_seed() -> None:
    def fate(seed: int) -> list[str | None]:
        engine = Engine(seed=seed, now=NOON)
        key = {"Authorization": "Bearer sk_test_x"}
        hook: Any = {"url": "http://127.0.0.1:9/x", "enabled_events": {"0": "*"}}
        engine.handle("POST", "/v1/webhook_endpoints", hook, key)
        engine.state.mischief.append({"mode": "random", "rate": 0.5, "times": 1, "types": []})
        for _ in range(40):
            engine.handle("POST", "/v1/customers", {}, key)
        return [delivery["mischief"] for delivery in engine.state.deliveries]

    assert fate(1) == fate(1) != fate(2)
    assert {mode for seed in range(5) for mode in fate(seed) if mode} == set(MISCHIEF) - {"drop"}


def test_events_are_of_types_that_stripe_has(remote: Remote, engine: Engine) -> None:
    worker = remote.worker()
    charge = remote.charge()
    remote.client.v1.transfers.create(
        {"amount": 5000, "currency": "mxn", "destination": worker, "source_transaction": charge.id}
    )
    remote.client.v1.refunds.create({"charge": charge.id, "amount": 1000})
    remote.control("/disputes", {"charge": remote.charge().id})
    remote.later(30 * 86_400)
    known = stripe.Event.__annotations__["type"].__args__
    emitted = {event["type"] for event in engine.world.family("events").values()}
    assert len(emitted) == 14
    assert emitted <= set(known)
