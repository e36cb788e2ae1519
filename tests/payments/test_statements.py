"""Monthly statements: opening and lines make closing, each line is in exactly one, none changes."""

import csv
import hashlib
import io
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from kernel import clock, outbox
from kernel.actor import Role
from kernel.edge import working_for
from kernel.timers import run_due_of
from payments.actions.cash_out import cash_out
from payments.actions.issue_statement import issue_statement, issue_until
from payments.models import THE_BUSINESS, Posting, Statement, StatementLine
from payments.queries import wallet_of
from payments.queries.statements import owners, stated_lines
from payments.rules.statements import due_at, month_of, next_month, starts
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_money import can_be_paid, done, earns, member_id, mxn, paid

pytestmark = pytest.mark.usefixtures("patitas")
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def ana_in_march(ana, clara):
    """In March Ana did the worked job and cashed out 100.00; in April she earned 200.00 more."""
    with clock.travelling_to(datetime(2026, 3, 10, 16, tzinfo=UTC)):
        can_be_paid(ana)
        done(paid(clara), ana)
    with clock.travelling_to(datetime(2026, 3, 20, 16, tzinfo=UTC)):
        cash_out(by=ana, amount=mxn(10_000), option="free", key="c")
    with clock.travelling_to(datetime(2026, 4, 5, 16, tzinfo=UTC)):
        earns(ana, 20_000, payer=clara)
        outbox.drain()
    return member_id(ana)


def issue(owner: UUID, month: date = MARCH, at: datetime | None = None) -> Statement:
    with clock.travelling_to(at or datetime(2026, 4, 1, 12, tzinfo=UTC)):
        made = issue_statement(owner_id=owner, currency="MXN", month=month)
    assert made is not None
    return made


def in_ledger(owner: UUID, account: str, before: datetime) -> int:
    found = Posting.objects.filter(
        account__owner_id=owner, account__kind=account, entry__effective_at__lt=before
    )
    return -(found.aggregate(sum=Sum("amount"))["sum"] or 0)


def rows_of(statement: Statement) -> list[dict[str, str]]:
    text = bytes(statement.csv).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_month_ends_and_begins_where_the_business_is():
    zone = "America/Mexico_City"
    assert starts(APRIL, zone=zone) == datetime(2026, 4, 1, 6, tzinfo=UTC)
    assert month_of(datetime(2026, 4, 1, 5, 59, tzinfo=UTC), zone=zone) == MARCH
    assert due_at(MARCH, zone=zone) == datetime(2026, 4, 1, 12, tzinfo=UTC)
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)


def test_opening_and_lines_make_closing_and_closing_is_the_ledger(ana_in_march):
    march = issue(ana_in_march)
    closing = {each["account"]: each["closing"] for each in march.sums}

    assert {each["account"]: each["opening"] for each in march.sums} == dict.fromkeys(closing, 0)
    assert closing == {
        "worker_pending": 0,
        "worker_available": 46_040,
        "worker_in_transit": 10_000,
    }
    end = starts(APRIL, zone="America/Mexico_City")
    assert closing == {account: in_ledger(ana_in_march, account, end) for account in closing}


def test_the_next_month_opens_with_what_the_last_closed_with(ana_in_march, ana):
    march = issue(ana_in_march)
    april = issue(ana_in_march, APRIL, at=datetime(2026, 5, 1, 12, tzinfo=UTC))

    assert {each["account"]: each["opening"] for each in april.sums if each["opening"]} == {
        each["account"]: each["closing"] for each in march.sums if each["closing"]
    }
    closing = {each["account"]: each["closing"] for each in april.sums}
    assert closing["worker_available"] == wallet_of(ana).available.minor == 66_040


def test_what_is_booked_late_for_a_closed_month_is_an_adjustment(ana_in_march, clara, ana):
    march = issue(ana_in_march)
    with clock.travelling_to(datetime(2026, 3, 30, 16, tzinfo=UTC)):
        earns(ana, 7_000, payer=clara)
    april = issue(ana_in_march, APRIL, at=datetime(2026, 5, 1, 12, tzinfo=UTC))

    late = april.lines.filter(adjustment=True)
    assert sorted(late.values_list("amount_minor", flat=True)) == [-7_000, 7_000, 7_000]
    assert not march.lines.filter(adjustment=True).exists()
    march.refresh_from_db()
    assert len(rows_of(march)) == march.lines.count() == 6


def test_no_posting_is_in_two_statements_and_none_is_left_out(ana_in_march):
    issue_until(owner_id=ana_in_march, currency="MXN", month=APRIL)

    stated = StatementLine.objects.filter(statement__owner_id=ana_in_march)
    mine = Posting.objects.filter(
        account__owner_id=ana_in_march, account__kind__startswith="worker_"
    )
    assert set(stated.values_list("entry_id", "seq")) == set(mine.values_list("entry_id", "seq"))


def test_asking_twice_gives_the_same_bytes(ana_in_march):
    first = issue(ana_in_march)
    again = issue(ana_in_march)

    assert (again.pk, Statement.objects.count()) == (first.pk, 1)
    assert hashlib.sha256(bytes(first.pdf)).hexdigest() == first.pdf_sha256
    assert hashlib.sha256(bytes(first.csv)).hexdigest() == first.csv_sha256
    assert b"/StructTreeRoot" in bytes(first.pdf)


@pytest.mark.parametrize("table", ["payments_statement", "payments_statementline"])
@pytest.mark.parametrize("verb", ["update {} set id = id", "delete from {}"])
def test_no_statement_is_changed_or_thrown_away(ana_in_march, table, verb):
    issue(ana_in_march)
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))


def test_the_spreadsheet_runs_along_with_each_accounts_balance(ana_in_march):
    rows = rows_of(issue(ana_in_march))

    assert [(row["kind"], row["account"], row["amount"], row["balance"]) for row in rows] == [
        ("job.accrued", "worker_pending", "510.40", "510.40"),
        ("job.released", "worker_pending", "-510.40", "0.00"),
        ("job.released", "worker_available", "510.40", "510.40"),
        ("tip.earned", "worker_available", "50.00", "560.40"),
        ("cashout.requested", "worker_available", "-100.00", "460.40"),
        ("cashout.requested", "worker_in_transit", "100.00", "100.00"),
    ]
    assert {row["currency"] for row in rows} == {"MXN"}


def test_the_business_has_its_own(ana_in_march):
    made = issue(THE_BUSINESS)
    closing = {each["account"]: each["closing"] for each in made.sums}

    assert made.of_business
    assert closing == {"tenant_pending": 5_248 + 2_672}


def test_they_are_written_by_themselves_on_the_first_at_six(ana_in_march, patitas):
    with clock.travelling_to(datetime(2026, 5, 1, 11, 59, tzinfo=UTC)):
        run_due_of(UUID(int=patitas.pk))
        outbox.drain()
    assert set(Statement.objects.values_list("month", flat=True)) <= {MARCH}
    with clock.travelling_to(datetime(2026, 5, 1, 12, 1, tzinfo=UTC)):
        run_due_of(UUID(int=patitas.pk))
        outbox.drain()

    months = Statement.objects.filter(owner_id=ana_in_march).values_list("month", flat=True)
    assert set(months) == {MARCH, APRIL}


def test_a_worker_reads_only_their_own(ana_in_march, clara, olga):
    march = issue(ana_in_march)
    ana, bea = signed_in_client("ana"), joins("bea", Role.WORKER)

    assert "marzo" in ana.get("/wallet/statements/").content.decode().lower()
    pdf = ana.get(f"/wallet/statements/{march.pk}.pdf")
    assert pdf.content == bytes(march.pdf)
    assert bea.member_id is not None
    assert signed_in_client("bea").get(f"/wallet/statements/{march.pk}.csv").status_code == 404
    office = signed_in_client("olga", strong=True)
    assert str(march.pk) in office.get("/office/statements/").content.decode()
    assert office.get(f"/office/statements/{march.pk}.csv").status_code == 200


def test_it_can_be_read_in_another_language_in_the_same_figures(ana_in_march):
    statement = issue(ana_in_march)
    assert statement.language == "es"
    before = bytes(statement.pdf)
    issue(ana_in_march, APRIL, datetime(2026, 5, 1, 12, tzinfo=UTC))

    lines = stated_lines(statement)
    assert sum(each.minor for each in lines if each.account == "worker_available") == 46_040
    assert {each.title for each in lines if each.kind == "job.accrued"} == {"Paseo de una hora"}
    browser = signed_in_client("ana")
    there = f"/wallet/statements/{statement.pk}.pdf"
    copies = {code: browser.get(f"{there}?in={code}") for code in ("en", "pt-br", "es", "xx")}

    assert copies["en"]["Content-Disposition"] == 'attachment; filename="2026-03-en.pdf"'
    assert copies["en"].content.startswith(b"%PDF")
    assert copies["en"].content != copies["pt-br"].content != before
    assert copies["es"].content == copies["xx"].content == before
    assert f"{there}?in=pt-br" in browser.get("/wallet/statements/").content.decode()


def test_next_door_has_nothing_of_it(ana_in_march, lar_limpo):
    issue(ana_in_march)
    with working_for(lar_limpo.pk):
        assert not Statement.objects.exists()
        assert owners() == []


def test_an_empty_month_has_no_statement(ana):
    assert issue_statement(owner_id=member_id(ana), currency="MXN", month=MARCH) is None
