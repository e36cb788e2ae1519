"""Statements: what goes into the next one, and who may read which."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet, Sum

from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import (
    THE_BUSINESS,
    Account,
    Payment,
    Payout,
    Posting,
    Refund,
    Statement,
    StatementLine,
)
from payments.rules.statements import (
    TENANT_ACCOUNTS,
    WORKER_ACCOUNTS,
    Movement,
    month_of,
    next_month,
    starts,
)
from tenants.tenancy.models import Membership
from tenants.tenancy.queries import here


def accounts_of(owner_id: UUID) -> tuple[str, ...]:
    """Return the kinds of accounts that a statement of this owner is about."""
    return TENANT_ACCOUNTS if owner_id == THE_BUSINESS else WORKER_ACCOUNTS


def owners() -> list[tuple[UUID, str]]:
    """Return everybody who has accounts here, with the currency."""
    kinds = (*WORKER_ACCOUNTS, *TENANT_ACCOUNTS)
    found = Account.objects.filter(kind__in=kinds).values_list("owner_id", "currency")
    return sorted(found.distinct())


def first_open_month(owner_id: UUID, currency: str) -> date | None:
    """Return the earliest month without a statement, if there is anything to state."""
    last = Statement.objects.filter(owner_id=owner_id, currency=currency).order_by("-month").first()
    if last is not None:
        return next_month(last.month)
    first = _postings(owner_id, currency).aggregate(at=Min("entry__effective_at"))["at"]
    if first is None:
        return None
    return month_of(first, zone=here().timezone)


def movements_of(owner_id: UUID, currency: str, *, month: date) -> list[Movement]:
    """Return every posting up to the end of a month that is in no statement yet, oldest first."""
    zone = here().timezone
    begins, ends = starts(month, zone=zone), starts(next_month(month), zone=zone)
    stated = StatementLine.objects.filter(entry_id=OuterRef("entry_id"), seq=OuterRef("seq"))
    rows = (
        _postings(owner_id, currency)
        .filter(~Exists(stated), entry__effective_at__lt=ends)
        .select_related("entry", "account")
        .order_by("entry__effective_at", "entry_id", "seq")
    )
    known = _abouts({row.entry.ref for row in rows})
    return [
        Movement(
            entry_id=str(row.entry_id),
            seq=row.seq,
            account=row.account.kind,
            kind=row.entry.kind,
            ref=row.entry.ref,
            about=known.get(row.entry.ref, (row.entry.ref, ""))[0],
            title=known.get(row.entry.ref, ("", ""))[1],
            minor=row.amount * row.account.normal,
            at=row.entry.effective_at,
            adjustment=row.entry.effective_at < begins,
        )
        for row in rows
    ]


def stated_lines(statement: Statement) -> list[Movement]:
    """Return the lines of an issued statement, in its order."""
    rows = list(StatementLine.objects.filter(statement=statement).order_by("position"))
    known = _abouts({row.ref for row in rows})
    return [
        Movement(
            entry_id=str(row.entry_id),
            seq=row.seq,
            account=row.account,
            kind=row.kind,
            ref=row.ref,
            about=known.get(row.ref, (row.ref, ""))[0],
            title=known.get(row.ref, ("", ""))[1],
            minor=row.amount_minor,
            at=row.at,
            adjustment=row.adjustment,
        )
        for row in rows
    ]


def _postings(owner_id: UUID, currency: str) -> QuerySet[Posting]:
    return Posting.objects.filter(
        account__owner_id=owner_id, account__kind__in=accounts_of(owner_id), currency=currency
    )


def _abouts(refs: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return, by the ledger's name, what floors above call a thing, and its title."""
    ids: dict[str, list[UUID]] = {"tip": [], "refund": [], "cashout": []}
    plain = []
    for ref in refs:
        word, _, rest = ref.partition(":")
        if word in ids:
            ids[word].append(UUID(rest))
        else:
            plain.append(ref)
    payments = Payment.objects.filter(reference__in=plain, kind=Payment.JOB)
    found = {row.reference: (row.reference, row.title) for row in payments}
    for tip in Payment.objects.filter(pk__in=ids["tip"]):
        found[f"tip:{tip.pk}"] = (tip.reference, tip.title)
    for refund in Refund.objects.select_related("payment").filter(pk__in=ids["refund"]):
        found[f"refund:{refund.pk}"] = (refund.payment.reference, refund.payment.title)
    for payout in Payout.objects.filter(pk__in=ids["cashout"]):
        found[f"cashout:{payout.pk}"] = (f"cashout:{payout.pk}", payout.destination)
    return found


def opening_of(owner_id: UUID, currency: str, *, month: date) -> dict[str, int]:
    """Return what the statements before a month closed with, by account."""
    lines = StatementLine.objects.filter(
        statement__owner_id=owner_id, statement__currency=currency, statement__month__lt=month
    )
    rows = lines.values_list("account").annotate(sum=Sum("amount_minor"))
    return {account: minor for account, minor in rows if minor}


def year_before(owner_id: UUID, currency: str, *, month: date) -> dict[tuple[str, str], int]:
    """Return the sums of a year's lines before a month, by kind and account."""
    rows = StatementLine.objects.filter(
        statement__owner_id=owner_id,
        statement__currency=currency,
        statement__month__year=month.year,
        statement__month__lt=month,
    ).values_list("kind", "account")
    return {
        (kind, account): minor for kind, account, minor in rows.annotate(sum=Sum("amount_minor"))
    }


def statements_of(owner_id: UUID) -> QuerySet[Statement]:
    """Return somebody's statements, newest first, without the files."""
    rows = Statement.objects.filter(owner_id=owner_id).order_by("-month")
    return rows.defer("pdf", "csv")


def statement_of(by: Actor, statement_id: UUID) -> Statement:
    """Return a statement to the worker it belongs to; to the office, any."""
    found = Statement.objects.filter(pk=statement_id).first()
    if found is None or not (by.works_in_office or found.owner_id == by.member_id):
        raise NotFound(what="statement")
    return found


def all_statements(by: Actor) -> QuerySet[Statement]:
    """Return every statement of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="statement")
    return Statement.objects.order_by("-month", "owner_id").defer("pdf", "csv")


def names_of(member_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return members' names; the business itself has none here."""
    found = Membership.objects.select_related("user").filter(pk__in=list(member_ids))
    return {member.pk: member.user.public_name for member in found}
