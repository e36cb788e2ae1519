"""Telling the world what happened: events are stored, then queued for the endpoints."""

from __future__ import annotations

from simulators.stripe import webhooks
from simulators.stripe.errors import Json
from simulators.stripe.render import shown
from simulators.stripe.world import World

API_VERSION = "2026-10-28.endive"


def emit(world: World, kind: str, row: Json, *, before: Json | None = None) -> Json:
    """Store an event about a row as it is now, and queue its deliveries."""
    owner = row["_account"] if "_account" in row else row["_owner"]
    event: Json = {
        "id": world.state.new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "type": kind,
        "livemode": False,
        "created": world.now,
        "request": {"id": world.request_id, "idempotency_key": world.request_key},
        "pending_webhooks": 0,
        "data": {"object": shown(world, row)},
    }
    if before:
        event["data"]["previous_attributes"] = before
    if owner != world.platform:
        event["account"] = owner
    stored = world.add(event, owner=owner)
    stored["pending_webhooks"] = webhooks.queue(world, stored)
    return stored
