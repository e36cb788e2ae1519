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

TOLERANCE_SECONDS = 300
ABOUT_THE_ACCOUNT = ("account.", "capability.", "person.")
ABOUT_OURS = (
    *("checkout.session.", "payment_intent.", "charge.", "refund.", "payout."),
    *ABOUT_THE_ACCOUNT,
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
    object_id = account if kind.startswith(ABOUT_THE_ACCOUNT) else about.get("id", "")
    if not kind.startswith(ABOUT_OURS) or about.get("automatic"):
        object_id = ""
    return Signal(
        event_id=event["id"],
        account=account,
        kind=kind,
        object_id=object_id,
        created_at=datetime.fromtimestamp(event["created"], UTC),
        payload=event,
    )
