"""The bank's own statement is read: is what we booked at the bank what the bank says?"""

from django.db import transaction

from kernel.actor import Actor
from kernel.crypto import seal
from kernel.ids import uuid7
from kernel.money import zero
from payments.actions.match_bank_lines import match_bank_lines
from payments.models import BankLine, BankStatement
from payments.queries.bank_book import last_statement
from payments.queries.permissions import demand
from payments.rules.bank_files import sha256
from payments.rules.bank_statements import BookedLine, check_follows, read_statement
from tenants.tenancy.queries import here


@transaction.atomic
def import_statement(*, by: Actor, content: bytes) -> BankStatement:
    """Keep a statement that adds up and goes on where the last one ended, and match its lines.

    The same file again changes nothing.
    """
    demand(by, "batch_check")
    assert by.member_id is not None
    print_ = sha256(content)
    known = BankStatement.objects.filter(sha256=print_).first()
    if known:
        return known
    currency = here().currency
    read = read_statement(content, exponent=zero(currency).exponent)
    last = last_statement(currency)
    check_follows(
        opening_minor=read.opening_minor, last_closing_minor=last.closing_minor if last else None
    )
    statement_id = uuid7()
    statement = BankStatement.objects.create(
        id=statement_id,
        sha256=print_,
        sealed=seal(content, about=f"bank-statement|{statement_id}"),
        currency=currency,
        from_on=min(each.booked_on for each in read.lines),
        until_on=max(each.booked_on for each in read.lines),
        opening_minor=read.opening_minor,
        closing_minor=read.closing_minor,
        count=len(read.lines),
        imported_by_id=by.member_id,
    )
    BankLine.objects.bulk_create(_line(statement, each) for each in read.lines)
    match_bank_lines()
    return statement


def _line(statement: BankStatement, line: BookedLine) -> BankLine:
    return BankLine(
        statement=statement,
        row=line.row,
        booked_on=line.booked_on,
        currency=statement.currency,
        amount_minor=line.minor,
        reference=line.reference,
        tracking_key=line.tracking_key,
        text=line.text,
    )
