"""The control API: everything Stripe does by itself, done here on demand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from simulators.stripe import faults, switches, visits, webhooks
from simulators.stripe.engine import Engine
from simulators.stripe.errors import Json, Refused, no_such
from simulators.stripe.render import rendered
from simulators.stripe.resources import accounts, disputes, verifications

Control = Callable[[Engine, str, Json], Any]
CONTROLS: list[tuple[str, list[str], Control]] = []
MOST_DELIVERIES = 1000
BANK_FIELDS = ("account_number", "routing_number", "account_holder_name")


def control(method: str, path: str) -> Callable[[Control], Control]:
    """Register one control; `*` in the path is handed over as the key."""

    def register(function: Control) -> Control:
        CONTROLS.append((method, path.strip("/").split("/"), function))
        return function

    return register


def handle(engine: Engine, method: str, path: str, text: str) -> tuple[int, Any]:
    """Answer one control request."""
    steps = path.strip("/").split("/")
    try:
        wish = json.loads(text) if text.strip() else {}
        if not isinstance(wish, dict):
            raise Refused("The body must be a JSON object.")
        for own_method, own, function in CONTROLS:
            if own_method == method and len(own) == len(steps):
                pairs = list(zip(own, steps, strict=True))
                if all(one in ("*", given) for one, given in pairs):
                    key = next((given for one, given in pairs if one == "*"), "")
                    return 200, _locked(engine, function, key, wish)
    except Refused as refused:
        return refused.status, refused.body
    except (ValueError, TypeError, KeyError) as error:
        return 400, Refused(f"The body cannot be read: {error!r}").body
    return 404, Refused(f"No such control: {method} {path}").body


def _locked(engine: Engine, function: Control, key: str, wish: Json) -> Any:
    with engine.lock:
        try:
            return function(engine, key, wish)
        finally:
            engine.touch()


def _row(engine: Engine, family: str, key: str) -> Json:
    row = engine.world.family(family).get(key)
    if row is None:
        raise no_such(family, key)
    found: Json = row
    return found


@control("GET", "/control")
def status(engine: Engine, key: str, wish: Json) -> Json:
    """What there is: clock, switches, and how many rows of each kind."""
    return {
        "seed": engine.state.seed,
        "now": engine.state.now,
        "platform": engine.world.platform,
        "clock": switches.clock_mode(engine),
        "delivery": switches.delivery_mode(engine),
        "pending_deliveries": len(engine.state.deliveries),
        "rows": {name: len(rows) for name, rows in engine.state.rows.items()},
    }


@control("POST", "/control/reset")
def reset(engine: Engine, key: str, wish: Json) -> Json:
    """Forget everything but the endpoints of the command line."""
    engine.reset(seed=wish.get("seed"), now=wish.get("now"))
    fresh: Json = status(engine, "", {})
    return fresh


@control("POST", "/control/clock")
def clock(engine: Engine, key: str, wish: Json) -> Json:
    """Move the clock forward, or say whose clock it is."""
    return switches.set_clock(engine, wish)


@control("POST", "/control/faults")
def add_fault(engine: Engine, key: str, wish: Json) -> Json:
    """Make the next matching requests go wrong."""
    return faults.add_fault(engine.world, wish)


@control("DELETE", "/control/faults")
def clear_faults(engine: Engine, key: str, wish: Json) -> Json:
    """Forget all faults."""
    engine.state.faults.clear()
    return {"faults": []}


@control("POST", "/control/webhooks")
def webhook_switches(engine: Engine, key: str, wish: Json) -> Json:
    """Mischief for coming events, and push or pull."""
    if "mode" in wish:
        webhooks.add_mischief(engine.world, wish)
    switches.set_delivery(engine, wish)
    return {"delivery": switches.delivery_mode(engine), "mischief": engine.state.mischief}


@control("GET", "/control/deliveries")
def deliveries(engine: Engine, key: str, wish: Json) -> list[Json]:
    """Signed deliveries that are due, for a program that fetches them."""
    at = switches.signing_time(engine)
    due = webhooks.pending(engine.world)[:MOST_DELIVERIES]
    return [webhooks.message(engine.world, delivery, signed_at=at) for delivery in due]


@control("POST", "/control/deliveries/ack")
def acknowledge(engine: Engine, key: str, wish: Json) -> Json:
    """These deliveries arrived."""
    return {"acknowledged": webhooks.delivered(engine.world, wish["ids"])}


@control("POST", "/control/events/*/resend")
def resend(engine: Engine, key: str, wish: Json) -> Json:
    """Deliver a stored event once more."""
    event = _row(engine, "events", key)
    event["pending_webhooks"] += webhooks.queue(engine.world, event)
    return {"id": key}


@control("POST", "/control/sessions/*/pay")
def pay(engine: Engine, key: str, wish: Json) -> Json:
    """Pay a session as a customer would on its page."""
    session = visits.session_of(engine.world, key)
    visits.pay(engine.world, session, str(wish.get("card", "visa")))
    return rendered(engine.world, session)


@control("POST", "/control/vouchers/*")
def voucher(engine: Engine, key: str, wish: Json) -> Json:
    """Pay a printed voucher (`{outcome: pay}`), let it expire (`expire`), or let the money that
    was paid never come (`fail`).
    """
    intent = _row(engine, "payment_intents", key)
    outcome = str(wish.get("outcome", "pay"))
    if outcome not in visits.VOUCHER_ENDS:
        raise Refused(f"Invalid outcome: must be one of {', '.join(visits.VOUCHER_ENDS)}")
    visits.VOUCHER_ENDS[outcome](engine.world, intent)
    return rendered(engine.world, intent)


@control("POST", "/control/onboarding/*")
def onboarding(engine: Engine, key: str, wish: Json) -> Json:
    """Finish an account's onboarding."""
    account = _row(engine, "accounts", key)
    bank: Json = {name: wish[name] for name in BANK_FIELDS if name in wish}
    visits.onboard(engine.world, account, str(wish.get("outcome", "complete")), bank)
    return rendered(engine.world, account)


@control("POST", "/control/accounts/*/restrict")
def restrict(engine: Engine, key: str, wish: Json) -> Json:
    """The provider restricts an account."""
    account = _row(engine, "accounts", key)
    accounts.restrict(engine.world, account)
    return rendered(engine.world, account)


@control("POST", "/control/accounts/*/deauthorize")
def deauthorize(engine: Engine, key: str, wish: Json) -> Json:
    """An account's owner disconnects it."""
    accounts.deauthorize(engine.world, _row(engine, "accounts", key))
    return {"id": key, "deauthorized": True}


@control("POST", "/control/disputes")
def open_dispute(engine: Engine, key: str, wish: Json) -> Json:
    """The customer's bank disputes a `{charge}`."""
    charge = _row(engine, "charges", wish["charge"])
    reason = str(wish.get("reason", "fraudulent"))
    return rendered(engine.world, disputes.open_dispute(engine.world, charge, reason))


@control("POST", "/control/disputes/*")
def decide_dispute(engine: Engine, key: str, wish: Json) -> Json:
    """A dispute ends `{verdict: won|lost}`; a lost one can still be won."""
    row = _row(engine, "disputes", key)
    disputes.decide(engine.world, row, str(wish.get("verdict")))
    return rendered(engine.world, row)


@control("POST", "/control/warnings")
def warn(engine: Engine, key: str, wish: Json) -> Json:
    """The card's bank suspects fraud in a `{charge}`."""
    charge = _row(engine, "charges", wish["charge"])
    return rendered(engine.world, disputes.warn(engine.world, charge))


@control("POST", "/control/verifications/*")
def verification(engine: Engine, key: str, wish: Json) -> Json:
    """What an identity check found: `{outcome: verified|requires_input|processing}`."""
    row = _row(engine, "verifications", key)
    verifications.decide(engine.world, row, str(wish.get("outcome", "verified")))
    return rendered(engine.world, row)
