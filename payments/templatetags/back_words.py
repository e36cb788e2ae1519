"""Codes of money that goes back, rests or is owed, in words."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()
Words = Mapping[str, str | Promise]

BORNE: Words = {
    "deposit": _("What the customer paid and nobody has earned"),
    "worker": _("The worker"),
    "worker_pending": _("The worker, from this visit's share"),
    "worker_held": _("The worker, from what rests of this visit"),
    "worker_available": _("The worker, from the wallet"),
    "worker_owes": _("The worker, in small parts of later visits"),
    "loss": _("The business, instead of the worker"),
    "tenant": _("The business, its own part"),
    "platform": _("Technology gives its fee back"),
    "tax": _("Taxes that are not due any more"),
    "withheld": _("Taxes that were kept back of the worker's part"),
}
DISPUTES: Words = {
    "warned": _("Warned"),
    "open": _("Needs an answer"),
    "submitted": _("Answered; the bank decides"),
    "won": _("Won"),
    "lost": _("Lost"),
    "closed": _("Closed"),
}
CAUSES: Words = {
    "refund": _("A refund for a visit"),
    "dispute": _("A payment that the customer's bank took back"),
    "cash": _("Cash you kept from visits"),
}
HOLDS: Words = {
    "dispute": _("The customer's bank is asking about a payment"),
    "review": _("We are checking a payment"),
    "reserve": _("Set aside while you are new"),
}
CREDITS: Words = {
    "refund": _("Instead of a refund"),
    "gesture": _("A gift from us"),
    "late": _("For the time you waited"),
    "other": _("A credit"),
}


def _say(words: Words, code: str) -> str | Promise:
    return words.get(code, code)


@register.filter
def borne_words(code: str) -> str | Promise:
    """Say who bears a part of a refund."""
    return _say(BORNE, code)


@register.filter
def dispute_words(code: str) -> str | Promise:
    """Say how far a dispute is."""
    return _say(DISPUTES, code)


@register.filter
def cause_words(code: str) -> str | Promise:
    """Say why something is owed."""
    return _say(CAUSES, code)


@register.filter
def hold_words(code: str) -> str | Promise:
    """Say why something rests."""
    return _say(HOLDS, code)


@register.filter
def credit_words(code: str) -> str | Promise:
    """Say why there is a credit."""
    return _say(CREDITS, code)
