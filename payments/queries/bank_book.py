"""Questions about the bank's statement beside our own entries at the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, Q, QuerySet

from kernel.actor import Actor
from kernel.money import Money
from payments.models import (
    BankLine,
    BankMatch,
    BankStatement,
    BatchLine,
    IncomingTransfer,
    Posting,
    Refund,
)
from payments.queries.permissions import demand
from payments.rules.bank_statements import UNMATCHED
from tenants.tenancy.queries import here

DAYS_APART = timedelta(days=5)  # Between our entry and the bank's line, where only amounts tell.


@dataclass(frozen=True, slots=True, kw_only=True)
class BankBook:
    """How the bank's statement and our books stand to each other."""

    statements: QuerySet[BankStatement]
    lines: list[BankLine]  # The bank's, without an entry of ours.
    postings: list[Posting]  # Ours, without a line of the bank's.
    difference: Money  # What the bank has more than our books.


def last_statement(currency: str) -> BankStatement | None:
    """Return the statement that was imported last; the next one goes on from there."""
    return BankStatement.objects.filter(currency=currency).order_by("pk").last()


def unmatched_postings(currency: str) -> QuerySet[Posting]:
    """Return what we booked at the bank and have not found on its statement, oldest first."""
    rows = Posting.objects.filter(account__kind="bank", currency=currency)
    matched = BankMatch.objects.values("entry_id")
    return rows.exclude(entry_id__in=matched).select_related("entry").order_by("entry_id")


def postings_of(line: BankLine) -> list[Posting]:
    """Return our entries behind a line of the bank: by its names, else by its amount alone.

    Together they are the line's amount, or there are none.
    """
    free = unmatched_postings(line.currency)
    keys = _keys_named(line)
    if keys:
        named = list(free.filter(entry__idem_key__in=keys))
        return named if sum(each.amount for each in named) == line.amount_minor else []
    noon = datetime.combine(line.booked_on, time(12), UTC)
    alike = list(
        free.filter(
            amount=line.amount_minor,
            entry__effective_at__range=(noon - DAYS_APART, noon + DAYS_APART),
        )[:2]
    )
    return alike if len(alike) == 1 else []


def _keys_named(line: BankLine) -> list[str]:
    """Return the keys of the entries that a line names, by its reference or its tracking key."""
    names = [each for each in (line.reference, line.tracking_key) if each]
    if not names:
        return []
    seen = IncomingTransfer.objects.filter(Q(page_ref__in=names) | Q(tracking_key__in=names))
    sent = BatchLine.objects.filter(Q(reference__in=names) | Q(tracking_key__in=names))
    back = Refund.objects.filter(bank_ref__in=names)
    return [
        *(f"charge:{each.payment_id}:captured" for each in seen),
        *(f"tip:{each.payment_id}:captured" for each in seen),
        *_keys_of_cash_outs(list(sent), came_back=line.amount_minor > 0),
        *(key for each in back for key in _keys_of_refund(each)),
    ]


def _keys_of_cash_outs(sent: Sequence[BatchLine], *, came_back: bool) -> list[str]:
    step = "returned" if came_back else "paid"
    return [f"cashout:{each.payout_id}:{each.attempt}:{step}" for each in sent]


def _keys_of_refund(refund: Refund) -> list[str]:
    again = "" if refund.attempt == 1 else f":{refund.attempt}"
    return [f"refund:{refund.pk}{again}:succeeded"]


def bank_book(by: Actor) -> BankBook:
    """Return how the bank's statement and our books stand to each other, to whoever may check."""
    demand(by, "batch_check")
    tenant = here()
    statements = BankStatement.objects.filter(currency=tenant.currency)
    span = statements.aggregate(first=Min("from_on"), last=Max("until_on"))
    lines = BankLine.objects.filter(result=UNMATCHED, currency=tenant.currency)
    postings: list[Posting] = []
    if span["first"]:
        zone = ZoneInfo(tenant.timezone)
        begins = datetime.combine(span["first"], time(), zone)
        ends = datetime.combine(span["last"] + timedelta(days=1), time(), zone)
        rows = unmatched_postings(tenant.currency)
        postings = list(rows.filter(entry__effective_at__gte=begins, entry__effective_at__lt=ends))
    open_lines = list(lines.order_by("booked_on", "row"))
    off = sum(each.amount_minor for each in open_lines) - sum(each.amount for each in postings)
    return BankBook(
        statements=statements.order_by("-pk"),
        lines=open_lines,
        postings=postings,
        difference=Money(tenant.currency, off),
    )
