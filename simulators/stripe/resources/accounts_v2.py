"""Connected accounts as Stripe's second API tells them: the same accounts, in other words."""

from __future__ import annotations

from datetime import UTC, datetime

from simulators.stripe.errors import Json, Refused
from simulators.stripe.resources import accounts
from simulators.stripe.routes import Call, operation
from simulators.stripe.world import World

CAPABILITY = "transfers"
STATES = {"active": "active", "inactive": "restricted"}
PAYERS = {"stripe": "account"}  # Who pays the fees, in the words of the first API.
COLLECTORS = {"account": "stripe"}
LATER = ("identity", "defaults", "requirements", "future_requirements")  # Only where asked for.
RECIPIENT = "configuration.recipient"


@operation("post", "/v2/core/accounts")
def create(world: World, call: Call) -> Json:
    """A new account; with a recipient's configuration it can be paid once it is onboarded."""
    asked = call.params
    _check(asked)
    first = Call(call.account, (), _in_first_words(asked), call.path)
    row = accounts.create(world, first)
    row["_v2"] = {
        "contact_email": asked.get("contact_email"),
        "display_name": asked.get("display_name"),
        "applied": sorted(asked.get("configuration", {})),
    }
    return _told(row, asked.get("include", []))


@operation("get", "/v2/core/accounts/{id}")
def retrieve(world: World, call: Call) -> Json:
    """One account, whichever of the two APIs made it."""
    row = accounts.retrieve(world, call)
    return _told(row, call.params.get("include", []))


def _check(asked: Json) -> None:
    unplayed = set(asked.get("configuration", {})) - {"recipient"}
    if unplayed:
        name = f"configuration[{min(unplayed)}]"
        raise Refused(f"The sandbox plays recipients only, not {name}.", param=name)
    if asked.get("configuration") and not asked.get("identity", {}).get("country"):
        raise Refused(
            "Missing required param: identity[country].",
            code="parameter_missing",
            param="identity[country]",
        )


def _in_first_words(asked: Json) -> Json:
    recipient = asked.get("configuration", {}).get("recipient", {})
    balance = recipient.get("capabilities", {}).get("stripe_balance", {})
    defaults = asked.get("defaults", {})
    bears = defaults.get("responsibilities", {})
    collects = bears.get("fees_collector", "application")
    said: Json = {
        "business_type": asked.get("identity", {}).get("entity_type", "individual"),
        "controller": {
            "fees": {"payer": PAYERS.get(collects, collects)},
            "losses": {"payments": bears.get("losses_collector", "application")},
            "requirement_collection": "stripe",
            "stripe_dashboard": {"type": asked.get("dashboard", "none")},
        },
        "metadata": asked.get("metadata", {}),
    }
    if balance.get("stripe_transfers", {}).get("requested"):
        said["capabilities"] = {CAPABILITY: {"requested": True}}
    named = {
        "country": asked.get("identity", {}).get("country"),
        "default_currency": defaults.get("currency"),
        "email": asked.get("contact_email"),
    }
    return said | {name: value for name, value in named.items() if value}


def _told(row: Json, include: list[str]) -> Json:
    """Return an account in the second API's words; what was not asked for is null."""
    more = row.get("_v2", {})
    told: Json = {
        "id": row["id"],
        "object": "v2.core.account",
        "applied_configurations": more.get("applied", ["recipient"]),
        "closed": False,
        "configuration": None,
        "contact_email": more.get("contact_email", row.get("email")),
        "created": _written(row["created"]),
        "dashboard": row["controller"]["stripe_dashboard"]["type"],
        "display_name": more.get("display_name"),
        "livemode": False,
        "metadata": row["metadata"],
        **dict.fromkeys(LATER),
    }
    if RECIPIENT in include:
        told["configuration"] = {"recipient": _recipient(row)}
    shown = {"identity": _identity, "defaults": _defaults, "requirements": _requirements}
    told.update({name: of(row) for name, of in shown.items() if name in include})
    return told


def _recipient(row: Json) -> Json:
    state = row["capabilities"].get(CAPABILITY)
    if state is None:
        return {"applied": True, "capabilities": {}}
    can: Json = {"status": STATES.get(state, "pending"), "status_details": []}
    return {"applied": True, "capabilities": {"stripe_balance": {"stripe_transfers": can}}}


def _identity(row: Json) -> Json:
    return {"country": row["country"].lower(), "entity_type": row["business_type"]}


def _defaults(row: Json) -> Json:
    fees = row["controller"]["fees"]["payer"]
    losses = row["controller"]["losses"]["payments"]
    bears = {"fees_collector": COLLECTORS.get(fees, fees), "losses_collector": losses}
    return {"currency": row["default_currency"], "responsibilities": bears}


def _requirements(row: Json) -> Json:
    due = row["requirements"]["currently_due"]
    entries = [
        {
            "awaiting_action_from": "user",
            "description": name,
            "errors": [],
            "impact": {"restricts_capabilities": []},
            "minimum_deadline": {"status": "past_due"},
            "requested_reasons": [{"code": "routine_onboarding"}],
        }
        for name in due
    ]
    summary = {"minimum_deadline": {"status": "past_due"}} if due else None
    return {"entries": entries, "summary": summary}


def _written(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
