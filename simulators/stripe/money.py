"""Balances: every movement is a balance transaction, pending until its money is there."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.tables import COUNTRIES, LARGEST_AMOUNT, currency_rules
from simulators.stripe.world import World, on_timer

AVAILABLE, PENDING = 0, 1
CATEGORIES = {
    "adjustment": "dispute",
    "payment": "charge",
    "payment_refund": "refund",
    "payout_failure": "payout_reversal",
    "payout_cancel": "payout_reversal",
    "refund_failure": "refund_failure",
    "transfer_refund": "transfer_reversal",
}


def balance_of(world: World, owner: str, currency: str) -> list[int]:
    """The account's [available, pending], to read and to change."""
    return world.state.balances.setdefault(owner, {}).setdefault(currency, [0, 0])


def available(world: World, owner: str, currency: str) -> int:
    """What the account can pay out or transfer now."""
    return balance_of(world, owner, currency)[AVAILABLE]


def move(
    world: World,
    owner: str,
    *,
    kind: str,
    amount: int,
    currency: str,
    source: str,
    fee: int = 0,
    available_on: int | None = None,
    description: str | None = None,
    category: str | None = None,
) -> Json:
    """Book one movement on an account; later than now means pending until then."""
    due = max(available_on or 0, world.now)
    pending = due > world.now
    row = world.add(
        {
            "id": world.state.new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "currency": currency,
            "fee": fee,
            "fee_details": _fee_details(fee, currency),
            "net": amount - fee,
            "available_on": due,
            "balance_type": "payments",
            "status": "pending" if pending else "available",
            "type": kind,
            "reporting_category": category or CATEGORIES.get(kind, kind),
            "source": source,
            "description": description,
        },
        owner=owner,
    )
    balance_of(world, owner, currency)[PENDING if pending else AVAILABLE] += row["net"]
    if pending:
        world.later(due, "settle", movement=row["id"])
    return row


def _fee_details(fee: int, currency: str) -> list[Json]:
    if not fee:
        return []
    detail = {"amount": fee, "currency": currency, "type": "stripe_fee"}
    return [{**detail, "application": None, "description": "Stripe processing fees"}]


@on_timer("settle")
def settle(world: World, arguments: Json) -> None:
    """Pending money becomes available; the last of the moment announces the balance."""
    row = world.family("balance_transactions")[arguments["movement"]]
    row["status"] = "available"
    buckets = balance_of(world, row["_owner"], row["currency"])
    buckets[PENDING] -= row["net"]
    buckets[AVAILABLE] += row["net"]
    if not _more_settling(world, row["_owner"]):
        emit(world, "balance.available", balance(world, row["_owner"]))


def _more_settling(world: World, owner: str) -> bool:
    movements = world.family("balance_transactions")
    return any(
        at <= world.now and name == "settle" and movements[what["movement"]]["_owner"] == owner
        for at, _, name, what in world.state.timers
    )


def balance(world: World, owner: str) -> Json:
    """The balance object of an account."""
    buckets = world.state.balances.get(owner, {})
    country = COUNTRIES.get(world.family("accounts")[owner].get("country", ""))
    answer: Json = {"object": "balance", "_owner": owner, "livemode": False}
    for place, name in ((AVAILABLE, "available"), (PENDING, "pending")):
        answer[name] = [
            {"amount": held[place], "currency": code, "source_types": {"card": held[place]}}
            for code, held in sorted(buckets.items())
        ]
    if not answer["available"]:
        code = country.currency if country else "usd"
        zero: Json = {"amount": 0, "currency": code, "source_types": {"card": 0}}
        answer["available"], answer["pending"] = [dict(zero)], [dict(zero)]
    if country and country.instant:
        answer["instant_available"] = [
            {**entry, "amount": max(0, entry["amount"]), "net_available": []}
            for entry in answer["available"]
        ]
    return answer


def check_amount(amount: int, currency: str, *, minimum: int | None = None) -> None:
    """Refuse amounts that are not positive, too small for the currency, or too large."""
    if amount < 1:
        raise Refused(
            "This value must be greater than or equal to 1.",
            code="parameter_invalid_integer",
            param="amount",
        )
    least = currency_rules(currency).minimum if minimum is None else minimum
    if amount < least:
        raise Refused(
            f"Amount must be at least {least} {currency} in the smallest unit.",
            code="amount_too_small",
            param="amount",
        )
    if amount > LARGEST_AMOUNT:
        raise Refused(
            f"Amount must be no more than {LARGEST_AMOUNT} {currency} in the smallest unit.",
            code="amount_too_large",
            param="amount",
        )
