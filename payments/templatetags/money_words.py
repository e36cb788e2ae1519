"""Codes of money, in words: why something waits, where it went, why a bank refused."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.money import Money

register = template.Library()

REASONS: Mapping[str, str | Promise] = {
    "no_account": _("Open your payout account first."),
    "no_fast_here": _("There is no faster way here: no payment company offers one where you are."),
    "fast_closed": _("The fast way is closed for the moment. The free one works."),
    "frozen": _("Your wallet is frozen. The team will explain why."),
    "new_destination": _("Your bank account is new. It can be used soon."),
    "hold_contact_changed": _("Your e-mail or phone changed a short while ago."),
    "hold_new_device": _("You signed in with a new device a short while ago."),
    "hold_factors_reset": _("Your second step was reset a short while ago."),
    "hold_recovered": _("Your account was recovered a short while ago."),
    "hold_account_changed": _("Your payout account changed a short while ago."),
    "hold_doubted": _("You told us that a change was not yours. The team will talk to you first."),
    "identity": _("Your document has to be looked at first. The team will tell you."),
    "destination_returned": _("Your bank sent the last cash-out back. Check your bank account."),
    "destination_name": _("The bank account is under another name. The team is looking at it."),
    "destination_shared": _("Somebody else is paid there too. The team is looking at it."),
    "paused": _("Cash-outs are paused for everybody right now."),
    "open": _("Another cash-out is still on its way."),
    "day_limit": _("You have reached today's number of cash-outs."),
    "day_sum": _("That is what is left of today's limit."),
    "week_sum": _("That is what is left of this week's limit."),
    "rail_day": _(
        "That is what the business's bank still sends today, for all together. The rest goes"
        " tomorrow."
    ),
    "resting_dispute": _("A customer's bank asks for this back. It rests until that is decided."),
    "resting_review": _("We are looking at this. It rests until then."),
    "resting_reserve": _("The reserve of your first jobs. It comes to you by itself."),
    "nothing": _("There is nothing to cash out yet."),
    "minimum": _("This is less than the smallest cash-out."),
    "unsettled": _("The customer's bank has not sent this yet."),
}
LINES: Mapping[str, str | Promise] = {
    "paid": _("Paid by the customer"),
    "tip_paid": _("Tip paid by the customer"),
    "to_worker": _("To the worker"),
    "to_tenant": _("To the local team"),
    "to_platform": _("Technology"),
    "to_processor": _("Payment costs"),
    "to_tax": _("Taxes"),
    "tip_to_worker": _("Tip to the worker, all of it"),
    "refund_due": _("Refund, about to be sent"),
    "refund_sent": _("Refund, sent"),
    "refund_succeeded": _("Refund, sent back"),
    "refund_failed": _("Refund that did not go through"),
}
FAILURES: Mapping[str, str | Promise] = {
    "destination_doubted": _("Your bank account has to be looked at first."),
    "destination_changed": _("Your bank account changed in between. New ones rest for three days."),
    "wallet_frozen": _("Your wallet is frozen. The team will explain why."),
    "waited_for_settlement": _("The customer's bank did not send this in five days."),
    "waited_for_stop": _("Cash-outs were closed for five days."),
    "instant_payouts_unsupported": _("Your bank does not take fast transfers."),
    "instant_payouts_limit_exceeded": _("The fast way has reached its limit for today."),
    "account_restricted": _("Your payout account needs attention first."),
    "account_closed": _("The bank account is closed."),
    "no_account": _("The bank account does not exist."),
    "balance_insufficient": _("The payment company has not received this money yet."),
    "moved_on": _("It was called off."),
    "payouts_not_allowed": _("Your payout account needs attention first."),
    "insufficient_funds": _("The payment company has not received this money yet."),
}
RAILS: Mapping[str, str | Promise] = {
    "stripe_standard": _("Bank transfer"),
    "stripe_instant": _("Instant transfer"),
    "manual_bank": _("Bank transfer by the team"),
    "fake_standard": _("Bank transfer"),
    "fake_instant": _("Instant transfer"),
}
STOPS: Mapping[str, str | Promise] = {
    "breaker": _("Too many cash-outs failed in an hour:"),
    "books": _("The books do not add up:"),
    "operator": _("Closed by the operator."),
    "takeover": _("Somebody else may be using the account"),
    "fraud": _("Fraud is suspected"),
    "court": _("A court has ordered it"),
}
DOUBTS: Mapping[str, str | Promise] = {
    "returned": _("The bank sent the last cash-out back."),
    "name": _("It is under another name than the worker's document."),
    "shared": _("Another worker is paid there too."),
}
TIERS: Mapping[str, str | Promise] = {
    "new": _("New: fewer than 25 jobs or 14 days"),
    "regular": _("From 25 jobs and 14 days"),
    "trusted": _("From 100 jobs and 90 days"),
}
MISSING: Mapping[str, str | Promise] = {
    "external_account": _("a bank account"),
    "individual.verification.document": _("a readable photo of your document"),
}


@register.filter
def minor(amount_minor: int, currency: str) -> Money:
    """Return minor units as money: `{{ reason.minor|minor:currency|money }}`."""
    return Money(currency, amount_minor)


@register.filter
def reason_words(code: str) -> str | Promise:
    """Say why money cannot be cashed out."""
    return REASONS.get(code, code)


@register.filter
def line_words(code: str) -> str | Promise:
    """Say what a line of a booking's money is."""
    return LINES.get(code, code)


@register.filter
def failure_words(code: str) -> str | Promise:
    """Say why a bank did not take the money."""
    return FAILURES.get(code, _("The bank did not accept it."))


@register.filter
def rail_words(code: str) -> str | Promise:
    """Say by which way money travels."""
    return RAILS.get(code, code)


@register.filter
def stop_words(code: str) -> str | Promise:
    """Say why money is stopped."""
    return STOPS.get(code, code)


@register.filter
def doubt_words(code: str) -> str | Promise:
    """Say why a bank account waits for a look."""
    return DOUBTS.get(code, code)


@register.filter
def tier_words(code: str) -> str | Promise:
    """Say who is meant by a tier."""
    return TIERS.get(code, code)


@register.filter
def missing_words(code: str) -> str | Promise:
    """Say what the payment company still asks for."""
    return MISSING.get(code, _("some details about you"))
