"""Balances and their transactions, to read."""

from __future__ import annotations

from simulators.stripe.errors import Json
from simulators.stripe.lists import listing
from simulators.stripe.money import balance
from simulators.stripe.routes import Call, operation
from simulators.stripe.world import World


@operation("get", "/v1/balance")
def retrieve(world: World, call: Call) -> Json:
    """What an account has, available and pending."""
    return balance(world, call.account)


@operation("get", "/v1/balance_transactions/{id}")
def retrieve_transaction(world: World, call: Call) -> Json:
    """One movement."""
    return world.get("balance_transactions", call.key, call.account)


@operation("get", "/v1/balance_transactions")
def list_transactions(world: World, call: Call) -> Json:
    """Movements, newest first; by payout, only the payout's own."""
    rows = world.rows("balance_transactions", call.account)
    payout = call.params.get("payout")
    if payout:
        world.get("payouts", payout, call.account, param="payout", status=400)
        rows = (row for row in rows if row["source"] == payout)
    return listing(world, call, rows, "currency", "source", "type")
