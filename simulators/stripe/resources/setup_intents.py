"""Setup intents: keeping a card for later without charging it."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.resources.paying import OPEN, require_state
from simulators.stripe.resources.payment_methods import card_of, declined, keep_for, resolve
from simulators.stripe.routes import Call, operation
from simulators.stripe.world import World


@operation("post", "/v1/setup_intents")
def create(world: World, call: Call) -> Json:
    """A new setup intent; with `confirm` the card is kept at once."""
    params = call.params
    customer = params.get("customer")
    if customer:
        world.get("customers", customer, call.account, param="customer", status=400)
    row = new_setup(world, call.account, params)
    if params.get("confirm"):
        _confirm(world, row, params.get("payment_method"))
    return row


def new_setup(world: World, owner: str, params: Json) -> Json:
    """Remember a setup intent that nobody has confirmed yet."""
    key = world.state.new_id("seti")
    return world.add(
        {
            "id": key,
            "object": "setup_intent",
            "client_secret": f"{key}_secret_{world.state.digest('secret', key).hex()[:24]}",
            "customer": params.get("customer"),
            "description": params.get("description"),
            "metadata": new_metadata(params),
            "payment_method": params.get("payment_method"),
            "payment_method_types": ["card"],
            "status": "requires_payment_method",
            "usage": params.get("usage", "off_session"),
        },
        owner=owner,
    )


def keep(world: World, row: Json, method: Json) -> None:
    """The card is good: keep it for the customer."""
    require_state(row, OPEN, "confirmed")
    if card_of(method).behaviour == "declined":
        row["last_setup_error"] = dict(declined().body["error"])
        emit(world, "setup_intent.setup_failed", row)
        raise declined()
    row.update(status="succeeded", payment_method=method["id"], last_setup_error=None)
    if row["customer"]:
        keep_for(world, method, row["customer"])
    emit(world, "setup_intent.succeeded", row)


def _confirm(world: World, row: Json, key: str | None) -> None:
    if not key:
        raise Refused(
            "You cannot confirm this SetupIntent because it's missing a payment method.",
            code="setup_intent_unexpected_state",
            param="payment_method",
        )
    keep(world, row, resolve(world, row["_owner"], key, row["customer"]))


@operation("get", "/v1/setup_intents/{intent}")
def retrieve(world: World, call: Call) -> Json:
    """One setup intent."""
    return world.get("setup_intents", call.key, call.account)


@operation("get", "/v1/setup_intents")
def list_setup_intents(world: World, call: Call) -> Json:
    """Setup intents, newest first."""
    rows = world.rows("setup_intents", call.account)
    return listing(world, call, rows, "customer", "payment_method")


@operation("post", "/v1/setup_intents/{intent}")
def update(world: World, call: Call) -> Json:
    """Change description or metadata."""
    row = retrieve(world, call)
    merge(row, call.params)
    return row


@operation("post", "/v1/setup_intents/{intent}/confirm")
def confirm(world: World, call: Call) -> Json:
    """Keep the card."""
    row = retrieve(world, call)
    _confirm(world, row, call.params.get("payment_method") or row["payment_method"])
    return row


@operation("post", "/v1/setup_intents/{intent}/cancel")
def cancel(world: World, call: Call) -> Json:
    """Give up on keeping a card."""
    row = retrieve(world, call)
    require_state(row, OPEN, "canceled")
    row["status"] = "canceled"
    row["cancellation_reason"] = call.params.get("cancellation_reason")
    emit(world, "setup_intent.canceled", row)
    return row
