"""How a payment intent is paid: confirmed, authenticated, captured, cancelled, or refused."""

from __future__ import annotations

from simulators.stripe.calendar import next_midnight
from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.resources import disputes
from simulators.stripe.resources.charges import add_charge, take_money
from simulators.stripe.resources.payment_methods import card_of, declined, keep_for
from simulators.stripe.tables import BANK_CODE_SECONDS, NO_MANUAL_CAPTURE, VOUCHER_DAYS
from simulators.stripe.world import DAY, World, on_timer

AUTHORIZED_DAYS = 7
VOUCHERS_SHOWN = {  # What the SDK calls it, its page, and how long it can be paid.
    "oxxo": ("oxxo_display_details", "hosted_voucher_url", "expires_after"),
    "boleto": ("boleto_display_details", "hosted_voucher_url", "expires_at"),
    "pix": ("pix_display_qr_code", "hosted_instructions_url", "expires_at"),
}
OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


def confirm(
    world: World,
    intent: Json,
    method: Json,
    *,
    off_session: bool = False,
    authenticated: bool = False,
) -> None:
    """Try to pay; a refusal of the issuer is recorded on the intent, then raised."""
    require_state(intent, OPEN, "confirmed")
    intent["payment_method"] = method["id"]
    intent["next_action"] = None
    if method["type"] != "card":
        _await_voucher(world, intent, method)
        return
    card = card_of(method)
    if card.behaviour in ("declined", "declined_later"):
        charge = add_charge(world, intent, method, status="failed", captured=False)
        emit(world, "charge.failed", charge)
        raise fail(world, intent, method, declined(), charge)
    if card.behaviour == "authenticate" and not authenticated:
        _ask_authentication(world, intent, method, off_session=off_session)
        return
    _charge_card(world, intent, method)
    if card.behaviour == "warning":
        disputes.warn(world, world.family("charges")[intent["latest_charge"]])
    if card.behaviour == "dispute" and intent["status"] == "succeeded":
        disputes.open_dispute(world, world.family("charges")[intent["latest_charge"]])


def _charge_card(world: World, intent: Json, method: Json) -> None:
    manual = intent["_capture_method"] == "manual"
    charge = add_charge(world, intent, method, status="succeeded", captured=not manual)
    intent["latest_charge"] = charge["id"]
    intent["last_payment_error"] = None
    if intent.get("customer") and intent.get("setup_future_usage"):
        keep_for(world, method, intent["customer"])
    if manual:
        intent.update(status="requires_capture", amount_capturable=intent["amount"])
        charge["_expires_at"] = world.now + AUTHORIZED_DAYS * DAY
        world.later(charge["_expires_at"], "authorization_over", intent=intent["id"])
        emit(world, "charge.succeeded", charge)
        emit(world, "payment_intent.amount_capturable_updated", intent)
        return
    take_money(world, charge, intent["amount"])
    intent.update(status="succeeded", amount_received=intent["amount"])
    emit(world, "charge.succeeded", charge)
    emit(world, "payment_intent.succeeded", intent)


def _ask_authentication(world: World, intent: Json, method: Json, *, off_session: bool) -> None:
    if off_session:
        refusal = Refused(
            "Your card was declined. This transaction requires authentication.",
            status=402,
            kind="card_error",
            code="authentication_required",
            decline_code="authentication_required",
        )
        raise fail(world, intent, method, refusal, None)
    intent["status"] = "requires_action"
    url = f"{world.settings.base_url}/authenticate/{intent['id']}"
    intent["next_action"] = {
        "type": "redirect_to_url",
        "redirect_to_url": {"url": url, "return_url": intent.get("_return_url")},
    }
    emit(world, "payment_intent.requires_action", intent)


def fail(
    world: World, intent: Json, method: Json, refusal: Refused, charge: Json | None
) -> Refused:
    """Record why the intent was not paid; the refusal then carries the intent."""
    error = dict(refusal.body["error"])
    if charge:
        intent["latest_charge"] = charge["id"]
        error["charge"] = charge["id"]
    intent.update(status="requires_payment_method", payment_method=None, next_action=None)
    visible = {name: method[name] for name in method if not name.startswith("_")}
    intent["last_payment_error"] = {**error, "payment_method": visible}
    emit(world, "payment_intent.payment_failed", intent)
    shown = {name: intent[name] for name in intent if not name.startswith("_")}
    refusal.body["error"].update(error, payment_intent=shown, payment_method=visible)
    return refusal


def _await_voucher(world: World, intent: Json, method: Json) -> None:
    """A voucher is printed now and paid elsewhere."""
    if intent["_capture_method"] == "manual" and method["type"] in NO_MANUAL_CAPTURE:
        raise Refused(
            f"The payment method type {method['type']} does not support manual capture.",
            param="capture_method",
        )
    intent["status"] = "requires_action"
    url = f"{world.settings.base_url}/voucher/{intent['id']}"
    action, page, until = VOUCHERS_SHOWN[method["type"]]
    ends_at = _voucher_ends(world, intent["payment_method_options"], method["type"])
    intent["next_action"] = {"type": action, action: {page: url, until: ends_at}}
    emit(world, "payment_intent.requires_action", intent)
    world.later(ends_at, "voucher_over", intent=intent["id"])


def _voucher_ends(world: World, options: Json, kind: str) -> int:
    """A bank code is good for some seconds, a voucher until the end of a day."""
    wish = options.get(kind, {})
    if kind == "pix":
        return world.now + int(wish.get("expires_after_seconds", BANK_CODE_SECONDS))
    days = int(wish.get("expires_after_days", VOUCHER_DAYS))
    return next_midnight(world.now) + days * DAY - 1


def pay_voucher(world: World, intent: Json) -> None:
    """The money of a voucher arrived."""
    method = world.family("payment_methods")[intent["payment_method"]]
    charge = add_charge(world, intent, method, status="succeeded", captured=True)
    take_money(world, charge, intent["amount"])
    intent.update(
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        next_action=None,
    )
    emit(world, "charge.succeeded", charge)
    emit(world, "payment_intent.succeeded", intent)


def capture(world: World, intent: Json, amount: int | None) -> None:
    """Take the authorised money, or a part of it; the rest is let go."""
    require_state(intent, ("requires_capture",), "captured")
    wanted = intent["amount_capturable"] if amount is None else amount
    if not 1 <= wanted <= intent["amount_capturable"]:
        raise Refused(
            f"The amount to capture ({wanted}) must be positive and at most the capturable"
            f" amount ({intent['amount_capturable']}).",
            code="amount_too_large",
            param="amount_to_capture",
        )
    charge = world.family("charges")[intent["latest_charge"]]
    take_money(world, charge, wanted)
    intent.update(status="succeeded", amount_received=wanted, amount_capturable=0)
    emit(world, "charge.captured", charge)
    emit(world, "payment_intent.succeeded", intent)
    if card_of(world.family("payment_methods")[charge["payment_method"]]).behaviour == "dispute":
        disputes.open_dispute(world, charge)


def cancel(world: World, intent: Json, reason: str | None) -> None:
    """Give up on an intent; authorised money goes back to the card."""
    require_state(intent, (*OPEN, "requires_capture", "processing"), "canceled")
    charge = world.family("charges").get(intent.get("latest_charge") or "")
    if charge and intent["status"] == "requires_capture":
        charge.update(refunded=True, amount_refunded=charge["amount"])
        emit(world, "charge.refunded", charge)
    intent.update(
        status="canceled",
        amount_capturable=0,
        canceled_at=world.now,
        cancellation_reason=reason,
        next_action=None,
    )
    emit(world, "payment_intent.canceled", intent)


@on_timer("authorization_over")
def authorization_over(world: World, arguments: Json) -> None:
    """Nobody captured in time: the card is free again."""
    intent = world.family("payment_intents")[arguments["intent"]]
    if intent["status"] != "requires_capture":
        return
    emit(world, "charge.expired", world.family("charges")[intent["latest_charge"]])
    cancel(world, intent, "automatic")


def require_state(intent: Json, states: tuple[str, ...], verb: str) -> None:
    """Refuse what an intent's state does not allow."""
    if intent["status"] in states:
        return
    noun = "PaymentIntent" if intent["object"] == "payment_intent" else "SetupIntent"
    prefix = "payment" if noun == "PaymentIntent" else "setup"
    about: Json = {
        f"{prefix}_intent": {name: intent[name] for name in intent if not name.startswith("_")}
    }
    raise Refused(
        f"This {noun} could not be {verb} because it has a status of {intent['status']}.",
        code=f"{prefix}_intent_unexpected_state",
        **about,
    )
