"""Charges: what was really taken from a card, a voucher, or (in a connected account) a transfer."""

from __future__ import annotations

from simulators.stripe.errors import Json
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.money import move
from simulators.stripe.render import included, list_of, shown
from simulators.stripe.resources.merging import merge
from simulators.stripe.resources.payment_methods import card_details, card_of
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import VOUCHER_SETTLES_DAYS, charge_fee
from simulators.stripe.world import DAY, World


def add_charge(world: World, intent: Json, method: Json, *, status: str, captured: bool) -> Json:
    """The charge of one attempt to pay an intent."""
    failed = status == "failed"
    return world.add(
        {
            "id": world.state.new_id("py" if method["type"] != "card" else "ch"),
            "object": "charge",
            "amount": intent["amount"],
            "amount_captured": 0,
            "amount_refunded": 0,
            "balance_transaction": None,
            "billing_details": dict(method["billing_details"]),
            "captured": False if failed else captured,
            "currency": intent["currency"],
            "customer": intent.get("customer"),
            "description": intent.get("description"),
            "disputed": False,
            "failure_code": "card_declined" if failed else None,
            "failure_message": "Your card was declined." if failed else None,
            "fraud_details": {},
            "metadata": dict(intent["metadata"]),
            "outcome": _outcome(failed),
            "paid": not failed,
            "payment_intent": intent["id"],
            "payment_method": method["id"],
            "payment_method_details": _details(world, method),
            "receipt_email": intent.get("receipt_email"),
            "refunded": False,
            "status": status,
            "transfer_group": intent.get("transfer_group"),
        },
        owner=intent["_owner"],
    )


def _outcome(failed: bool) -> Json:
    return {
        "network_status": "declined_by_network" if failed else "approved_by_network",
        "reason": "generic_decline" if failed else None,
        "risk_level": "normal",
        "risk_score": 20,
        "seller_message": "The bank did not return any further details with this decline."
        if failed
        else "Payment complete.",
        "type": "issuer_declined" if failed else "authorized",
    }


def _details(world: World, method: Json) -> Json:
    if method["type"] != "card":
        return {"type": method["type"], method["type"]: {}}
    card = card_details(card_of(method))
    digits = int.from_bytes(world.state.digest("approval", world.state.counter)[:3], "big")
    return {
        "type": "card",
        "card": {
            **{name: card[name] for name in card if name not in ("networks", "display_brand")},
            "authorization_code": f"{digits % 1_000_000:06d}",
            "network": card["brand"],
            "three_d_secure_usage": None,
        },
    }


def take_money(world: World, charge: Json, amount: int) -> None:
    """Capture: the amount, less the fee, goes to the account's balance, pending at first."""
    days = world.settings.settles_after_days
    kind = charge["payment_method_details"]["type"]
    if days and kind != "card":
        days = VOUCHER_SETTLES_DAYS.get(kind, days)
    movement = move(
        world,
        charge["_owner"],
        kind="charge" if kind == "card" else "payment",
        amount=amount,
        currency=charge["currency"],
        source=charge["id"],
        fee=charge_fee(amount, charge["currency"]),
        available_on=world.now + days * DAY,
        description=charge.get("description"),
    )
    charge.update(
        amount_captured=amount,
        balance_transaction=movement["id"],
        captured=True,
        paid=True,
        status="succeeded",
    )


def refundable(charge: Json) -> int:
    """What is left to refund."""
    return int(charge["amount_captured"] - charge["amount_refunded"])


def settles_on(world: World, charge: Json) -> int:
    """When a charge's money becomes available."""
    movement = world.family("balance_transactions")[charge["balance_transaction"]]
    return int(movement["available_on"])


@included("charge", "refunds")
def _refunds(world: World, row: Json) -> Json:
    rows = [shown(world, r) for r in world.rows("refunds") if r["charge"] == row["id"]]
    return {"refunds": list_of(rows, f"/v1/charges/{row['id']}/refunds")}


@operation("get", "/v1/charges/{charge}")
def retrieve(world: World, call: Call) -> Json:
    """One charge."""
    return world.get("charges", call.key, call.account)


@operation("get", "/v1/charges")
def list_charges(world: World, call: Call) -> Json:
    """Charges, newest first."""
    rows = world.rows("charges", call.account)
    return listing(world, call, rows, "customer", "payment_intent", "transfer_group")


@operation("post", "/v1/charges/{charge}")
def update(world: World, call: Call) -> Json:
    """Change metadata, description or transfer group."""
    row = retrieve(world, call)
    merge(row, call.params)
    emit(world, "charge.updated", row)
    return row
