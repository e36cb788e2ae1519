"""Collecting with Stripe: its hosted page, on the platform's own account.

Charges are ours and transfers follow later, the one kind of charge that can hold money and pay
several people (docs.stripe.com/connect/separate-charges-and-transfers).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from kernel import clock
from kernel.money import Money
from payments.providers.base import (
    Page,
    PageOrder,
    PaymentFact,
    RefundFact,
    RefundOrder,
    SaidNo,
    SavedCharge,
)
from payments.providers.stripe.client import (
    called,
    client,
    in_our_words,
    made_with,
    plain,
    with_key,
)

LANGUAGES = {"es": "es-419", "pt": "pt-BR", "en": "en"}
SHORTEST, LONGEST = timedelta(minutes=31), timedelta(hours=23, minutes=55)
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
VOUCHERS = {"MXN": ["oxxo"], "BRL": ["boleto"]}
PROMISES: dict[str, dict[str, dict[str, Any]]] = {
    "MXN": {"oxxo": {"expires_after_days": 1}},
    "BRL": {"boleto": {"expires_after_days": 1}, "pix": {"expires_after_seconds": 1_800}},
}
# A voucher is good until the end of the next day at least, and its money comes a working day later.
VOUCHER_TAKES = timedelta(days=5)
PAID_ELSEWHERE = ("oxxo", "boleto", "pix")  # At a counter or in a bank's app, after the page.
REFUND_STATES = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}


class Collecting:
    """Takes money from payers."""

    def open_page(self, order: PageOrder, key: str) -> Page:
        """Open a Checkout Session; the tip is a line of its own."""
        now = clock.now()
        ends = min(max(order.expires_at, now + SHORTEST), now + LONGEST)
        asked: Any = {
            "mode": "payment",
            "line_items": [_line(name, amount) for name, amount in order.lines],
            "success_url": order.success_url,
            "cancel_url": order.cancel_url,
            "client_reference_id": str(order.payment_id),
            "branding_settings": {"display_name": order.business},
            "locale": LANGUAGES.get(order.locale[:2], "auto"),
            "adaptive_pricing": {"enabled": False},
            "expires_at": int(ends.timestamp()),
            "metadata": called(key, payment=str(order.payment_id)),
            "payment_intent_data": {
                "transfer_group": order.group,
                "metadata": {"payment": str(order.payment_id)},
            },
        }
        if order.email:
            asked["customer_email"] = order.email
        card = {"capture_method": "manual"} if order.capture == "manual" else {}
        if order.keep_card:
            asked["customer_creation"] = "always"
            card["setup_future_usage"] = "off_session"
        ways = _promises(order)
        if slow := _too_slow(order, now):
            asked["excluded_payment_method_types"] = slow
        options = {way: ends for way, ends in ways.items() if way not in slow}
        if card:
            options["card"] = card
        if options:
            asked["payment_method_options"] = options
        with in_our_words():
            session = client().v1.checkout.sessions.create(asked, with_key(key))
        return Page(ref=session.id, url=session.url or "")

    def fetch_payment(self, *, page_ref: str, intent_ref: str) -> PaymentFact:
        """Look at the intent where there is one, else at the page."""
        with in_our_words():
            if intent_ref:
                return _of_intent(_intent(intent_ref))
            session = plain(client().v1.checkout.sessions.retrieve(page_ref))
            if session.get("payment_intent"):
                return _of_intent(_intent(session["payment_intent"]))
        expired = session["status"] == "expired"
        return PaymentFact(state="expired" if expired else "created")

    def charge_saved(self, order: SavedCharge, key: str) -> PaymentFact:
        """Confirm an intent at once with a card that was kept, its owner not at hand."""
        asked: Any = {
            "amount": order.amount.minor,
            "currency": order.amount.currency.lower(),
            "customer": order.customer_ref,
            "payment_method": order.method_ref,
            "off_session": True,
            "confirm": True,
            "transfer_group": order.group,
            "metadata": called(key, payment=str(order.payment_id)),
            "expand": [SEEN_WITH],
        }
        with in_our_words():
            return _of_intent(plain(client().v1.payment_intents.create(asked, with_key(key))))

    def find_charges(self, order: SavedCharge, key: str) -> list[PaymentFact]:
        """Look among the customer's intents for those made with a key."""
        asked: Any = {"customer": order.customer_ref, "limit": 100}
        with in_our_words():
            made = made_with(key, client().v1.payment_intents.list(asked))
            return [_of_intent(_intent(each["id"])) for each in made]

    def capture(self, *, intent_ref: str, amount: Money, key: str) -> PaymentFact:
        """Take an authorised payment, whole."""
        asked: Any = {"amount_to_capture": amount.minor, "expand": [SEEN_WITH]}
        with in_our_words():
            intent = client().v1.payment_intents.capture(intent_ref, asked, with_key(key))
        return _of_intent(plain(intent))

    def cancel(self, *, page_ref: str, intent_ref: str, key: str) -> PaymentFact:
        """Let the authorised money go, or close the page; somebody may have been faster."""
        try:
            with in_our_words():
                if intent_ref:
                    client().v1.payment_intents.cancel(
                        intent_ref, {"cancellation_reason": "abandoned"}, with_key(key)
                    )
                else:
                    client().v1.checkout.sessions.expire(page_ref, {}, with_key(key))
        except SaidNo:
            return self.fetch_payment(page_ref=page_ref, intent_ref=intent_ref)
        return self.fetch_payment(page_ref=page_ref, intent_ref=intent_ref)

    def refund(self, order: RefundOrder, key: str) -> RefundFact:
        """Give money back."""
        asked: Any = {
            "payment_intent": order.intent_ref,
            "amount": order.amount.minor,
            "reason": "requested_by_customer",
            "metadata": called(key, refund=str(order.refund_id)),
        }
        with in_our_words():
            return _of_refund(plain(client().v1.refunds.create(asked, with_key(key))))

    def fetch_refund(self, ref: str) -> RefundFact:
        """Look how far a refund is."""
        with in_our_words():
            return _of_refund(plain(client().v1.refunds.retrieve(ref)))

    def find_pages(self, *, key: str, since: datetime) -> list[Page]:
        """Look for the pages that were opened with a key."""
        asked: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100}
        with in_our_words():
            found = made_with(key, client().v1.checkout.sessions.list(asked))
        return [Page(ref=each["id"], url=each.get("url") or "") for each in found]

    def find_refunds(self, *, key: str, intent_ref: str) -> list[RefundFact]:
        """Look for the refunds that were made with a key."""
        asked: Any = {"payment_intent": intent_ref, "limit": 100}
        with in_our_words():
            found = made_with(key, client().v1.refunds.list(asked))
        return [_of_refund(each) for each in found]


def _too_slow(order: PageOrder, now: datetime) -> list[str]:
    """Return the ways to pay whose money could come when nobody waits for it any more."""
    if (order.waits_until or order.expires_at) - now >= VOUCHER_TAKES or not order.lines:
        return []
    return VOUCHERS.get(order.lines[0][1].currency, [])


def _promises(order: PageOrder) -> dict[str, dict[str, Any]]:
    """Return how long what is handed out can be paid; the shortest that people can live with."""
    currency = order.lines[0][1].currency if order.lines else ""
    return {way: dict(ends) for way, ends in PROMISES.get(currency, {}).items()}


def _line(name: str, amount: Money) -> dict[str, Any]:
    return {
        "quantity": 1,
        "price_data": {
            "currency": amount.currency.lower(),
            "unit_amount": amount.minor,
            "product_data": {"name": name},
        },
    }


def _intent(ref: str) -> dict[str, Any]:
    return plain(client().v1.payment_intents.retrieve(ref, {"expand": [SEEN_WITH]}))


def _of_intent(intent: dict[str, Any]) -> PaymentFact:
    charge = intent.get("latest_charge")
    seen = charge if isinstance(charge, dict) else {}
    settled = seen.get("balance_transaction")
    booked = settled if isinstance(settled, dict) else {}
    error = intent.get("last_payment_error") or {}
    instrument, method = _card(seen)
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


def _card(charge: dict[str, Any]) -> tuple[str, str]:
    """Return a card's fingerprint, and the card as people know it."""
    card = (charge.get("payment_method_details") or {}).get("card") or {}
    if not card.get("fingerprint"):
        return "", ""
    brand = str(card.get("brand") or "").title()
    return f"card:{card['fingerprint']}", f"{brand} ···· {card.get('last4', '')}"


def _of_refund(refund: dict[str, Any]) -> RefundFact:
    return RefundFact(
        ref=refund["id"],
        state=REFUND_STATES.get(refund["status"], "sent"),
        failure=refund.get("failure_reason") or "",
    )


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
