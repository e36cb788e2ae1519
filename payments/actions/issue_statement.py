"""A month is closed: its statement is written, once, as it will always be."""

import hashlib
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils import translation

from kernel import clock
from kernel.context import current_tenant
from kernel.ids import uuid7
from payments.models import THE_BUSINESS, Statement, StatementLine
from payments.queries.statement_papers import SHEET, statement_paper, statement_rows
from payments.queries.statements import (
    accounts_of,
    first_open_month,
    movements_of,
    opening_of,
    year_before,
)
from payments.rules.paper import as_csv
from payments.rules.statements import Movement, next_month, sums, year_so_far
from payments.rules.typeset import as_pdf
from tenants.messaging.rules.wording import language
from tenants.tenancy.queries import here, member

LOCK = "select pg_advisory_xact_lock(hashtext('payments.statements'), hashtext(%s))"


@transaction.atomic
def issue_statement(*, owner_id: UUID, currency: str, month: date) -> Statement | None:
    """Write an owner's statement of a month; asked again, return the first.

    Return None for a month in which there was nothing. What is effective in a month but booked
    after its statement comes into the next one, as an adjustment.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{current_tenant()}:{owner_id}"])
    known = Statement.objects.filter(owner_id=owner_id, currency=currency, month=month).first()
    if known is not None:
        return known
    movements = movements_of(owner_id, currency, month=month)
    opening = opening_of(owner_id, currency, month=month)
    if not movements and not opening:
        return None
    return _write(owner_id, currency, month, opening, movements)


def _write(
    owner_id: UUID,
    currency: str,
    month: date,
    opening: dict[str, int],
    movements: list[Movement],
) -> Statement:
    added = sums(accounts_of(owner_id), opening=opening, movements=movements)
    year = year_before(owner_id, currency, month=month)
    for each in movements:
        year[each.kind, each.account] = year.get((each.kind, each.account), 0) + each.minor
    locale, at = _locale_of(owner_id), clock.now()
    with translation.override(locale):
        paper = statement_paper(
            owner_id=owner_id,
            month=month,
            currency=currency,
            sums=added,
            movements=movements,
            year=year_so_far(year),
        )
    pdf = as_pdf(paper, stamped=at)
    sheet = as_csv(SHEET, statement_rows(movements, opening=opening, currency=currency))
    made = Statement.objects.create(
        owner_id=owner_id,
        month=month,
        currency=currency,
        language=locale,
        sums=added,
        pdf=pdf,
        csv=sheet,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        csv_sha256=hashlib.sha256(sheet).hexdigest(),
        issued_at=at,
    )
    StatementLine.objects.bulk_create(
        [_line(made, place, each) for place, each in enumerate(movements, 1)], batch_size=500
    )
    return made


def _line(statement: Statement, place: int, each: Movement) -> StatementLine:
    return StatementLine(
        id=uuid7(),
        statement=statement,
        position=place,
        entry_id=UUID(each.entry_id),
        seq=each.seq,
        account=each.account,
        kind=each.kind,
        ref=each.ref,
        amount_minor=each.minor,
        at=each.at,
        adjustment=each.adjustment,
    )


def _locale_of(owner_id: UUID) -> str:
    own = "" if owner_id == THE_BUSINESS else member(owner_id).user.locale
    return language(own or here().locale)


def issue_until(*, owner_id: UUID, currency: str, month: date) -> int:
    """Write all statements an owner still lacks, up to a month; return how many were written."""
    at, written = first_open_month(owner_id, currency), 0
    while at is not None and at <= month:
        made = issue_statement(owner_id=owner_id, currency=currency, month=at)
        written += made is not None
        at = next_month(at)
    return written
