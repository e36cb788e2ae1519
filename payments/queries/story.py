"""A booking's money, line by line, read from the ledger itself."""

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from payments.models import Entry, Payment, Refund
from payments.rules.entries import refund_ref, tip_ref
from payments.rules.story import Fact, Side, StoryLine, blocks_now, story


def refs_of(reference: str) -> list[str]:
    """Return every name under which the ledger knows something about one thing."""
    payments = list(Payment.objects.filter(reference=reference).values_list("pk", flat=True))
    refunds = Refund.objects.filter(payment_id__in=payments).values_list("pk", flat=True)
    return [
        reference,
        *(tip_ref(payment_id) for payment_id in payments),
        *(refund_ref(refund_id) for refund_id in refunds),
    ]


def facts_of(reference: str) -> list[Fact]:
    """Return all entries about one thing, oldest first."""
    return [_fact(entry) for entry in _entries(reference)]


def entries_about(reference: str, *, by: Actor) -> QuerySet[Entry]:
    """Return all entries about one thing to the office, oldest first."""
    if not by.works_in_office:
        raise NotFound(what="entries")
    return _entries(reference)


def _entries(reference: str) -> QuerySet[Entry]:
    entries = Entry.objects.filter(ref__in=refs_of(reference))
    return entries.prefetch_related("postings__account").order_by("effective_at", "pk")


def _fact(entry: Entry) -> Fact:
    postings = sorted(entry.postings.all(), key=lambda each: each.seq)
    return Fact(
        kind=entry.kind,
        at=entry.effective_at,
        about_tip=entry.ref.startswith("tip:"),
        currency=postings[0].currency,
        legs=tuple((each.account.kind, each.account.sub, each.amount) for each in postings),
    )


def money_story(reference: str, *, side: Side) -> tuple[list[StoryLine], dict[str, Money] | None]:
    """Return what happened to the money of one thing, and its six parts once it was divided.

    For floors above, which have authorised already.
    """
    facts = facts_of(reference)
    divided = any(fact.kind == "job.accrued" for fact in facts)
    blocks = blocks_now(facts, currency=facts[0].currency) if divided else None
    return story(facts, side=side), blocks
