"""What people do on the hosted pages: pay, fail, walk away, go through onboarding."""

from __future__ import annotations

from simulators.stripe.calendar import next_working_day
from simulators.stripe.errors import Json, Refused, no_such
from simulators.stripe.events import emit
from simulators.stripe.resources import accounts, paying
from simulators.stripe.resources.checkout import captured_by_hand
from simulators.stripe.resources.customers import add_customer
from simulators.stripe.resources.external_accounts import add_bank
from simulators.stripe.resources.payment_intents import new_intent
from simulators.stripe.resources.payment_methods import add_card, add_voucher
from simulators.stripe.resources.setup_intents import keep
from simulators.stripe.tables import CARDS, VOUCHERS
from simulators.stripe.world import World, on_timer

VISITOR = {"email": "cliente@example.com", "name": "Cliente de Prueba"}
WORKER = {"first_name": "Persona", "last_name": "De Prueba"}
AUTHENTICATED = {"3ds_ok": True, "3ds_fail": False}
VOUCHER_KINDS = tuple(sorted({kind for kinds in VOUCHERS.values() for kind in kinds}))
OUTCOMES = ("complete", "document_missing", "rejected")


def session_of(world: World, key: str) -> Json:
    """A checkout session, whoever asks: the link itself is the right to see it."""
    row = world.family("sessions").get(key)
    if row is None:
        raise no_such("checkout.session", key)
    return row


def pay(world: World, session: Json, choice: str) -> None:
    """Pay a session with a test card, `3ds_ok`, `3ds_fail`, or a voucher."""
    if session["status"] != "open":
        raise Refused(f"This Checkout Session is {session['status']}.", param="session")
    if choice in VOUCHER_KINDS:
        _print_voucher(world, session, choice)
        return
    card = CARDS.get("3ds" if choice in AUTHENTICATED else choice)
    if card is None:
        words = ", ".join((*CARDS, *AUTHENTICATED, *VOUCHER_KINDS))
        raise Refused(f"Invalid card: must be one of {words}", param="card")
    customer = _customer(world, session)
    method = add_card(world, session["_owner"], card)
    method["billing_details"] = dict(VISITOR)
    if session["mode"] == "setup":
        setup = world.family("setup_intents")[session["setup_intent"]]
        if AUTHENTICATED.get(choice, True):
            setup["customer"] = customer
            keep(world, setup, method)
            _complete(world, session, customer, "no_payment_required")
            return
        raise _authentication_failed()
    intent = _intent(world, session, customer)
    if choice == "3ds_fail":
        raise paying.fail(world, intent, method, _authentication_failed(), None)
    paying.confirm(world, intent, method, authenticated=choice == "3ds_ok")
    if intent["status"] == "requires_action":
        raise Refused("This card needs authentication: pay with 3ds_ok or 3ds_fail.")
    _complete(world, session, customer, "paid" if _is_paid(intent) else "unpaid")


def _is_paid(intent: Json) -> bool:
    return bool(intent["status"] == "succeeded")


def _authentication_failed() -> Refused:
    return Refused(
        "We are unable to authenticate your payment method. Please choose a different payment"
        " method and try again.",
        status=402,
        kind="card_error",
        code="payment_intent_authentication_failure",
    )


def _customer(world: World, session: Json) -> str | None:
    """The session's customer, made on the way if it asks for one."""
    if session["customer"] or session["_customer_creation"] != "always":
        return str(session["customer"]) if session["customer"] else None
    known = {"email": session["customer_email"] or VISITOR["email"], "name": VISITOR["name"]}
    row = add_customer(world, session["_owner"], known)
    emit(world, "customer.created", row)
    return str(row["id"])


def _intent(world: World, session: Json, customer: str | None) -> Json:
    """The session's payment intent, made when the customer first tries to pay."""
    if session["payment_intent"]:
        return world.family("payment_intents")[session["payment_intent"]]
    wish = session["_intent"]
    options = session["payment_method_options"]
    by_hand = captured_by_hand(options, {"payment_intent_data": wish})
    usage = options.get("card", {}).get("setup_future_usage")
    row = new_intent(
        world,
        session["_owner"],
        {
            "setup_future_usage": usage,
            **wish,
            "amount": session["amount_total"],
            "currency": session["currency"],
            "customer": customer,
            "payment_method_options": options,
            "allowed_payment_method_types": session["payment_method_types"],
        },
        capture_method="manual" if by_hand else "automatic",
    )
    session["payment_intent"] = row["id"]
    emit(world, "payment_intent.created", row)
    return row


def _complete(world: World, session: Json, customer: str | None, paid: str) -> None:
    email = session["customer_email"] or VISITOR["email"]
    details = {"email": email, "name": VISITOR["name"], "tax_exempt": "none"}
    session.update(
        status="complete",
        payment_status=paid,
        customer=customer,
        customer_details=details,
        url=None,
    )
    emit(world, "checkout.session.completed", session)


def _print_voucher(world: World, session: Json, kind: str) -> None:
    if kind not in session["payment_method_types"]:
        raise Refused(f"This session does not take {kind}.", param="card")
    intent = _intent(world, session, _customer(world, session))
    paying.confirm(world, intent, add_voucher(world, session["_owner"], kind))
    intent["_session"] = session["id"]
    _complete(world, session, session["customer"], "unpaid")


def pay_voucher(world: World, intent: Json) -> None:
    """The customer pays at the counter; the news comes the next working day (Pix: at once)."""
    paying.require_state(intent, ("requires_action",), "paid")
    method = world.family("payment_methods")[intent["payment_method"]]
    intent.update(status="processing", next_action=None)
    emit(world, "payment_intent.processing", intent)
    wait = world.settings.voucher_seconds
    due = next_working_day(world.now) if wait is None else world.now + wait
    if method["type"] == "pix" or due <= world.now:
        voucher_arrives(world, {"intent": intent["id"]})
    else:
        world.later(due, "voucher_arrives", intent=intent["id"])


@on_timer("voucher_arrives")
def voucher_arrives(world: World, arguments: Json) -> None:
    """The money of a voucher is there."""
    intent = world.family("payment_intents")[arguments["intent"]]
    if intent["status"] != "processing":
        return
    paying.pay_voucher(world, intent)
    session = world.family("sessions")[intent["_session"]]
    session["payment_status"] = "paid"
    emit(world, "checkout.session.async_payment_succeeded", session)


@on_timer("voucher_over")
def voucher_over(world: World, arguments: Json) -> None:
    """The time to pay a voucher is over."""
    intent = world.family("payment_intents")[arguments["intent"]]
    if intent["status"] == "requires_action":
        expire_voucher(world, intent)


def expire_voucher(world: World, intent: Json) -> None:
    """Nobody paid the voucher."""
    paying.require_state(intent, ("requires_action",), "expired")
    _end_voucher(world, intent, "expired", "The voucher expired before it was paid.")


def fail_voucher(world: World, intent: Json) -> None:
    """Somebody paid the voucher, and the money never came."""
    paying.require_state(intent, ("processing",), "failed")
    _end_voucher(world, intent, "failed", "The payment did not arrive.")


def _end_voucher(world: World, intent: Json, how: str, message: str) -> None:
    method = world.family("payment_methods")[intent["payment_method"]]
    refusal = Refused(
        message, kind="invalid_request_error", code=f"payment_intent_payment_attempt_{how}"
    )
    paying.fail(world, intent, method, refusal, None)
    session = world.family("sessions")[intent["_session"]]
    emit(world, "checkout.session.async_payment_failed", session)


VOUCHER_ENDS = {"pay": pay_voucher, "expire": expire_voucher, "fail": fail_voucher}


def onboard(world: World, account: Json, outcome: str, bank: Json | None = None) -> None:
    """Finish onboarding: the account becomes active, lacks a document, or is rejected."""
    if outcome not in OUTCOMES:
        raise Refused(f"Invalid outcome: must be one of {', '.join(OUTCOMES)}", param="outcome")
    if outcome == "rejected":
        accounts.reject(world, account)
        return
    if not any(world.rows("external_accounts", account["id"])):
        add_bank(world, account, bank or {})
    if outcome == "document_missing":
        accounts.leave_document_missing(world, account)
    else:
        accounts.complete(world, account, dict(WORKER))
