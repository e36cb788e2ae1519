"""Webhook endpoints and the events they hear of."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.lists import listing
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.world import World


@operation("post", "/v1/webhook_endpoints")
def create(world: World, call: Call) -> Json:
    """A new endpoint; only this answer shows its secret."""
    params = call.params
    if not params["url"].startswith(("http://", "https://")):
        raise Refused("Invalid URL: an explicit scheme must be provided.", param="url")
    row = add_endpoint(
        world,
        params["url"],
        secret=f"whsec_{world.state.digest('whsec', world.state.counter).hex()[:32]}",
        connect=bool(params.get("connect")),
        enabled_events=params["enabled_events"],
    )
    row.update(description=params.get("description"), metadata=new_metadata(params))
    return {**row}


def add_endpoint(
    world: World,
    url: str,
    *,
    secret: str,
    connect: bool,
    enabled_events: list[str] | None = None,
) -> Json:
    """Remember where events go, and how they are signed."""
    return world.add(
        {
            "id": world.state.new_id("we"),
            "object": "webhook_endpoint",
            "enabled_events": enabled_events or ["*"],
            "metadata": {},
            "secret": secret,
            "status": "enabled",
            "url": url,
            "_connect": connect,
        },
        owner=world.platform,
    )


def _without_secret(row: Json) -> Json:
    return {name: value for name, value in row.items() if name != "secret"}


@operation("get", "/v1/webhook_endpoints/{webhook_endpoint}")
def retrieve(world: World, call: Call) -> Json:
    """One endpoint."""
    return _without_secret(world.get("webhook_endpoints", call.key, call.account))


@operation("get", "/v1/webhook_endpoints")
def list_endpoints(world: World, call: Call) -> Json:
    """All endpoints."""
    rows = world.rows("webhook_endpoints", call.account)
    return listing(world, call, (_without_secret(row) for row in rows))


@operation("post", "/v1/webhook_endpoints/{webhook_endpoint}")
def update(world: World, call: Call) -> Json:
    """Change where and what, or switch an endpoint off."""
    row = world.get("webhook_endpoints", call.key, call.account)
    changes = dict(call.params)
    if changes.pop("disabled", None) is not None:
        row["status"] = "disabled" if call.params["disabled"] else "enabled"
    merge(row, changes)
    return _without_secret(row)


@operation("delete", "/v1/webhook_endpoints/{webhook_endpoint}")
def delete(world: World, call: Call) -> Json:
    """Forget an endpoint and what was to be delivered to it."""
    row = world.get("webhook_endpoints", call.key, call.account)
    del world.family("webhook_endpoints")[row["id"]]
    kept = [one for one in world.state.deliveries if one["endpoint"] != row["id"]]
    world.state.deliveries = kept
    return {"id": row["id"], "object": "webhook_endpoint", "deleted": True}


@operation("get", "/v1/events/{id}")
def retrieve_event(world: World, call: Call) -> Json:
    """One event."""
    return world.get("events", call.key, call.account)


@operation("get", "/v1/events")
def list_events(world: World, call: Call) -> Json:
    """Events, newest first; `delivery_success=false` names those that did not arrive."""
    params = call.params
    rows = world.rows("events", call.account)
    if "delivery_success" in params:
        wanted = params["delivery_success"]
        rows = (row for row in rows if (row["pending_webhooks"] == 0) == wanted)
    if "types" in params:
        rows = (row for row in rows if row["type"] in params["types"])
    return listing(world, call, rows, "type")
