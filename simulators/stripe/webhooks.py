"""Webhooks: which endpoint hears of an event, how it is signed, and the mischief done to it."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from simulators.stripe.errors import Json, Refused
from simulators.stripe.shapes import complete
from simulators.stripe.world import World

# What can go wrong with a delivery, on demand or by seed.
MISCHIEF = ("duplicate", "reorder", "delay", "drop", "wrong_secret", "old", "future")
SKEW_SECONDS = 3600
KEPT_EVENTS = 3000


def queue(world: World, event: Json) -> int:
    """Put a delivery of the event in the queue of every endpoint that wants it."""
    wanting = [row for row in world.family("webhook_endpoints").values() if _wants(row, event)]
    for endpoint in wanting:
        _enqueue(world, event, endpoint, _mischief_for(world, event))
    _forget_old(world)
    return len(wanting)


def _wants(endpoint: Json, event: Json) -> bool:
    kinds = endpoint["enabled_events"]
    connected = "account" in event
    wanted = "*" in kinds or event["type"] in kinds
    return endpoint["status"] == "enabled" and endpoint["_connect"] == connected and wanted


def _enqueue(world: World, event: Json, endpoint: Json, mischief: str | None) -> None:
    if mischief == "drop":
        return
    world.state.counter += 1
    delivery: Json = {
        "id": f"dlv_{world.state.counter}",
        "event": event["id"],
        "endpoint": endpoint["id"],
        "mischief": mischief,
        "due_at": world.now,
        "order": float(world.state.counter),
        # Waiting for the endpoint's next delivery to go first.
        "held": mischief == "reorder",
        "attempts": 0,
    }
    if mischief == "delay":
        delivery["due_at"] += world.state.switches.get("delay_seconds", 60)
    world.state.deliveries.append(delivery)
    _overtake(world, delivery)
    if mischief == "duplicate":
        twin = {**delivery, "id": f"{delivery['id']}b", "mischief": None}
        world.state.deliveries.append(twin)


def _overtake(world: World, delivery: Json) -> None:
    """A delivery that was held back goes right behind this, the next one of its endpoint."""
    for other in world.state.deliveries:
        earlier = other is not delivery and other["endpoint"] == delivery["endpoint"]
        if other["held"] and earlier:
            other.update(held=False, order=delivery["order"] + 0.5)


def _mischief_for(world: World, event: Json) -> str | None:
    """The first rule that matches and has times left; the seed decides the random ones."""
    for rule in world.state.mischief:
        if rule["types"] and event["type"] not in rule["types"]:
            continue
        if rule["mode"] == "random":
            chance = world.state.digest("mischief", event["id"])
            if chance[0] < 256 * rule["rate"]:
                return MISCHIEF[chance[1] % len(MISCHIEF)]
        elif rule["times"] > 0:
            rule["times"] -= 1
            return str(rule["mode"])
    return None


def add_mischief(world: World, wish: Json) -> None:
    """Add a rule `{mode, times, types, rate, seconds}`; mode `none` forgets all rules."""
    mode = wish["mode"]
    if mode == "none":
        world.state.mischief.clear()
        return
    if mode not in (*MISCHIEF, "random"):
        listed = ", ".join((*MISCHIEF, "random", "none"))
        raise Refused(f"Invalid mode: must be one of {listed}", param="mode")
    if "seconds" in wish:
        world.state.switches["delay_seconds"] = int(wish["seconds"])
    rule = {
        "mode": mode,
        "times": int(wish.get("times", 1)),
        "types": list(wish.get("types", [])),
        "rate": float(wish.get("rate", 0.2)),
    }
    world.state.mischief.append(rule)


def pending(world: World) -> list[Json]:
    """Deliveries that are due, in the order in which they go out."""
    due = [row for row in world.state.deliveries if row["due_at"] <= world.now]
    return sorted(due, key=lambda row: (row["held"], row["order"]))


def message(world: World, delivery: Json, *, signed_at: int) -> Json:
    """What goes over the wire: where to, the raw payload and its signature."""
    endpoint = world.family("webhook_endpoints")[delivery["endpoint"]]
    event = world.family("events")[delivery["event"]]
    payload = json.dumps(payload_of(event), indent=2)
    secret, at = endpoint["secret"], signed_at
    if delivery["mischief"] == "wrong_secret":
        secret = "whsec_wrong"
    if delivery["mischief"] == "old":
        at -= SKEW_SECONDS
    if delivery["mischief"] == "future":
        at += SKEW_SECONDS
    return {
        "id": delivery["id"],
        "endpoint": "connect" if endpoint["_connect"] else "platform",
        "url": endpoint["url"],
        "payload": payload,
        "headers": {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(payload, secret, at),
        },
    }


def payload_of(event: Json) -> Json:
    """The event as its receivers see it."""
    visible = {name: value for name, value in event.items() if not name.startswith("_")}
    payload: Json = complete(visible)
    return payload


def signature(payload: str, secret: str, at: int) -> str:
    """Stripe's header: HMAC-SHA256 over `t.payload`."""
    digest = hmac.new(secret.encode(), f"{at}.{payload}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def delivered(world: World, keys: Any) -> int:
    """Take deliveries out of the queue because they arrived; how many there were."""
    wanted = set(keys)
    arrived = [row for row in world.state.deliveries if row["id"] in wanted]
    world.state.deliveries = [row for row in world.state.deliveries if row["id"] not in wanted]
    for delivery in arrived:
        event = world.family("events").get(delivery["event"])
        if event is not None:
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
    return len(arrived)


def _forget_old(world: World) -> None:
    """Keep the newest events and those still to deliver, so that memory stays bounded."""
    events = world.family("events")
    if len(events) <= KEPT_EVENTS * 2:
        return
    waiting = {row["event"] for row in world.state.deliveries}
    for key in list(events)[:-KEPT_EVENTS]:
        if key not in waiting:
            del events[key]
