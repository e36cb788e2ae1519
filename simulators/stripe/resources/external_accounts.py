"""Bank accounts that payouts go to."""

from __future__ import annotations

import hashlib
from typing import Any

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.resources.accounts import visible
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import COUNTRIES
from simulators.stripe.world import World

PATH = "/v1/accounts/{account}/external_accounts"


@operation("post", PATH)
def create(world: World, call: Call) -> Json:
    """Add a bank account, from details or from a test token such as `btok_mx`."""
    account = visible(world, call.key, call.account)
    given = call.params["external_account"]
    if isinstance(given, str):
        given = {"country": account["country"]}
    if given.get("object", "bank_account") != "bank_account":
        raise Refused(
            "The sandbox pays out to bank accounts only.", param="external_account[object]"
        )
    row = add_bank(world, account, given)
    row["metadata"] = new_metadata(call.params)
    if call.params.get("default_for_currency"):
        make_default(world, row)
    return row


def add_bank(world: World, account: Json, given: Json) -> Json:
    """A new bank account; the first of its currency is the default."""
    code = str(given.get("country", account["country"])).upper()
    country = COUNTRIES.get(code, COUNTRIES["US"])
    number = str(given.get("account_number") or country.test_account)
    if not 4 <= len(number) <= 100:
        raise Refused("Invalid account number.", param="external_account[account_number]")
    currency = str(given.get("currency", account["default_currency"])).lower()
    held = list(world.rows("external_accounts", account["id"]))
    row = world.add(
        {
            "id": world.state.new_id("ba"),
            "object": "bank_account",
            "account": account["id"],
            "account_holder_name": given.get("account_holder_name"),
            "account_holder_type": given.get("account_holder_type", "individual"),
            "available_payout_methods": ["standard", "instant"]
            if country.instant
            else ["standard"],
            "bank_name": country.bank_name,
            "country": code,
            "currency": currency,
            "default_for_currency": all(row["currency"] != currency for row in held),
            "fingerprint": _fingerprint(number, account, country.test_account),
            "last4": number[-4:],
            "metadata": {},
            "routing_number": given.get("routing_number"),
            "status": "new",
            "_number": number,
        },
        owner=account["id"],
    )
    emit(world, "account.external_account.created", row)
    return row


def _fingerprint(number: str, account: Json, test_number: str) -> str:
    """The same bank account has the same fingerprint, whoever names it.

    The number in Stripe's documentation stands for everybody's own bank account.
    """
    whose = account["id"] if number == test_number else ""
    return hashlib.sha256(f"bank/{number}{whose}".encode()).hexdigest()[:16]


def make_default(world: World, row: Json) -> None:
    """Payouts in this currency go here from now on."""
    for other in world.rows("external_accounts", row["account"]):
        if other["currency"] == row["currency"]:
            other["default_for_currency"] = other["id"] == row["id"]


def destination(world: World, owner: str, currency: str, wish: Any) -> Json:
    """Where a payout goes: the bank account asked for, or the currency's default."""
    held = [row for row in world.rows("external_accounts", owner) if row["currency"] == currency]
    for row in held:
        if row["id"] == wish if wish else row["default_for_currency"]:
            return row
    if wish:
        raise Refused(f"No such external account: '{wish}'", param="destination")
    raise Refused(
        f"Sorry, you don't have any external accounts in that currency ({currency}).",
        param="currency",
    )


@operation("get", PATH)
def list_external_accounts(world: World, call: Call) -> Json:
    """An account's bank accounts."""
    account = visible(world, call.key, call.account)
    return listing(world, call, world.rows("external_accounts", account["id"]), "object")


@operation("get", PATH + "/{id}")
def retrieve(world: World, call: Call) -> Json:
    """One bank account."""
    account = visible(world, call.key, call.account)
    return world.get("external_accounts", call.keys[1], account["id"])


@operation("post", PATH + "/{id}")
def update(world: World, call: Call) -> Json:
    """Change the holder, the metadata, or make it the default."""
    row = retrieve(world, call)
    changes = dict(call.params)
    if changes.pop("default_for_currency", False):
        make_default(world, row)
    merge(row, changes)
    emit(world, "account.external_account.updated", row)
    return row


@operation("delete", PATH + "/{id}")
def delete(world: World, call: Call) -> Json:
    """Remove a bank account that is not the default."""
    row = retrieve(world, call)
    if row["default_for_currency"]:
        raise Refused("You cannot delete the default external account for your default currency.")
    del world.family("external_accounts")[row["id"]]
    emit(world, "account.external_account.deleted", row)
    return {"id": row["id"], "object": "bank_account", "deleted": True}
