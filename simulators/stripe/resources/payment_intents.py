"""Payment intents: one payment from wish to money."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.money import check_amount
from simulators.stripe.resources import paying
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.resources.payment_methods import resolve
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import NO_MANUAL_CAPTURE
from simulators.stripe.world import World

COPIED = (
    "description",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
)


@operation("post", "/v1/payment_intents")
def create(world: World, call: Call) -> Json:
    """A new intent; with `confirm` it is tried at once."""
    params = call.params
    if params.get("off_session") and not params.get("confirm"):
        raise Refused("off_session can only be used with confirm=true.", param="off_session")
    customer = params.get("customer")
    if customer:
        world.get("customers", customer, call.account, param="customer", status=400)
    key = params.get("payment_method")
    if params.get("confirm") and not key:
        raise _no_method()
    method = resolve(world, call.account, key, customer) if key else None
    row = new_intent(world, call.account, params, capture_method=_capture_method(params))
    if method:
        row.update(payment_method=method["id"], status="requires_confirmation")
    emit(world, "payment_intent.created", row)
    if params.get("confirm"):
        _confirm(world, row, method, params)
    return row


def new_intent(world: World, owner: str, params: Json, *, capture_method: str) -> Json:
    """Remember an intent that nobody has tried to pay yet."""
    check_amount(params["amount"], params["currency"])
    kinds = params.get("allowed_payment_method_types") or ["card"]
    if capture_method == "manual" and NO_MANUAL_CAPTURE & set(kinds):
        raise Refused(
            "Vouchers and bank codes cannot be authorised first: capture_method=manual takes"
            " cards only.",
            param="capture_method",
        )
    key = world.state.new_id("pi")
    return world.add(
        {
            "id": key,
            "object": "payment_intent",
            "amount": params["amount"],
            "amount_capturable": 0,
            "amount_received": 0,
            "capture_method": params.get("capture_method", "automatic_async"),
            "client_secret": f"{key}_secret_{world.state.digest('secret', key).hex()[:24]}",
            "confirmation_method": "automatic",
            "currency": params["currency"].lower(),
            "customer": params.get("customer"),
            "latest_charge": None,
            "metadata": new_metadata(params),
            "payment_method": None,
            "payment_method_options": params.get("payment_method_options", {}),
            "payment_method_types": kinds,
            "status": "requires_payment_method",
            "_capture_method": capture_method,
            "_return_url": params.get("return_url"),
            **{name: params.get(name) for name in COPIED},
        },
        owner=owner,
    )


def _capture_method(params: Json) -> str:
    card = params.get("payment_method_options", {}).get("card", {})
    return str(card.get("capture_method") or params.get("capture_method", "automatic"))


def _confirm(world: World, row: Json, method: Json | None, params: Json) -> None:
    if method is None:
        raise _no_method()
    off_session = params.get("off_session") not in (None, False)
    paying.confirm(world, row, method, off_session=off_session)


def _no_method() -> Refused:
    return Refused(
        "You cannot confirm this PaymentIntent because it's missing a payment method.",
        code="payment_intent_unexpected_state",
        param="payment_method",
    )


@operation("post", "/v1/payment_intents/{intent}/confirm")
def confirm(world: World, call: Call) -> Json:
    """Try to pay with the intent's method, or with another one."""
    row = retrieve(world, call)
    key = call.params.get("payment_method") or row["payment_method"]
    method = resolve(world, call.account, key, row["customer"]) if key else None
    _confirm(world, row, method, call.params)
    return row


@operation("get", "/v1/payment_intents/{intent}")
def retrieve(world: World, call: Call) -> Json:
    """One intent."""
    return world.get("payment_intents", call.key, call.account)


@operation("get", "/v1/payment_intents")
def list_payment_intents(world: World, call: Call) -> Json:
    """Intents, newest first."""
    return listing(world, call, world.rows("payment_intents", call.account), "customer")


@operation("post", "/v1/payment_intents/{intent}")
def update(world: World, call: Call) -> Json:
    """Change an intent that has not been paid."""
    row = retrieve(world, call)
    money = {"amount", "currency", "customer", "payment_method"} & set(call.params)
    if money:
        paying.require_state(row, paying.OPEN, "updated")
        after = {**row, **call.params}
        check_amount(after["amount"], after["currency"])
    merge(row, call.params)
    return row


@operation("post", "/v1/payment_intents/{intent}/capture")
def capture(world: World, call: Call) -> Json:
    """Take the authorised money."""
    row = retrieve(world, call)
    paying.capture(world, row, call.params.get("amount_to_capture"))
    merge(row, {"metadata": call.params["metadata"]} if "metadata" in call.params else {})
    return row


@operation("post", "/v1/payment_intents/{intent}/cancel")
def cancel(world: World, call: Call) -> Json:
    """Give up on an intent."""
    row = retrieve(world, call)
    paying.cancel(world, row, call.params.get("cancellation_reason"))
    return row
