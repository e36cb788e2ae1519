"""Stripe's signed messages: who sent them, when, and what they are about.

They are only a reason to look: what counts is fetched from Stripe afterwards.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import stripe
from django.conf import settings

from payments.providers.base import BadSignature, Signal
from payments.providers.stripe.client import client, in_our_words, on_behalf, plain

TOLERANCE_SECONDS = 300
ABOUT_THE_ACCOUNT = ("account.", "capability.", "person.")
ABOUT_OURS = (
    *("checkout.session.", "payment_intent.", "setup_intent.", "charge.", "refund.", "payout."),
    *("transfer.", "radar.early_fraud_warning.", "balance.available"),
    *ABOUT_THE_ACCOUNT,
)
# What belongs to a thing of ours, though we did not make it; and charges, before we know them.
BELONGING = ("charge.", "radar.early_fraud_warning.")
BELONGS_TO = ("charge", "payment_intent")
OUR_NAMES = ("payment", "payee", "refund", "allocation", "cashout")
PLATFORM_BALANCE = "balance"
NO_NEWS = ("payout.created",)  # We made it, and the answer said so.
# What the endpoints subscribe to: each message that nobody needs costs a request of ours.
PLATFORM_EVENTS = (
    "balance.available",
    *(f"charge.{each}" for each in ("captured", "expired", "failed", "refunded")),
    *(f"charge.{each}" for each in ("refund.updated", "succeeded", "updated")),
    *(f"charge.dispute.{each}" for each in ("closed", "created", "updated")),
    *(f"charge.dispute.funds_{each}" for each in ("reinstated", "withdrawn")),
    *(f"checkout.session.{each}" for each in ("completed", "expired")),
    *(f"checkout.session.async_payment_{each}" for each in ("failed", "succeeded")),
    *(f"payment_intent.{each}" for each in ("amount_capturable_updated", "canceled")),
    *(f"payment_intent.{each}" for each in ("payment_failed", "processing", "requires_action")),
    "payment_intent.succeeded",
    *(f"radar.early_fraud_warning.{each}" for each in ("created", "updated")),
    *(f"refund.{each}" for each in ("created", "failed", "updated")),
    *(f"setup_intent.{each}" for each in ("canceled", "setup_failed", "succeeded")),
    *(f"transfer.{each}" for each in ("reversed", "updated")),
)
ACCOUNT_EVENTS = (
    "account.application.deauthorized",
    *(f"account.external_account.{each}" for each in ("created", "deleted", "updated")),
    *("account.updated", "balance.available", "capability.updated", "person.updated"),
    *(f"payout.{each}" for each in ("canceled", "failed", "paid", "updated")),
)


class Telling:
    """Reads webhooks."""

    def verify(
        self, *, body: bytes, headers: Mapping[str, str], endpoint: str, at: datetime
    ) -> Signal:
        """Check the signature over the raw body, not older or newer than five minutes."""
        signature = headers.get("Stripe-Signature", "")
        _check_age(signature, at)
        secrets = settings.STRIPE_WEBHOOK_SECRETS.get(endpoint, "")
        if not any(_signed(body, signature, secret) for secret in secrets.split(",") if secret):
            raise BadSignature("no secret of ours signed this")
        try:
            event = json.loads(body)
            return _signal(event)
        except (ValueError, KeyError, TypeError) as error:
            raise BadSignature("not an event") from error

    def missed_signals(self, *, since: datetime, account: str = "") -> list[Signal]:
        """Ask for the events that no endpoint of ours took, oldest first."""
        asked: Any = {
            "delivery_success": False,
            "created": {"gte": int(since.timestamp())},
            "limit": 100,
        }
        with in_our_words():
            listed = client().v1.events.list(asked, on_behalf(account) if account else {})
            # Asked for on an account, they do not say of which they are.
            of_it = {"account": account} if account else {}
            found = [_signal({**plain(each), **of_it}) for each in listed.auto_paging_iter()]
        return sorted(found, key=lambda each: each.created_at)


def _check_age(signature: str, at: datetime) -> None:
    """Refuse old and future messages; the SDK would let the future through."""
    parts = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
    signed_at = parts.get("t", "")
    if not signed_at.isdigit() or abs(int(signed_at) - at.timestamp()) > TOLERANCE_SECONDS:
        raise BadSignature("too old, or not of this time")


def _signed(body: bytes, signature: str, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(body.decode(), signature, secret, None)
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False
    return True


def _signal(event: dict[str, Any]) -> Signal:
    about = event["data"]["object"]
    kind, account = event["type"], event.get("account") or ""
    metadata = about.get("metadata") or {}
    return Signal(
        event_id=event["id"],
        account=account,
        kind=kind,
        object_id=_object_id(kind, account, about),
        created_at=datetime.fromtimestamp(event["created"], UTC),
        payload=event,
        parents=_parents(kind, about),
        claims={name: str(metadata[name])[:120] for name in OUR_NAMES if name in metadata},
    )


def _object_id(kind: str, account: str, about: dict[str, Any]) -> str:
    """Return what a message is about; nothing, if it is none of our business."""
    if not kind.startswith(ABOUT_OURS) or kind in NO_NEWS or about.get("automatic"):
        return ""
    if kind.startswith("payout.") and not account:
        return ""  # The collecting account's own: reconciliation sees it.
    if kind.startswith(ABOUT_THE_ACCOUNT):
        return account
    if kind.startswith("balance."):
        return account or PLATFORM_BALANCE
    return str(about.get("id", ""))


def _parents(kind: str, about: dict[str, Any]) -> tuple[str, ...]:
    if not kind.startswith(BELONGING):
        return ()
    named = (about.get(name) for name in BELONGS_TO)
    return tuple(each for each in named if isinstance(each, str) and each)
