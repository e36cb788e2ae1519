"""Requests are checked against the SDK's own types; answers carry what its classes declare."""

from __future__ import annotations

import typing
from typing import Any

import pytest
import stripe

from simulators.stripe.engine import Engine
from simulators.stripe.errors import Refused
from simulators.stripe.forms import decode
from simulators.stripe.shapes import CLASSES
from simulators.stripe.transport import EngineTransport
from tests.simulators.stripe.conftest import Remote

KEY = {"Authorization": "Bearer sk_test_x"}


@pytest.fixture
def inside(engine: Engine) -> Any:
    """The SDK calling the engine without a network."""
    return stripe.StripeClient("sk_test_x", http_client=EngineTransport(engine)).v1


@pytest.mark.parametrize(
    ("service", "params", "param"),
    [
        ("transfers", {"amount": 1, "currency": "mxn", "destinaton": "acct_1"}, "destinaton"),
        ("transfers", {"amount": 1, "currency": "mxn"}, "destination"),
        ("payouts", {"amount": 1.5, "currency": "mxn"}, "amount"),
        ("payouts", {"amount": 100, "currency": "mxn", "method": "express"}, "method"),
        ("refunds", {"payment_intent": "pi_1", "reason": "because"}, "reason"),
        (
            "accounts",
            {"capabilities": {"transfers": {"requested": "perhaps"}}},
            "capabilities[transfers][requested]",
        ),
        ("accounts", {"capabilities": {"pix": {"requested": True}}}, "capabilities[pix]"),
        (
            "webhook_endpoints",
            {"url": "http://x.test", "enabled_events": ["payout.done"]},
            "enabled_events[0]",
        ),
        (
            "payment_intents",
            {"amount": 1, "currency": "mxn", "payment_method_types": ["card"]},
            "payment_method_types",
        ),
    ],
)
def test_a_wrong_parameter_is_named_and_refused(
    inside: Any, engine: Engine, service: str, params: Any, param: str
) -> None:
    before = engine.state.rows.copy()
    with pytest.raises(stripe.InvalidRequestError) as refused:
        getattr(inside, service).create(params)
    assert (refused.value.param, refused.value.http_status) == (param, 400)
    assert engine.state.rows == before


@pytest.mark.parametrize(
    "path", ["/v1/nonsense", "/v1/transfers/tr_1/nonsense", "/v1/invoices", "/v2/core/accounts"]
)
def test_an_unknown_path_is_not_found(engine: Engine, path: str) -> None:
    answer = engine.handle("GET", path, {}, KEY)
    assert answer.status == 404
    assert answer.body["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("key", ["", "sk_live_abc", "pk_test_abc"])
def test_only_test_keys_are_taken(engine: Engine, key: str) -> None:
    answer = engine.handle("GET", "/v1/balance", {}, {"Authorization": f"Bearer {key}"})
    assert answer.status == 401


def test_a_stranger_account_is_refused(inside: Any) -> None:
    with pytest.raises(stripe.PermissionError) as refused:
        inside.balance.retrieve({}, {"stripe_account": "acct_nobody"})
    assert refused.value.error.code == "account_invalid"


def test_objects_of_another_account_do_not_exist(remote: Remote) -> None:
    charge = remote.charge()
    worker = remote.worker()
    with pytest.raises(stripe.InvalidRequestError) as refused:
        remote.client.v1.charges.retrieve(charge.id, {}, {"stripe_account": worker})
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("a=1", {"a": "1"}),
        ("a[b][c]=1&a[b][d]=", {"a": {"b": {"c": "1", "d": ""}}}),
        ("l[]=x&l[]=y", {"l": {"0": "x", "1": "y"}}),
        ("l[1]=y&l[0]=x", {"l": {"1": "y", "0": "x"}}),
    ],
)
def test_forms_are_read_as_stripe_writes_them(text: str, params: Any) -> None:
    assert decode(text) == params


@pytest.mark.parametrize("text", ["a=1&a[b]=2", "a[b]=2&a=1", "[a]=1", "a[b=1", "a" + "[b]" * 12])
def test_forms_that_contradict_themselves_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        decode(text if "=" in text else f"{text}=1")


def test_lists_keep_their_order_and_turn_pages(inside: Any) -> None:
    made = [inside.customers.create({"email": f"c{n}@x.example"}).id for n in range(12)]
    first = inside.customers.list({"limit": 5})
    assert [row.id for row in first.data] == made[:6:-1]
    assert first.has_more is True
    second = inside.customers.list({"limit": 10, "starting_after": first.data[-1].id})
    assert ([row.id for row in second.data], second.has_more) == (made[6::-1], False)
    back = inside.customers.list({"limit": 3, "ending_before": made[8]})
    assert [row.id for row in back.data] == made[11:8:-1]
    assert [row.email for row in inside.customers.list({"email": "c3@x.example"}).data] == [
        "c3@x.example"
    ]
    assert len(list(inside.customers.list({"limit": 5}).auto_paging_iter())) == 12


def test_what_cannot_be_expanded_is_refused(inside: Any) -> None:
    customer = inside.customers.create({})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        inside.customers.retrieve(customer.id, {"expand": ["nonsense"]})
    assert refused.value.code == "property_cannot_be_expanded"


def test_every_object_carries_the_fields_that_are_never_missing(
    remote: Remote, engine: Engine
) -> None:
    """Including those nobody gave: the SDK's objects answer every declared attribute."""
    remote.worker()
    charge = remote.charge()
    remote.client.v1.refunds.create({"charge": charge.id, "amount": 100})
    seen = set()
    for family in ("accounts", "charges", "payment_intents", "refunds", "sessions", "customers"):
        for key in engine.world.family(family):
            path = {"sessions": "checkout/sessions"}.get(family, family)
            answer = engine.handle("GET", f"/v1/{path}/{key}", {}, KEY)
            if answer.status == 200:
                seen.add(answer.body["object"])
                declared = CLASSES[answer.body["object"]].__annotations__
                needed = {
                    name
                    for name, kind in declared.items()
                    if typing.get_origin(kind) is not typing.ClassVar and name != "deleted"
                }
                assert needed <= set(answer.body)
    assert seen == {"account", "charge", "payment_intent", "refund", "checkout.session"}


def test_a_neutral_value_has_the_type_that_the_class_declares(remote: Remote) -> None:
    charge = remote.charge()
    assert charge.billing_details.email == "cliente@example.com"
    assert (charge.application_fee_amount, charge.refunds) == (None, None)
    assert charge.payment_method_details.to_dict().keys() == {"card", "type"}
