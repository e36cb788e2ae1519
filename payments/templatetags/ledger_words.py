"""Lines of the ledger, in words, for whoever reads them."""

from django import template

from payments import kinds
from payments.rules.story import Part, StoryLine

register = template.Library()


@register.filter
def entry_words(line: StoryLine, side: str) -> str:
    """Say what happened: `{{ line|entry_words:"worker" }}`."""
    return kinds.entry_words(line.kind, side)


@register.filter
def account_words(part: Part, side: str) -> str:
    """Say where money came from or went to: `{{ part|account_words:"worker" }}`."""
    return kinds.account_words(part.account, side, part.sub)


@register.filter
def account_name(account: str) -> str:
    """Say what an account is called in the office: `{{ "bank"|account_name }}`."""
    return kinds.account_words(account, "office", "")


@register.filter
def receipt_words(kind: str) -> str:
    """Say what a receipt is for: `{{ receipt.kind|receipt_words }}`."""
    return str(kinds.RECEIPTS[kind])
