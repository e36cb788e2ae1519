"""Transfers to connected accounts, and their reversals."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.money import available, check_amount, move
from simulators.stripe.render import list_of, shown, view
from simulators.stripe.resources.charges import settles_on
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.world import World

INSUFFICIENT = (
    "You have insufficient available funds in your Stripe account. Try adding funds, or wait"
    " until pending charges are available."
)


@operation("post", "/v1/transfers")
def create(world: World, call: Call) -> Json:
    """Move money from the platform to a connected account."""
    params = call.params
    if "amount" not in params:
        raise Refused("Missing required param: amount.", code="parameter_missing", param="amount")
    amount, currency = params["amount"], params["currency"].lower()
    check_amount(amount, currency, minimum=1)
    destination = _destination(world, call)
    source = params.get("source_transaction")
    charge = _source(world, call, amount, currency) if source else None
    if charge is None and available(world, call.account, currency) < amount:
        raise Refused(INSUFFICIENT, code="balance_insufficient")
    group = params.get("transfer_group") or (charge or {}).get("transfer_group")
    row = world.add(
        {
            "id": world.state.new_id("tr"),
            "object": "transfer",
            "amount": amount,
            "amount_reversed": 0,
            "currency": currency,
            "description": params.get("description"),
            "destination": destination["id"],
            "metadata": new_metadata(params),
            "reversed": False,
            "source_transaction": source,
            "source_type": params.get("source_type", "card"),
            "transfer_group": group,
        },
        owner=call.account,
    )
    if charge:
        charge["_transferred"] = charge.get("_transferred", 0) + amount
    _book(world, row, settles_on(world, charge) if charge else None)
    emit(world, "transfer.created", row)
    return row


def _destination(world: World, call: Call) -> Json:
    key = call.params["destination"]
    row = world.family("accounts").get(key)
    if row is None or row.get("_deauthorized") or key == call.account:
        raise Refused(f"No such destination: '{key}'", code="resource_missing", param="destination")
    if row["capabilities"].get("transfers") != "active":
        raise Refused(
            "Your destination account needs to have at least one of the following capabilities"
            " enabled: transfers, crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
            param="destination",
        )
    return row


def _source(world: World, call: Call, amount: int, currency: str) -> Json:
    key = call.params["source_transaction"]
    charge = world.get("charges", key, call.account, param="source_transaction", status=400)
    if charge["status"] != "succeeded" or not charge["captured"]:
        raise Refused(
            f"The source transaction {key} must be a captured, successful charge.",
            param="source_transaction",
        )
    if charge["currency"] != currency:
        raise Refused(
            f"The currency of source_transaction's balance transaction ({charge['currency']})"
            f" must be the same as the transfer currency ({currency}).",
            param="currency",
        )
    used = charge.get("_transferred", 0)
    if used + amount > charge["amount_captured"]:
        raise Refused(
            "Transfers using this transaction as a source must not exceed the source amount of"
            f" {charge['amount_captured']}. (There are already transfers using this source,"
            f" amounting to a total of {used}.)",
            param="amount",
        )
    return charge


def _book(world: World, row: Json, available_on: int | None) -> None:
    out = move(
        world,
        row["_owner"],
        kind="transfer",
        amount=-row["amount"],
        currency=row["currency"],
        source=row["id"],
        available_on=available_on,
    )
    payment = world.add(
        {
            "id": world.state.new_id("py"),
            "object": "charge",
            "amount": row["amount"],
            "amount_captured": row["amount"],
            "amount_refunded": 0,
            "captured": True,
            "currency": row["currency"],
            "customer": None,
            "disputed": False,
            "metadata": {},
            "paid": True,
            "payment_intent": None,
            "payment_method": None,
            "payment_method_details": {"type": "stripe_account"},
            "refunded": False,
            "source_transfer": row["id"],
            "status": "succeeded",
            "transfer_group": row["transfer_group"],
        },
        owner=row["destination"],
    )
    into = move(
        world,
        row["destination"],
        kind="payment",
        amount=row["amount"],
        currency=row["currency"],
        source=payment["id"],
        available_on=available_on,
    )
    payment["balance_transaction"] = into["id"]
    row.update(balance_transaction=out["id"], destination_payment=payment["id"])


@view("transfer")
def _transfer(world: World, row: Json) -> Json:
    held = [shown(world, r) for r in world.rows("reversals") if r["transfer"] == row["id"]]
    return {"reversals": list_of(held, f"/v1/transfers/{row['id']}/reversals")}


@operation("get", "/v1/transfers/{transfer}")
def retrieve(world: World, call: Call) -> Json:
    """One transfer."""
    return world.get("transfers", call.key, call.account)


@operation("get", "/v1/transfers")
def list_transfers(world: World, call: Call) -> Json:
    """Transfers, newest first."""
    rows = world.rows("transfers", call.account)
    return listing(world, call, rows, "destination", "transfer_group")


@operation("post", "/v1/transfers/{transfer}")
def update(world: World, call: Call) -> Json:
    """Change description or metadata."""
    row = retrieve(world, call)
    merge(row, call.params)
    emit(world, "transfer.updated", row)
    return row


@operation("post", "/v1/transfers/{id}/reversals")
def reverse(world: World, call: Call) -> Json:
    """Take a transfer back, or a part of it."""
    transfer = retrieve(world, call)
    rest = transfer["amount"] - transfer["amount_reversed"]
    amount = call.params.get("amount", rest)
    if not 1 <= amount <= rest:
        raise Refused(
            f"The reversal amount ({amount}) must be positive and at most the unreversed amount"
            f" ({rest}).",
            param="amount",
        )
    due = _taken_from(world, transfer, amount)
    row = world.add(
        {
            "id": world.state.new_id("trr"),
            "object": "transfer_reversal",
            "amount": amount,
            "currency": transfer["currency"],
            "metadata": new_metadata(call.params),
            "transfer": transfer["id"],
        },
        owner=call.account,
    )
    _book_back(world, transfer, row, due)
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    if transfer["source_transaction"]:
        world.family("charges")[transfer["source_transaction"]]["_transferred"] -= amount
    if "description" in call.params:
        transfer["description"] = call.params["description"]
    emit(world, "transfer.reversed", transfer)
    return row


def _taken_from(world: World, transfer: Json, amount: int) -> int:
    """When the money that goes back is there: unsettled money goes back unsettled."""
    payment = world.family("charges")[transfer["destination_payment"]]
    due = settles_on(world, payment)
    held = available(world, transfer["destination"], transfer["currency"])
    fails = world.settings.uncovered_reversal == "fail"
    if due <= world.now and held < amount and fails:
        raise Refused(
            "The connected account does not have enough available balance to cover this reversal.",
            code="balance_insufficient",
        )
    return due


def _book_back(world: World, transfer: Json, row: Json, due: int) -> None:
    payment = world.family("charges")[transfer["destination_payment"]]
    back = world.add(
        {
            "id": world.state.new_id("pyr"),
            "object": "refund",
            "amount": row["amount"],
            "charge": payment["id"],
            "currency": row["currency"],
            "metadata": {},
            "payment_intent": None,
            "status": "succeeded",
            "transfer_reversal": row["id"],
        },
        owner=transfer["destination"],
    )
    out = move(
        world,
        transfer["destination"],
        kind="payment_refund",
        amount=-row["amount"],
        currency=row["currency"],
        source=back["id"],
        available_on=due,
    )
    into = move(
        world,
        transfer["_owner"],
        kind="transfer_refund",
        amount=row["amount"],
        currency=row["currency"],
        source=row["id"],
        available_on=due,
    )
    back["balance_transaction"] = out["id"]
    payment["amount_refunded"] += row["amount"]
    payment["refunded"] = payment["amount_refunded"] == payment["amount"]
    row.update(balance_transaction=into["id"], destination_payment_refund=back["id"])


@operation("get", "/v1/transfers/{id}/reversals")
def list_reversals(world: World, call: Call) -> Json:
    """A transfer's reversals."""
    transfer = retrieve(world, call)
    rows = world.rows("reversals", call.account)
    return listing(world, call, (row for row in rows if row["transfer"] == transfer["id"]))


@operation("get", "/v1/transfers/{transfer}/reversals/{id}")
def retrieve_reversal(world: World, call: Call) -> Json:
    """One reversal."""
    return world.get("reversals", call.keys[1], call.account)
