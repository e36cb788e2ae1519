"""Connected accounts: created empty, completed by onboarding, able to receive once active."""

from __future__ import annotations

from typing import Any

from simulators.stripe.errors import Json, Refused, no_such
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.render import list_of, shown, view
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import COUNTRIES
from simulators.stripe.world import World

NEEDED = [
    "external_account",
    "individual.dob.day",
    "individual.first_name",
    "individual.last_name",
    "individual.verification.document",
    "tos_acceptance.date",
]
DOCUMENT = "individual.verification.document"
INTERVALS: Json = {"delay_days": 2, "interval": "daily"}


@operation("post", "/v1/accounts")
def create(world: World, call: Call) -> Json:
    """A new account, restricted until its owner has gone through onboarding."""
    params = call.params
    code = params.get("country", world.settings.platform_country).upper()
    if code not in COUNTRIES:
        raise Refused(f"Country '{code}' is unknown or not supported.", param="country")
    if "external_account" in params:
        raise Refused(
            "The sandbox takes bank details through onboarding or external_accounts.",
            param="external_account",
        )
    controller = _controller(params)
    _check_schedule(code, params)
    key = world.state.new_id("acct")
    row: Json = {
        "id": key,
        "object": "account",
        "_account": key,
        "business_profile": params.get("business_profile", {}),
        "business_type": params.get("business_type", "individual"),
        "capabilities": dict.fromkeys(_requested(params), "inactive"),
        "charges_enabled": False,
        "controller": controller,
        "country": code,
        "default_currency": params.get("default_currency", COUNTRIES[code].currency),
        "details_submitted": False,
        "email": params.get("email"),
        "metadata": new_metadata(params),
        "payouts_enabled": False,
        "settings": {"payouts": {"debit_negative_balances": True, "schedule": dict(INTERVALS)}},
        "type": _kind_of(params, controller),
    }
    merge(row["settings"], params.get("settings", {}))
    row = world.add(row, owner=world.platform)
    _require(row, NEEDED, "requirements.past_due")
    return row


def _controller(params: Json) -> Json:
    wish = params.get("controller", {})
    if "type" in params and wish:
        raise Refused("You may not provide both `type` and `controller`.", param="type")
    express = params.get("type") == "express" or not wish
    dashboard = "express" if express else "full"
    return {
        "fees": {"payer": wish.get("fees", {}).get("payer", "application")},
        "is_controller": True,
        "losses": {"payments": wish.get("losses", {}).get("payments", "application")},
        "requirement_collection": wish.get("requirement_collection", "stripe"),
        "stripe_dashboard": {"type": wish.get("stripe_dashboard", {}).get("type", dashboard)},
        "type": "application",
    }


def _kind_of(params: Json, controller: Json) -> str:
    looks = controller["stripe_dashboard"]["type"]
    named = {"express": "express", "full": "standard"}.get(looks, "none")
    return str(params.get("type", named))


def _requested(params: Json) -> list[str]:
    wishes = params.get("capabilities", {})
    return [name for name, wish in wishes.items() if wish.get("requested")]


def _check_schedule(country: str, params: Json) -> None:
    schedule = params.get("settings", {}).get("payouts", {}).get("schedule", {})
    if schedule.get("interval") == "manual" and not COUNTRIES[country].manual_payouts:
        raise Refused(
            f"Manual payouts are not available for accounts in {country}.",
            param="settings[payouts][schedule][interval]",
        )


def _require(row: Json, due: list[str], reason: str | None) -> None:
    row["requirements"] = {
        "currently_due": list(due),
        "eventually_due": list(due),
        "past_due": list(due),
        "pending_verification": [],
        "errors": [],
        "alternatives": [],
        "current_deadline": None,
        "disabled_reason": reason,
    }


@view("account")
def _account(world: World, row: Json) -> Json:
    held = [shown(world, bank) for bank in world.rows("external_accounts", row["id"])]
    url = f"/v1/accounts/{row['id']}/external_accounts"
    return {"external_accounts": list_of(held, url)}


def visible(world: World, key: str, caller: str) -> Json:
    """An account the caller may see: the platform all of its own, an account itself."""
    row = world.family("accounts").get(key)
    if row is None or caller not in (world.platform, key):
        raise no_such("account", key, param="account")
    return row


@operation("get", "/v1/accounts/{account}")
def retrieve(world: World, call: Call) -> Json:
    """One account; none to a platform that was disconnected from it."""
    if world.family("accounts").get(call.key, {}).get("_deauthorized"):
        raise Refused(
            f"The provided key does not have access to account '{call.key}'.",
            status=403,
            code="account_invalid",
        )
    return visible(world, call.key, call.account)


@operation("get", "/v1/account")
def retrieve_current(world: World, call: Call) -> Json:
    """The account that asks."""
    return visible(world, call.account, call.account)


@operation("get", "/v1/accounts")
def list_accounts(world: World, call: Call) -> Json:
    """The platform's connected accounts."""
    rows = (row for row in world.rows("accounts") if row["id"] != world.platform)
    return listing(world, call, rows)


@operation("post", "/v1/accounts/{account}")
def update(world: World, call: Call) -> Json:
    """Change an account's profile, payout settings, capabilities or metadata."""
    row = visible(world, call.key, call.account)
    _check_schedule(row["country"], call.params)
    changes = dict(call.params)
    for name in _requested(changes):
        state = "active" if row["details_submitted"] else "inactive"
        row["capabilities"].setdefault(name, state)
    changes.pop("capabilities", None)
    merge(row, changes)
    emit(world, "account.updated", row)
    return row


@operation("delete", "/v1/accounts/{account}")
def delete(world: World, call: Call) -> Json:
    """Remove an account whose balance is zero."""
    row = visible(world, call.key, call.account)
    held = world.state.balances.get(row["id"], {})
    if any(any(buckets) for buckets in held.values()):
        raise Refused("This account has a balance that is not zero and cannot be deleted.")
    del world.family("accounts")[row["id"]]
    return {"id": row["id"], "object": "account", "deleted": True}


@operation("get", "/v1/accounts/{account}/capabilities")
def list_capabilities(world: World, call: Call) -> Json:
    """What an account asked to be able to do, and whether it can."""
    row = visible(world, call.key, call.account)
    return list_of([_capability(row, name) for name in row["capabilities"]], call.path)


@operation("get", "/v1/accounts/{account}/capabilities/{capability}")
def retrieve_capability(world: World, call: Call) -> Json:
    """One capability of an account."""
    row = visible(world, call.key, call.account)
    if call.keys[1] not in row["capabilities"]:
        raise no_such("capability", call.keys[1], param="capability")
    return _capability(row, call.keys[1])


def _capability(row: Json, name: str) -> Json:
    return {
        "id": name,
        "object": "capability",
        "account": row["id"],
        "requested": True,
        "requested_at": row["created"],
        "status": row["capabilities"][name],
        "_owner": row["id"],
    }


def complete(world: World, row: Json, person: Json) -> None:
    """Onboarding went well: the account may receive transfers and payouts."""
    row["individual"] = {"object": "person", "verification": {"status": "verified"}, **person}
    _onboarded(world, row, due=[], reason=None, active=True)
    row["requirements"]["past_due"] = []


def leave_document_missing(world: World, row: Json) -> None:
    """Onboarding was submitted, but the document could not be read."""
    _onboarded(world, row, due=[DOCUMENT], reason="requirements.past_due", active=False)
    problem = {"code": "verification_document_not_readable", "requirement": DOCUMENT}
    reason = "The document could not be read."
    row["requirements"]["errors"] = [{**problem, "reason": reason}]


def reject(world: World, row: Json) -> None:
    """The account was rejected; nothing can make it active."""
    _onboarded(world, row, due=[], reason="rejected.other", active=False)


def _onboarded(
    world: World, row: Json, *, due: list[str], reason: str | None, active: bool
) -> None:
    row["details_submitted"] = True
    row["tos_acceptance"] = {"date": world.now}
    _set_active(world, row, active=active)
    _require(row, due, reason)
    emit(world, "account.updated", row)


def _set_active(world: World, row: Json, *, active: bool) -> None:
    row["payouts_enabled"] = active
    row["charges_enabled"] = active and "card_payments" in row["capabilities"]
    for name, before in row["capabilities"].items():
        after = "active" if active else "inactive"
        row["capabilities"][name] = after
        if after != before:
            change = {"status": before}
            capability = {**_capability(row, name), "_account": row["id"]}
            emit(world, "capability.updated", capability, before=change)


def restrict(world: World, row: Json) -> None:
    """The provider wants more papers: transfers and payouts stop."""
    _set_active(world, row, active=False)
    _require(row, [DOCUMENT], "requirements.past_due")
    emit(world, "account.updated", row)


def deauthorize(world: World, row: Json) -> None:
    """The account's owner disconnects it from the platform."""
    row["_deauthorized"] = True
    application: Json = {"id": "ca_sandbox", "object": "application", "name": "Oficio"}
    emit(world, "account.application.deauthorized", {**application, "_owner": row["id"]})


def strike(world: World, call: Call, kind: str) -> None:
    """Carry out a fault on the account that a request is about."""
    named: Any = call.params.get("destination", call.account)
    row = world.family("accounts").get(named) or world.family("accounts")[call.account]
    if row["id"] == world.platform:
        return
    (restrict if kind == "account_restricted" else deauthorize)(world, row)
