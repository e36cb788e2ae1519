"""Switches that can be turned while the sandbox runs: whose clock, who fetches webhooks."""

from __future__ import annotations

import time

from simulators.stripe.calendar import from_text
from simulators.stripe.engine import Engine
from simulators.stripe.errors import Json, Refused

CLOCKS = ("real", "manual")
DELIVERIES = ("push", "pull")
SIGNERS = ("engine", "real")


def clock_mode(engine: Engine) -> str:
    """`real`: time passes by itself; `manual`: only when told."""
    return str(engine.state.switches.get("clock", "manual"))


def delivery_mode(engine: Engine) -> str:
    """`push`: the sandbox posts webhooks; `pull`: a program fetches them."""
    return str(engine.state.switches.get("delivery", "push"))


def signing_time(engine: Engine) -> int:
    """The time in signatures: of the sandbox for pulled deliveries, else of the wall clock."""
    fallback = "engine" if delivery_mode(engine) == "pull" else "real"
    signer = engine.state.switches.get("sign_with", fallback)
    return engine.state.now if signer == "engine" else int(time.time())


def tick(engine: Engine) -> None:
    """Let real time pass, if that is the clock; the sandbox may be ahead of it, never behind."""
    if clock_mode(engine) == "real":
        now = int(time.time()) + int(engine.state.switches.get("ahead", 0))
        if now > engine.state.now:
            engine.advance(now)


def set_clock(engine: Engine, wish: Json) -> Json:
    """`{now}` moves forward, `{add}` by seconds, `{mode}` says who moves it from now on."""
    with engine.lock:
        if "mode" in wish:
            engine.state.switches["clock"] = _one_of(wish["mode"], CLOCKS, "mode")
        target = engine.state.now + int(wish.get("add", 0))
        if "now" in wish:
            target = _moment(wish["now"])
        fired = 0
        if target < engine.state.now:
            _turn_back(engine, target)
        else:
            fired = engine.advance(target)
        _measure_lead(engine)
        engine.touch()
        return {"now": engine.state.now, "mode": clock_mode(engine), "fired": fired}


def _measure_lead(engine: Engine) -> None:
    """How far a sandbox with a real clock was moved ahead of it."""
    engine.state.switches.pop("ahead", None)
    if clock_mode(engine) == "real":
        engine.state.switches["ahead"] = max(0, engine.state.now - int(time.time()))


def _turn_back(engine: Engine, target: int) -> None:
    """Only while nothing has happened: then a story may begin in the past."""
    begun = ("customers", "payment_methods", "sessions", "payment_intents", "links", "events")
    if (
        any(engine.state.rows.get(family) for family in begun)
        or len(engine.world.family("accounts")) > 1
    ):
        raise Refused(
            f"The clock only moves forward: it is {engine.state.now} and {target} is earlier.",
            param="now",
        )
    engine.reset(now=target)


def set_delivery(engine: Engine, wish: Json) -> None:
    """`{delivery}` switches between push and pull, `{sign_with}` picks the clock that signs."""
    switches = engine.state.switches
    if "delivery" in wish:
        switches["delivery"] = _one_of(wish["delivery"], DELIVERIES, "delivery")
    if "sign_with" in wish:
        switches["sign_with"] = _one_of(wish["sign_with"], SIGNERS, "sign_with")
    engine.touch()


def _one_of(word: object, words: tuple[str, ...], param: str) -> str:
    if word not in words:
        raise Refused(f"Invalid {param}: must be one of {', '.join(words)}", param=param)
    return str(word)


def _moment(value: str | int) -> int:
    try:
        return from_text(value)
    except ValueError:
        raise Refused(f"'{value}' is not a moment in time.", param="now") from None
