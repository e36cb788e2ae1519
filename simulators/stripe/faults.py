"""Faults on demand: rules that make the next matching requests or payouts go wrong."""

from __future__ import annotations

import re
from typing import Any

from simulators.stripe.errors import Json, Refused
from simulators.stripe.world import World

ON_REQUESTS = ("timeout_before", "timeout_after", "500", "500_after", "slow")
RATE_LIMIT = ("429",)
ON_ACCOUNTS = ("account_restricted", "account_deauthorized")
LATER = (
    "payout_failed",
    "payout_paid_then_failed",
    "refund_failed",
    "instant_ineligible",
    "instant_capped",
)
KINDS = (*ON_REQUESTS, *RATE_LIMIT, *ON_ACCOUNTS, *LATER)


class Dropped(Exception):
    """The connection ends without an answer; what was committed stays committed."""

    def __init__(self, seconds: float = 0) -> None:
        super().__init__("connection dropped")
        self.seconds = seconds


def add_fault(world: World, wish: Json) -> Json:
    """Add a rule `{match, times, kind, seconds}`; `match` is text, or names a part each.

    Text is compared with `METHOD /path`, as a regular expression; an object may name `method`,
    `path` and `account`. Without `match` a rule hits anything.
    """
    kind = str(wish.get("kind"))
    if kind not in KINDS:
        raise Refused(f"Invalid kind: must be one of {', '.join(KINDS)}", param="kind")
    rule = {
        "kind": kind,
        "times": int(wish.get("times", 1)),
        "seconds": float(wish.get("seconds", 0)),
        "match": wish.get("match") or {},
    }
    world.state.faults.append(rule)
    return rule


def take(
    world: World, kinds: tuple[str, ...], *, method: str = "", path: str = "", account: str = ""
) -> Json | None:
    """The first rule of these kinds that matches, used up by one."""
    for rule in world.state.faults:
        if rule["kind"] in kinds and _matches(rule["match"], method, path, account):
            rule["times"] -= 1
            if rule["times"] <= 0:
                world.state.faults.remove(rule)
            return rule
    return None


def _matches(match: Any, method: str, path: str, account: str) -> bool:
    if isinstance(match, str):
        return re.search(match, f"{method.upper()} {path}") is not None
    same_method = str(match.get("method", method)).lower() == method.lower()
    same_path = re.search(match.get("path", ""), path) is not None
    return same_method and same_path and match.get("account", account) == account
