"""Checkout sessions: the hosted page on which a customer pays or leaves a card."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.money import check_amount
from simulators.stripe.render import included, list_of
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.resources.setup_intents import new_setup
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import NO_MANUAL_CAPTURE, VOUCHERS
from simulators.stripe.world import DAY, World, on_timer

SHORTEST, LONGEST = 1800, DAY
# A clock may tick between the caller's sum and ours.
GRACE = 5
KEPT = ("client_reference_id", "customer", "customer_email", "locale", "cancel_url", "success_url")


@operation("post", "/v1/checkout/sessions")
def create(world: World, call: Call) -> Json:
    """Open a page; its `url` is where the customer goes."""
    params = call.params
    mode = params.get("mode", "payment")
    _check(world, call, mode)
    lines = [_line(world, line) for line in params.get("line_items", [])]
    total = sum(line["amount_total"] for line in lines)
    currency = lines[0]["currency"] if lines else params.get("currency")
    if mode == "payment":
        check_amount(total, currency or "usd")
    kinds = _kinds(params, mode, currency)
    key = world.state.new_id("cs_test")
    row = world.add(
        {
            "id": key,
            "object": "checkout.session",
            "amount_subtotal": total if lines else None,
            "amount_total": total if lines else None,
            "branding_settings": params.get("branding_settings"),
            "currency": currency,
            "customer_details": None,
            "expires_at": params.get("expires_at", world.now + LONGEST),
            "metadata": new_metadata(params),
            "mode": mode,
            "payment_intent": None,
            "payment_method_options": params.get("payment_method_options", {}),
            "payment_method_types": kinds,
            "payment_status": "unpaid" if mode == "payment" else "no_payment_required",
            "setup_intent": None,
            "status": "open",
            "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
            "ui_mode": "hosted_page",
            "url": f"{world.settings.base_url}/pay/{key}",
            "_lines": lines,
            "_intent": params.get("payment_intent_data", {}),
            "_customer_creation": params.get("customer_creation", "if_required"),
            **{name: params.get(name) for name in KEPT},
        },
        owner=call.account,
    )
    if mode == "setup":
        wish = {**params.get("setup_intent_data", {}), "customer": row["customer"]}
        row["setup_intent"] = new_setup(world, call.account, wish)["id"]
    world.later(row["expires_at"] + _lead(world, row["expires_at"]), "session_over", session=key)
    return row


def _check(world: World, call: Call, mode: str) -> None:
    params = call.params
    if mode not in ("payment", "setup"):
        raise Refused("The sandbox plays the modes payment and setup.", param="mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise Refused("The sandbox plays hosted pages only.", param="ui_mode")
    wanted = "line_items" if mode == "payment" else "currency"
    for name in ("success_url", wanted):
        if not params.get(name):
            raise Refused(f"Missing required param: {name}.", code="parameter_missing", param=name)
    if mode == "setup" and ("line_items" in params or "payment_intent_data" in params):
        raise Refused("You can not pass line_items or payment_intent_data in setup mode.")
    if "customer" in params and "customer_email" in params:
        raise Refused(
            "You may only specify one of these parameters: customer, customer_email.",
            param="customer",
        )
    if "customer" in params:
        world.get("customers", params["customer"], call.account, param="customer", status=400)
    ends = params.get("expires_at", world.now + LONGEST)
    ends += _lead(world, ends) - world.now
    if not SHORTEST - GRACE <= ends <= LONGEST + GRACE:
        raise Refused(
            "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from"
            " Checkout Session creation.",
            param="expires_at",
        )


def _lead(world: World, expires_at: int) -> int:
    """What a caller on wall-clock time does not know: that this clock was moved ahead of it."""
    ahead = int(world.state.switches.get("ahead", 0))
    return ahead if expires_at < world.now + SHORTEST - GRACE else 0


def _line(world: World, line: Json) -> Json:
    price = line.get("price_data")
    if price is None:
        raise Refused("The sandbox plays price_data only.", param="line_items[0][price]")
    unit = price.get("unit_amount")
    name = price.get("product_data", {}).get("name")
    if unit is None or unit < 0 or not name:
        raise Refused(
            "Each line needs price_data[unit_amount] and price_data[product_data][name].",
            param="line_items[0][price_data]",
        )
    quantity = line.get("quantity", 1)
    total = unit * quantity
    return {
        "id": world.state.new_id("li"),
        "object": "item",
        "amount_subtotal": total,
        "amount_total": total,
        "currency": price["currency"].lower(),
        "description": name,
        "quantity": quantity,
    }


def _kinds(params: Json, mode: str, currency: str | None) -> list[str]:
    """The ways to pay that the page offers."""
    vouchers = VOUCHERS.get(currency or "", ())
    wished = params.get("allowed_payment_method_types")
    left_out = params.get("excluded_payment_method_types") or ()
    kinds = [kind for kind in wished or ("card", *vouchers) if kind not in left_out]
    if captured_by_hand(params.get("payment_method_options", {}), params):
        if wished and NO_MANUAL_CAPTURE & set(wished):
            raise Refused(
                "Vouchers and bank codes cannot be authorised first: capture_method=manual takes"
                " cards only.",
                param="payment_intent_data[capture_method]",
            )
        return ["card"]
    return ["card"] if mode == "setup" else kinds


def captured_by_hand(options: Json, params: Json) -> bool:
    """Whether a session's cards are authorised first and captured later."""
    by_card = options.get("card", {}).get("capture_method")
    whole = params.get("payment_intent_data", {}).get("capture_method")
    return bool((by_card or whole) == "manual")


@included("checkout.session", "line_items")
def _line_items(world: World, row: Json) -> Json:
    stored = world.family("sessions")[row["id"]]
    return {
        "line_items": list_of(stored["_lines"], f"/v1/checkout/sessions/{row['id']}/line_items")
    }


@operation("get", "/v1/checkout/sessions/{session}/line_items")
def list_line_items(world: World, call: Call) -> Json:
    """What a session sells."""
    return list_of(retrieve(world, call)["_lines"], call.path)


@operation("get", "/v1/checkout/sessions/{session}")
def retrieve(world: World, call: Call) -> Json:
    """One session."""
    return world.get("sessions", call.key, call.account)


@operation("get", "/v1/checkout/sessions")
def list_sessions(world: World, call: Call) -> Json:
    """Sessions, newest first."""
    rows = world.rows("sessions", call.account)
    return listing(world, call, rows, "payment_intent", "customer", "status")


@operation("post", "/v1/checkout/sessions/{session}")
def update(world: World, call: Call) -> Json:
    """Change the metadata of a session."""
    row = retrieve(world, call)
    merge(row, call.params)
    return row


@operation("post", "/v1/checkout/sessions/{session}/expire")
def expire(world: World, call: Call) -> Json:
    """Close an open page."""
    row = retrieve(world, call)
    if row["status"] != "open":
        raise Refused(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout'
            f" Session has a status of {row['status']}.",
        )
    _close(world, row)
    return row


@on_timer("session_over")
def session_over(world: World, arguments: Json) -> None:
    """Nobody paid in time."""
    row = world.family("sessions")[arguments["session"]]
    if row["status"] == "open":
        _close(world, row)


def _close(world: World, row: Json) -> None:
    row.update(status="expired", url=None)
    emit(world, "checkout.session.expired", row)
