"""Stripe's payment intents in our words: how far one is, and with which card or voucher."""

from datetime import UTC, datetime
from typing import Any

from payments.providers.base import PaymentFact
from payments.providers.stripe.client import client, plain

SEEN_WITH = "latest_charge.balance_transaction"
INTENT_STATES = {
    "requires_payment_method": "requires_action",
    "requires_confirmation": "requires_action",
    "requires_action": "requires_action",
    "processing": "processing",
    "requires_capture": "authorised",
    "succeeded": "captured",
    "canceled": "cancelled",
}
PAID_ELSEWHERE = ("oxxo", "boleto", "pix")  # At a counter or in a bank's app, after the page.


def intent_named(ref: str) -> dict[str, Any]:
    """Fetch an intent with its charge, and what that brought."""
    return plain(client().v1.payment_intents.retrieve(ref, {"expand": [SEEN_WITH]}))


def of_intent(intent: dict[str, Any]) -> PaymentFact:
    """Say in our words how far an intent is."""
    charge = intent.get("latest_charge")
    seen = charge if isinstance(charge, dict) else {}
    settled = seen.get("balance_transaction")
    booked = settled if isinstance(settled, dict) else {}
    error = intent.get("last_payment_error") or {}
    instrument, method = _card_words(seen)
    shown = _handed_out(intent)
    return PaymentFact(
        state="expired" if _voucher_is_over(intent) else INTENT_STATES[intent["status"]],
        intent_ref=intent["id"],
        charge_ref=seen.get("id", "") if seen.get("status") == "succeeded" else "",
        fee_minor=booked.get("fee"),
        settles_at=_moment(booked.get("available_on")),
        promised_until=_moment(shown.get("expires_after") or shown.get("expires_at")),
        voucher_url=shown.get("hosted_voucher_url") or shown.get("hosted_instructions_url") or "",
        instrument=instrument,
        method=method,
        customer_ref=intent.get("customer") or "",
        method_ref=intent.get("payment_method") or "",
        failure=error.get("decline_code") or error.get("code") or "",
    )


def _handed_out(intent: dict[str, Any]) -> dict[str, Any]:
    """Return the voucher or bank code that the payer was shown, if any."""
    action = intent.get("next_action") or {}
    return action.get(action.get("type") or "") or {}


def _voucher_is_over(intent: dict[str, Any]) -> bool:
    """Tell whether a voucher or bank code ended unpaid: its page is done, there is no other try."""
    tried = (intent.get("last_payment_error") or {}).get("payment_method") or {}
    return intent["status"] == "requires_payment_method" and tried.get("type") in PAID_ELSEWHERE


def _card_words(charge: dict[str, Any]) -> tuple[str, str]:
    """Return a card's fingerprint, and the card as people know it."""
    return named_card((charge.get("payment_method_details") or {}).get("card") or {})


def named_card(card: dict[str, Any]) -> tuple[str, str]:
    """Return the fingerprint of a card, and its brand and last digits."""
    if not card.get("fingerprint"):
        return "", ""
    brand = str(card.get("brand") or "").title()
    return f"card:{card['fingerprint']}", f"{brand} ···· {card.get('last4', '')}"


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
