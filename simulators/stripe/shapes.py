"""Completing answers: every field that the SDK's class declares is there, neutral if unknown."""

from __future__ import annotations

import copy
import typing
from functools import cache
from typing import Any

import stripe
import typing_extensions as extended

from simulators.stripe.errors import Json

CLASSES: dict[str, Any] = {
    "account": stripe.Account,
    "account_link": stripe.AccountLink,
    "balance": stripe.Balance,
    "balance_transaction": stripe.BalanceTransaction,
    "bank_account": stripe.BankAccount,
    "capability": stripe.Capability,
    "card": stripe.Card,
    "charge": stripe.Charge,
    "checkout.session": stripe.checkout.Session,
    "customer": stripe.Customer,
    "dispute": stripe.Dispute,
    "identity.verification_session": stripe.identity.VerificationSession,
    "item": stripe.LineItem,
    "login_link": stripe.LoginLink,
    "payment_intent": stripe.PaymentIntent,
    "payment_method": stripe.PaymentMethod,
    "payout": stripe.Payout,
    "radar.early_fraud_warning": stripe.radar.EarlyFraudWarning,
    "refund": stripe.Refund,
    "setup_intent": stripe.SetupIntent,
    "transfer": stripe.Transfer,
    "transfer_reversal": stripe.TransferReversal,
    "v2.core.account": stripe.v2.core.Account,
    "webhook_endpoint": stripe.WebhookEndpoint,
}
# A payment method carries only the object of its own type.
ONE_OF_MANY = {stripe.PaymentMethod}
NEVER = {"deleted"}
EMPTY_LIST: Json = {"object": "list", "data": [], "has_more": False, "url": ""}


def complete(value: Any) -> Any:
    """A copy in which every object, however deep, has all the fields its SDK class declares."""
    if isinstance(value, list):
        return [complete(item) for item in value]
    if not isinstance(value, dict):
        return value
    sdk_class = CLASSES.get(str(value.get("object")))
    if sdk_class:
        return _filled(value, sdk_class, outermost=True)
    return {name: complete(inner) for name, inner in value.items()}


def _filled(row: Json, sdk_class: Any, *, outermost: bool) -> Json:
    neutral, nested, listed = _shape(sdk_class, outermost)
    full = {name: copy.deepcopy(value) for name, value in neutral.items() if name not in row}
    for name, value in row.items():
        if name in nested and isinstance(value, dict) and "object" not in value:
            value = _filled(value, nested[name], outermost=False)
        elif name in listed and isinstance(value, list):
            value = [_inner(item, listed[name]) for item in value]
        else:
            value = complete(value)
        full[name] = value
    return dict(sorted(full.items(), key=lambda pair: (pair[0] not in ("id", "object"), pair[0])))


def _inner(item: Any, sdk_class: Any) -> Any:
    return _filled(item, sdk_class, outermost=False) if isinstance(item, dict) else item


Shape = tuple[Json, dict[str, Any], dict[str, Any]]


@cache
def _shape(sdk_class: Any, outermost: bool) -> Shape:
    """Neutral values, classes of nested objects, classes of the items of lists."""
    neutral: Json = {}
    nested: dict[str, Any] = {}
    listed: dict[str, Any] = {}
    keep_objects = outermost and sdk_class not in ONE_OF_MANY
    for name, annotation in sdk_class.__annotations__.items():
        if extended.get_origin(annotation) is typing.ClassVar or name in NEVER:
            continue
        bare, optional = _without_none(annotation)
        if _is_nested(bare):
            nested[name] = bare
        elif extended.get_origin(bare) is list and _is_nested(extended.get_args(bare)[0]):
            listed[name] = extended.get_args(bare)[0]
        if not optional:
            neutral[name] = _neutral(bare)
        elif keep_objects or not _is_object(bare):
            neutral[name] = None
    return neutral, nested, listed


def _without_none(annotation: Any) -> tuple[Any, bool]:
    arguments = extended.get_args(annotation)
    if extended.get_origin(annotation) is typing.Union and type(None) in arguments:
        rest = tuple(argument for argument in arguments if argument is not type(None))
        # `X | Y` needs its members spelled out; these are known only when the SDK has been read.
        union = rest[0] if len(rest) == 1 else typing.Union[rest]  # noqa: UP007 Members in a tuple.
        return union, True
    return annotation, False


def _is_object(annotation: Any) -> bool:
    plain_class = isinstance(annotation, type) and extended.get_origin(annotation) is None
    return plain_class and issubclass(annotation, stripe.StripeObject)


def _is_nested(annotation: Any) -> bool:
    return _is_object(annotation) and bool(annotation.__annotations__)


def _neutral(annotation: Any) -> Any:
    plain = {str: "", int: 0, bool: False, float: 0.0}
    if annotation in plain:
        return plain[annotation]
    origin, arguments = extended.get_origin(annotation), extended.get_args(annotation)
    if origin is typing.Union:
        return _neutral(arguments[0])
    if origin is typing.Literal:
        return arguments[0]
    if origin is list:
        return []
    if getattr(origin, "__name__", "") == "ListObject":
        return EMPTY_LIST
    if _is_nested(annotation):
        return _filled({}, annotation, outermost=False)
    return {} if isinstance(origin or annotation, type) else ""
