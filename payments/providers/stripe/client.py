"""Talking to Stripe: one attempt a call, our own keys, and its errors in our words.

Retries are ours, over minutes and hours, with the same key
(docs.stripe.com/api/idempotent_requests).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import stripe
from django.conf import settings

from payments.providers.base import KeyMisused, NoAnswer, RememberedFailure, SaidNo

TIMEOUT_SECONDS = 20
stripe.enable_telemetry = False


def client() -> stripe.StripeClient:
    """Return a client for the Stripe, or the sandbox, that the settings name."""
    return _client(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE)


@cache
def _client(api_key: str, api_base: str) -> stripe.StripeClient:
    more: dict[str, Any] = {"base_addresses": {"api": api_base}} if api_base else {}
    return stripe.StripeClient(
        api_key,
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        **more,
    )


def with_key(key: str, account: str = "") -> Any:
    """Return the options of a write: our key, and on whose behalf."""
    options = {"idempotency_key": key}
    return options | {"stripe_account": account} if account else options


def on_behalf(account: str) -> Any:
    """Return the options of a read inside a connected account."""
    return {"stripe_account": account}


@contextmanager
def in_our_words() -> Iterator[None]:
    """Translate Stripe's errors."""
    try:
        yield
    except stripe.IdempotencyError as error:
        if error.http_status == 409:
            raise NoAnswer("still running") from error
        raise KeyMisused(str(error)) from error
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise NoAnswer(str(error)) from error
    except (
        stripe.InvalidRequestError,
        stripe.CardError,
        stripe.AuthenticationError,
        stripe.PermissionError,
    ) as error:
        raise SaidNo(_code(error), str(error), ref=_made_all_the_same(error)) from error
    except stripe.StripeError as error:
        raise _trouble(error) from error


def _code(error: stripe.StripeError) -> str:
    """Return Stripe's code of a refusal; the SDK leaves some of them in the body."""
    return str(error.code or _body(error).get("code") or type(error).__name__)


def _made_all_the_same(error: stripe.StripeError) -> str:
    """Return the payment intent that a refused charge leaves behind."""
    intent = _body(error).get("payment_intent") or {}
    return str(intent.get("id") or "")


def _body(error: stripe.StripeError) -> dict[str, Any]:
    body = error.json_body if isinstance(error.json_body, dict) else {}
    return body.get("error") or {}


def _trouble(error: stripe.StripeError) -> NoAnswer:
    """Tell trouble of the moment from trouble that the key will bring back every time."""
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    remembered = headers.get("idempotent-replayed") == "true"
    return RememberedFailure(str(error)) if remembered else NoAnswer(str(error))


def called(key: str, **more: str) -> dict[str, str]:
    """Return the metadata of a thing that we make: by it the thing is found again."""
    return {"call": key, **more}


def made_with(key: str, listed: stripe.ListObject[Any]) -> list[dict[str, Any]]:
    """Return what was made with a key, of all pages of a list."""
    rows = (plain(each) for each in listed.auto_paging_iter())
    return [row for row in rows if (row.get("metadata") or {}).get("call") == key]


def plain(found: stripe.StripeObject) -> dict[str, Any]:
    """Return a Stripe object as a plain dictionary."""
    values: dict[str, Any] = found.to_dict()
    return values
