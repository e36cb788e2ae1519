"""Customers: the people whose cards are kept."""

from __future__ import annotations

from simulators.stripe.errors import Json
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.resources import payment_methods
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.world import World


@operation("post", "/v1/customers")
def create(world: World, call: Call) -> Json:
    """A new customer, with a card if one is given."""
    params = dict(call.params)
    key = params.pop("payment_method", None)
    row = add_customer(world, call.account, params)
    if key:
        payment_methods.attach(world, Call(call.account, (key,), {"customer": row["id"]}))
    emit(world, "customer.created", row)
    return row


def add_customer(world: World, owner: str, params: Json) -> Json:
    """Remember a customer with what is known of them."""
    row: Json = {
        "id": world.state.new_id("cus"),
        "object": "customer",
        "invoice_settings": {"default_payment_method": None},
        "preferred_locales": [],
    }
    merge(row, params)
    row["metadata"] = new_metadata(params)
    return world.add(row, owner=owner)


@operation("get", "/v1/customers/{customer}")
def retrieve(world: World, call: Call) -> Json:
    """One customer."""
    return world.get("customers", call.key, call.account)


@operation("get", "/v1/customers")
def list_customers(world: World, call: Call) -> Json:
    """Customers, newest first."""
    return listing(world, call, world.rows("customers", call.account), "email")


@operation("post", "/v1/customers/{customer}")
def update(world: World, call: Call) -> Json:
    """Change what is known of a customer."""
    row = world.get("customers", call.key, call.account)
    merge(row, call.params)
    return row


@operation("delete", "/v1/customers/{customer}")
def delete(world: World, call: Call) -> Json:
    """Forget a customer and let go of their cards."""
    row = world.get("customers", call.key, call.account)
    for method in world.rows("payment_methods", call.account):
        if method.get("customer") == row["id"]:
            method["customer"] = None
    del world.family("customers")[row["id"]]
    return {"id": row["id"], "object": "customer", "deleted": True}
