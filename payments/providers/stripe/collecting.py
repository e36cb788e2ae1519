"""Collecting with Stripe: its hosted page, on the platform's own account.

Charges are ours and transfers follow later, the one kind of charge that can hold money and pay
several people (docs.stripe.com/connect/separate-charges-and-transfers).
"""

from datetime import datetime, timedelta
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
)
from payments.providers.stripe.client import (
    called,
    client,
    in_our_words,
    made_with,
    plain,
    with_key,
)
from payments.providers.stripe.intents import SEEN_WITH, intent_named, of_intent
from payments.providers.stripe.saving import LANGUAGES, keeps_a_card, kept_card, open_until

VOUCHERS = {"MXN": ["oxxo"], "BRL": ["boleto"]}
PROMISES: dict[str, dict[str, dict[str, Any]]] = {
    "MXN": {"oxxo": {"expires_after_days": 1}},
    "BRL": {"boleto": {"expires_after_days": 1}, "pix": {"expires_after_seconds": 1_800}},
}
# A voucher is good until the end of the next day at least, and its money comes a working day later.
VOUCHER_TAKES = timedelta(days=5)
REFUND_STATES = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}


class Collecting:
    """Takes money from payers."""

    def open_page(self, order: PageOrder, key: str) -> Page:
        """Open a Checkout Session; the tip is a line of its own."""
        now = clock.now()
        ends = open_until(order.expires_at, now)
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
            if intent_ref and not keeps_a_card(intent_ref):
                return of_intent(intent_named(intent_ref))
            session = plain(client().v1.checkout.sessions.retrieve(page_ref))
            if session.get("payment_intent"):
                return of_intent(intent_named(session["payment_intent"]))
            if session["status"] != "expired" and session.get("setup_intent"):
                return kept_card(session["setup_intent"])
        expired = session["status"] == "expired"
        return PaymentFact(state="expired" if expired else "created")

    def capture(self, *, intent_ref: str, amount: Money, key: str) -> PaymentFact:
        """Take an authorised payment, whole."""
        asked: Any = {"amount_to_capture": amount.minor, "expand": [SEEN_WITH]}
        with in_our_words():
            intent = client().v1.payment_intents.capture(intent_ref, asked, with_key(key))
        return of_intent(plain(intent))

    def cancel(self, *, page_ref: str, intent_ref: str, key: str) -> PaymentFact:
        """Let the authorised money go, or close the page; somebody may have been faster."""
        try:
            with in_our_words():
                if intent_ref and not keeps_a_card(intent_ref):
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


def _of_refund(refund: dict[str, Any]) -> RefundFact:
    return RefundFact(
        ref=refund["id"],
        state=REFUND_STATES.get(refund["status"], "sent"),
        failure=refund.get("failure_reason") or "",
    )
