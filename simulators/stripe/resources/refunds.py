"""Refunds: never more than was captured, none while the charge is disputed."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.faults import take
from simulators.stripe.lists import listing
from simulators.stripe.money import move
from simulators.stripe.resources.charges import refundable, settles_on
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import NOT_REFUNDABLE
from simulators.stripe.world import World, on_timer


@operation("post", "/v1/refunds")
def create(world: World, call: Call) -> Json:
    """Give money of a charge back to whoever paid."""
    params = call.params
    charge = _charge(world, call)
    rest = refundable(charge)
    amount = params.get("amount", rest)
    _check(charge, amount, rest)
    row = world.add(
        {
            "id": world.state.new_id("re"),
            "object": "refund",
            "amount": amount,
            "charge": charge["id"],
            "currency": charge["currency"],
            "customer": charge["customer"],
            "metadata": new_metadata(params),
            "payment_intent": charge["payment_intent"],
            "payment_method": charge["payment_method"],
            "reason": params.get("reason"),
            "status": "succeeded",
        },
        owner=call.account,
    )
    row["balance_transaction"] = _pay(world, charge, row)["id"]
    charge["amount_refunded"] += amount
    charge["refunded"] = refundable(charge) == 0
    emit(world, "refund.created", row)
    emit(world, "charge.refunded", charge)
    fault = take(world, ("refund_failed",), method="post", path=call.path, account=call.account)
    if fault:
        world.later(world.now + int(fault["seconds"] or 1), "refund_failed", refund=row["id"])
    return row


def _charge(world: World, call: Call) -> Json:
    key = call.params.get("charge")
    intent_key = call.params.get("payment_intent")
    if (key is None) == (intent_key is None):
        raise Refused(
            "One of the following params should be provided for this request: payment_intent or"
            " charge.",
            code="parameter_missing",
            param="payment_intent",
        )
    if intent_key:
        intent = world.get(
            "payment_intents", intent_key, call.account, param="payment_intent", status=400
        )
        key = intent["latest_charge"]
        if key is None or intent["status"] != "succeeded":
            raise Refused(
                f"This PaymentIntent ({intent_key}) does not have a successful charge to refund.",
                param="payment_intent",
            )
    return world.get("charges", str(key), call.account, param="charge", status=400)


def _check(charge: Json, amount: int, rest: int) -> None:
    kind = charge["payment_method_details"]["type"]
    if kind in NOT_REFUNDABLE:
        raise Refused(f"Payments by {kind} cannot be refunded.", param="charge")
    if charge["disputed"]:
        raise Refused(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
            param="charge",
        )
    if rest <= 0:
        raise Refused(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    if not 1 <= amount <= rest:
        raise Refused(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({rest}).",
            param="amount",
        )


def _pay(world: World, charge: Json, refund: Json) -> Json:
    kind = "refund" if charge["payment_method_details"]["type"] == "card" else "payment_refund"
    return move(
        world,
        refund["_owner"],
        kind=kind,
        amount=-refund["amount"],
        currency=refund["currency"],
        source=refund["id"],
        available_on=settles_on(world, charge),
    )


@on_timer("refund_failed")
def refund_failed(world: World, arguments: Json) -> None:
    """The card could not take the money back: it returns to the balance."""
    row = world.family("refunds")[arguments["refund"]]
    if row["status"] != "succeeded":
        return
    back = move(
        world,
        row["_owner"],
        kind="refund_failure",
        amount=row["amount"],
        currency=row["currency"],
        source=row["id"],
    )
    row.update(
        status="failed",
        failure_reason="lost_or_stolen_card",
        failure_balance_transaction=back["id"],
    )
    charge = world.family("charges")[row["charge"]]
    charge["amount_refunded"] -= row["amount"]
    charge["refunded"] = False
    emit(world, "refund.failed", row)
    emit(world, "refund.updated", row)


@operation("get", "/v1/refunds/{refund}")
def retrieve(world: World, call: Call) -> Json:
    """One refund."""
    return world.get("refunds", call.key, call.account)


@operation("get", "/v1/refunds")
def list_refunds(world: World, call: Call) -> Json:
    """Refunds, newest first."""
    rows = world.rows("refunds", call.account)
    return listing(world, call, rows, "charge", "payment_intent")


@operation("post", "/v1/refunds/{refund}")
def update(world: World, call: Call) -> Json:
    """Change the metadata of a refund."""
    row = retrieve(world, call)
    merge(row, call.params)
    emit(world, "refund.updated", row)
    return row
