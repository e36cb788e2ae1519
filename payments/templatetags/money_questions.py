"""What does not add up about money, in words: what it is, what it means, what to do."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.money import Money
from payments.kinds import entry_words
from payments.models import MoneyQuestion, Posting, ReconRun

register = template.Library()
Words = str | Promise

TITLES: Mapping[str, Words] = {
    "unresolved_call": _("A request without an answer"),
    "key_misused": _("One key, two requests"),
    "dead_event": _("A message that finds nobody"),
    "contradiction": _("A message that contradicts us"),
    "broken_equation": _("The books do not add up"),
    "missing_here": _("The payment company shows something that we do not have"),
    "extra_here": _("We have something that the payment company does not show"),
    "amount": _("Two different amounts"),
    "unmatched_bank_line": _("A line of the bank without a match"),
    "bank_line": _("A line of the bank's statement without a match"),
    "returned_after_final": _("Money came back very late"),
    "refund_failed": _("A refund did not go through"),
    "tip_held": _("A tip that has not reached its worker"),
    "lost_payout": _("A cash-out on its way from an account that is lost"),
}
TEXTS: Mapping[str, Words] = {
    "unresolved_call": _(
        "We asked the payment company for something and nobody answered for a day. Look there"
        " whether it was done. Nothing is sent again until you say so."
    ),
    "key_misused": _(
        "Two different requests were sent with one key. That is a fault of the software. Nothing"
        " was booked. Please tell whoever maintains it."
    ),
    "dead_event": _(
        "The payment company told us of something, and for three days nothing of ours belonged to"
        " it."
    ),
    "contradiction": _(
        "A signed message names somebody else than our own records do. We followed our records."
        " Find out who can write at the payment company."
    ),
    "broken_equation": _(
        "Two sums that must be equal are not. While this is open, cash-outs of the marketplace may"
        " be stopped."
    ),
    "missing_here": _(
        "Find out who did it. If it was done by hand at the payment company, write down why."
    ),
    "extra_here": _("We booked it, and the statement of that day does not show it."),
    "tip_held": _(
        "The visit was finished two days ago and we still have its tip. Find out why, and see that"
        " the worker gets it."
    ),
    "lost_payout": _(
        "The worker disconnected the account while money was on its way from it, and the payment"
        " company tells us no more. Ask the worker for the bank statement of these days. If two"
        " people say that the money did not arrive, it is in the worker's wallet again."
    ),
    "bank_line": _(
        "The bank shows money that our books do not. If it is not the marketplace's, say what it"
        " was. If our books lack it, two people may book the difference."
    ),
    "amount": _("The statement and our books have different amounts for the same thing."),
}
EQUATIONS: Mapping[str, Words] = {
    "C1": _("All postings together are zero"),
    "C2": _("Every wallet is the sum of its postings"),
    "C3": _("What the payment company has of ours"),
    "C4": _("What lies on a worker's account there"),
    "C5": _("Money on its way is what cash-outs say"),
    "C6": _("Money at rest is what holds say"),
    "C7": _("Every tip is held, earned, returned or lost"),
    "C8": _("Refunds we owe are the open refunds"),
    "C9": _("Payment costs are what was charged for them"),
    "C10": _("Our bank is what its statement says"),
}
FACTS: Mapping[str, Words] = {
    "purpose": _("Request"),
    "found": _("Found there"),
    "event": _("Message"),
    "claimed": _("It names"),
    "category": _("Kind of line"),
    "reason": _("Reason"),
    "error": _("Error"),
    "day": _("Day"),
    "proof": _("The bank's reference"),
}


COMPANIES: Mapping[str, Words] = {
    "stripe": "Stripe",
    "manual_bank": _("Bank transfers by hand"),
    "manual_transfer": _("Customers' bank transfers"),
    "cash": _("Cash, hand to hand"),
    "fake": _("A company for tests"),
}
SUSPICIONS: Mapping[str, Words] = {
    "contradiction": _("A signed message names somebody else"),
    "forged_signal": _("Messages with a wrong signature or age"),
    "step_up_failed": _("A code that proves nothing"),
    "limit": _("More than a limit allows"),
    "denied": _("Turned away where money is"),
    "hold": _("Held up, because something may be wrong"),
}


@register.filter
def company_words(provider: str) -> Words:
    """Say who moves money."""
    return COMPANIES.get(provider, provider)


@register.filter
def suspicion_words(kind: str) -> Words:
    """Say what may have been an attack."""
    return SUSPICIONS.get(kind, kind)


@register.filter
def posted(posting: Posting) -> Money:
    """Return a posting's amount as money."""
    return Money(posting.currency, posting.amount)


@register.filter
def entry_title(kind: str) -> Words:
    """Say what an entry is, as the office reads it."""
    return entry_words(kind, "office")


@register.filter
def question_title(kind: str) -> Words:
    """Say in a line what does not add up."""
    return TITLES.get(kind, _("Something needs you"))


@register.filter
def question_text(kind: str) -> Words:
    """Say what it means and what to do."""
    return TEXTS.get(kind, _("Please look at it, and write down what you found."))


@register.filter
def question_facts(question: MoneyQuestion) -> list[tuple[Words, Words]]:
    """Return what is known of it, named."""
    known = [
        (FACTS[name], ", ".join(value) if isinstance(value, list) else str(value))
        for name, value in question.facts.items()
        if name in FACTS and value
    ]
    equation = question.facts.get("equation")
    return [(equation, EQUATIONS[equation]), *known] if equation in EQUATIONS else list(known)


@register.filter
def broken_figures(run: ReconRun, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the equations that do not hold, at whom, both sides as money."""
    return [
        {
            **each,
            "words": EQUATIONS[each["equation"]],
            "where": names.get(each["tenant_id"], ""),
            "ours": Money(each["currency"], each["ours"]),
            "theirs": Money(each["currency"], each["theirs"]),
        }
        for each in run.broken
    ]
