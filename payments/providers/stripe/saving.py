"""Cards kept with Stripe: left on its hosted page, charged later without their owner at hand."""

from datetime import datetime, timedelta
from typing import Any

from kernel import clock
from payments.providers.base import Page, PaymentFact
from payments.providers.saved import CardOrder, SavedCharge
from payments.providers.stripe.client import (
    called,
    client,
    in_our_words,
    made_with,
    plain,
    with_key,
)
from payments.providers.stripe.intents import (
    INTENT_STATES,
    SEEN_WITH,
    intent_named,
    named_card,
    of_intent,
)

LANGUAGES = {"es": "es-419", "pt": "pt-BR", "en": "en"}
SHORTEST, LONGEST = timedelta(minutes=31), timedelta(hours=23, minutes=55)
SETUP = "seti_"


class Saving:
    """Keeps payers' cards."""

    def open_card_page(self, order: CardOrder, key: str) -> Page:
        """Open a Checkout Session that takes no money; the card goes to a customer of its own."""
        payment = str(order.payment_id)
        asked: Any = {
            "mode": "setup",
            "currency": order.currency.lower(),
            "customer_creation": "always",
            "success_url": order.success_url,
            "cancel_url": order.cancel_url,
            "client_reference_id": payment,
            "branding_settings": {"display_name": order.business},
            "locale": LANGUAGES.get(order.locale[:2], "auto"),
            "expires_at": int(open_until(order.expires_at, clock.now()).timestamp()),
            "metadata": called(key, payment=payment),
            "setup_intent_data": {"metadata": {"payment": payment}},
        }
        with in_our_words():
            session = plain(client().v1.checkout.sessions.create(asked, with_key(key)))
        return Page(
            ref=session["id"],
            url=session.get("url") or "",
            intent_ref=session.get("setup_intent") or "",
        )

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
            return of_intent(plain(client().v1.payment_intents.create(asked, with_key(key))))

    def find_charges(self, order: SavedCharge, key: str) -> list[PaymentFact]:
        """Look among the customer's intents for those made with a key."""
        asked: Any = {"customer": order.customer_ref, "limit": 100}
        with in_our_words():
            made = made_with(key, client().v1.payment_intents.list(asked))
            return [of_intent(intent_named(each["id"])) for each in made]


def keeps_a_card(intent_ref: str) -> bool:
    """Tell whether an intent is one that takes no money, and keeps a card."""
    return intent_ref.startswith(SETUP)


def kept_card(ref: str) -> PaymentFact:
    """Look whether a card was kept, and whose and which it is."""
    asked: Any = {"expand": ["payment_method"]}
    intent = plain(client().v1.setup_intents.retrieve(ref, asked))
    method = intent.get("payment_method")
    seen = method if isinstance(method, dict) else {}
    instrument, words = named_card(seen.get("card") or {})
    error = intent.get("last_setup_error") or {}
    return PaymentFact(
        state=INTENT_STATES[intent["status"]],
        intent_ref=intent["id"],
        instrument=instrument,
        method=words,
        customer_ref=intent.get("customer") or "",
        method_ref=seen.get("id", ""),
        failure=error.get("decline_code") or error.get("code") or "",
    )


def open_until(wanted: datetime, now: datetime) -> datetime:
    """Return how long a page may stay open: Stripe wants half an hour to a day."""
    return min(max(wanted, now + SHORTEST), now + LONGEST)
