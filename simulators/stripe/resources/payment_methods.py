"""Payment methods: test cards by token, vouchers by type."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused, no_such
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import CARDS, CARDS_BY_TOKEN, Card
from simulators.stripe.world import World


def add_card(world: World, owner: str, card: Card, customer: str | None = None) -> Json:
    """A payment method for a test card; the fingerprint belongs to the card, not to this use."""
    return world.add(
        {
            "id": world.state.new_id("pm"),
            "object": "payment_method",
            "type": "card",
            "billing_details": {},
            "card": card_details(card),
            "customer": customer,
            "metadata": {},
            "_card": card.key,
        },
        owner=owner,
    )


def add_voucher(world: World, owner: str, kind: str) -> Json:
    """A payment method for a voucher or a bank code."""
    return world.add(
        {
            "id": world.state.new_id("pm"),
            "object": "payment_method",
            "type": kind,
            "billing_details": {},
            kind: {},
            "metadata": {},
        },
        owner=owner,
    )


def card_details(card: Card) -> Json:
    """What may be known of a card."""
    return {
        "brand": card.brand,
        "checks": {"cvc_check": "pass"},
        "country": card.country,
        "display_brand": card.brand,
        "exp_month": 12,
        "exp_year": 2034,
        "fingerprint": card.fingerprint,
        "funding": card.funding,
        "last4": card.last4,
        "networks": {"available": [card.brand], "preferred": None},
        "three_d_secure_usage": {"supported": True},
    }


def card_of(method: Json) -> Card:
    """The test card behind a payment method."""
    return CARDS[method["_card"]]


def resolve(world: World, owner: str, key: str, customer: str | None) -> Json:
    """The payment method for an identifier; a test token becomes a new one, as at Stripe."""
    if key in CARDS_BY_TOKEN:
        return add_card(world, owner, CARDS_BY_TOKEN[key])
    row = world.family("payment_methods").get(key)
    if row is None or row["_owner"] != owner:
        raise no_such("PaymentMethod", key, param="payment_method", status=400)
    if row.get("customer") and row["customer"] != customer:
        raise Refused(
            "The payment method you provided is attached to a customer. You must provide that"
            " customer to use it.",
            param="payment_method",
        )
    return row


@operation("post", "/v1/payment_methods")
def create(world: World, call: Call) -> Json:
    """A payment method from a test token (`card[token]=tok_visa`); raw numbers are refused."""
    params = call.params
    kind = params.get("type")
    if kind != "card":
        if kind is None:
            raise Refused("Missing required param: type.", code="parameter_missing", param="type")
        return add_voucher(world, call.account, kind)
    token = params.get("card", {}).get("token", "")
    card = CARDS_BY_TOKEN.get(token.replace("tok_", "pm_card_"))
    if card is None:
        raise Refused(
            "The sandbox takes test tokens such as tok_visa, never card numbers.",
            param="card",
        )
    row = add_card(world, call.account, card)
    row["metadata"] = new_metadata(params)
    merge(row["billing_details"], params.get("billing_details", {}))
    return row


@operation("get", "/v1/payment_methods/{payment_method}")
def retrieve(world: World, call: Call) -> Json:
    """One payment method."""
    return world.get("payment_methods", call.key, call.account)


@operation("get", "/v1/payment_methods")
def list_payment_methods(world: World, call: Call) -> Json:
    """Payment methods of a customer or a type."""
    rows = world.rows("payment_methods", call.account)
    return listing(world, call, rows, "customer", "type")


@operation("get", "/v1/customers/{customer}/payment_methods")
def list_of_customer(world: World, call: Call) -> Json:
    """A customer's payment methods."""
    owner = world.get("customers", call.key, call.account)["id"]
    held = world.rows("payment_methods", call.account)
    rows = (row for row in held if row.get("customer") == owner)
    return listing(world, call, rows, "type")


@operation("post", "/v1/payment_methods/{payment_method}")
def update(world: World, call: Call) -> Json:
    """Change billing details or metadata."""
    row = retrieve(world, call)
    merge(row, call.params)
    return row


@operation("post", "/v1/payment_methods/{payment_method}/attach")
def attach(world: World, call: Call) -> Json:
    """Keep a payment method for a customer; declined cards cannot be kept."""
    customer = call.params.get("customer")
    if not customer:
        raise Refused(
            "Missing required param: customer.", code="parameter_missing", param="customer"
        )
    world.get("customers", customer, call.account, param="customer", status=400)
    if call.key in CARDS_BY_TOKEN:
        row = add_card(world, call.account, CARDS_BY_TOKEN[call.key])
    else:
        row = retrieve(world, call)
    if row["type"] == "card" and card_of(row).behaviour == "declined":
        raise declined()
    keep_for(world, row, customer)
    return row


def keep_for(world: World, row: Json, customer: str) -> None:
    """Attach, and say so."""
    if row.get("customer") == customer:
        return
    row["customer"] = customer
    emit(world, "payment_method.attached", row)


def declined() -> Refused:
    """The issuer said no."""
    return Refused(
        "Your card was declined.",
        status=402,
        kind="card_error",
        code="card_declined",
        decline_code="generic_decline",
    )


@operation("post", "/v1/payment_methods/{payment_method}/detach")
def detach(world: World, call: Call) -> Json:
    """Let go of a payment method for good."""
    row = retrieve(world, call)
    if not row.get("customer"):
        raise Refused("The payment method you provided is not attached to a customer.")
    row["customer"] = None
    emit(world, "payment_method.detached", row)
    return row
