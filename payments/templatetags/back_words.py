"""Codes of money that goes back, rests or is owed, in words."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.money import Money

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
CLAIMS: Words = {
    "fraudulent": _("The customer says they did not pay this"),
    "unrecognized": _("The customer does not recognise this payment"),
    "duplicate": _("The customer says they paid twice"),
    "product_not_received": _("The customer says nobody came"),
    "product_unacceptable": _("The customer says the work was not as agreed"),
    "credit_not_processed": _("The customer waits for money that was to go back"),
    "subscription_canceled": _("The customer says they had cancelled"),
}
REFUSALS: Words = {
    "lost_or_stolen_card": _("the card was lost or stolen"),
    "expired_or_canceled_card": _("the card has expired or was closed"),
    "insufficient_funds": _("it did not have the money at that moment"),
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
def claim_words(code: str) -> str | Promise:
    """Say why a customer's bank asks for money back."""
    return CLAIMS.get(code, _("Another reason; the payment company's page has more"))


@register.filter
def refusal_words(code: str) -> str | Promise:
    """Say why a payment company could not give money back."""
    return REFUSALS.get(code, _("without a reason that we know"))


@register.filter
def size(amount: Money) -> Money:
    """Return how much it is, whichever way it goes."""
    return -amount if amount.minor < 0 else amount


@register.filter
def hold_words(code: str) -> str | Promise:
    """Say why something rests."""
    return _say(HOLDS, code)


@register.filter
def credit_words(code: str) -> str | Promise:
    """Say why there is a credit."""
    return _say(CREDITS, code)
