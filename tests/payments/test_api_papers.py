"""The API's operations about papers: statements and their files, entries, kept answers, pages."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from kernel import clock, outbox
from kernel.actor import Role
from payments.actions.cash_out import cash_out
from payments.actions.issue_statement import issue_statement
from payments.models import KeptQuote, Payout, Statement
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_money import can_be_paid, done, member_id, mxn, paid

pytestmark = pytest.mark.usefixtures("patitas")
JSON = "application/json"


@pytest.fixture
def earned(ana, clara):
    """Ana has done the worked job; its payment."""
    can_be_paid(ana)
    payment = paid(clara)
    done(payment, ana)
    outbox.drain()
    return payment


@pytest.fixture
def march(ana, clara):
    """Ana's statement of a March in which she did the worked job."""
    with clock.travelling_to(datetime(2026, 3, 10, 16, tzinfo=UTC)):
        can_be_paid(ana)
        done(paid(clara), ana)
    with clock.travelling_to(datetime(2026, 4, 1, 12, tzinfo=UTC)):
        made = issue_statement(owner_id=member_id(ana), currency="MXN", month=date(2026, 3, 1))
    assert made is not None
    return made


def test_a_worker_lists_statements_and_gets_both_files_as_they_were_issued(march):
    program = signed_in_client("ana")
    (row,) = program.get("/api/v1/statements").json()

    assert (row["id"], row["month"], row["currency"]) == (str(march.pk), "2026-03-01", "MXN")
    assert {each["account"]: each["closing"] for each in row["sums"]} == {
        "worker_pending": 0,
        "worker_available": 56_040,
    }
    pdf, sheet = program.get(row["pdf_path"]), program.get(row["csv_path"])
    assert (pdf.content, pdf["Content-Type"]) == (bytes(march.pdf), "application/pdf")
    assert sheet.content == bytes(march.csv)
    assert (row["pdf_sha256"], row["csv_sha256"]) == (march.pdf_sha256, march.csv_sha256)


def test_nobody_elses_statements_are_listed_or_handed_out(march, clara):
    joins("bea", Role.WORKER)
    other = signed_in_client("bea")

    assert other.get("/api/v1/statements").json() == []
    assert other.get(f"/wallet/statements/{march.pk}.pdf").status_code == 404
    assert signed_in_client("clara").get("/api/v1/statements").status_code == 404
    assert Statement.objects.count() == 1


def test_the_office_reads_every_entry_about_a_job_and_each_sums_to_nothing(earned, olga):
    office = signed_in_client("olga", strong=True)
    entries = office.get("/api/v1/ledger/entries", {"ref": earned.reference}).json()

    kinds = [each["kind"] for each in entries]
    assert kinds[:2] == ["charge.captured", "tip.captured"]
    assert {"job.accrued", "job.released", "tip.earned", "fee.trued_up"} <= set(kinds)
    assert {sum(row["minor"] for row in each["postings"]) for each in entries} == {0}
    accrued = entries[kinds.index("job.accrued")]
    assert {(row["account"], row["minor"]) for row in accrued["postings"] if row["minor"] < 0} == {
        ("worker_pending", -51_040),
        ("tenant_pending", -5_248),
        ("platform_fee", -580),
        ("psp_fee_recovered", -2_672),
        ("tax_payable", -1_360),
    }


@pytest.mark.parametrize("person", ["ana", "clara"])
def test_entries_are_the_offices_only(earned, olga, person):
    answer = signed_in_client(person).get("/api/v1/ledger/entries", {"ref": earned.reference})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_an_unknown_reference_has_no_entries_and_none_is_asked_for_by_name(earned, olga):
    office = signed_in_client("olga", strong=True)
    assert office.get("/api/v1/ledger/entries", {"ref": "booking:nothing"}).json() == []
    assert office.get("/api/v1/ledger/entries").status_code == 422


def test_the_wallet_is_the_same_under_both_names(earned):
    program = signed_in_client("ana")
    wallet = program.get("/api/v1/workers/me/wallet").json()

    assert wallet == program.get("/api/v1/wallet").json()
    assert wallet["available"]["minor"] == 56_040
    assert [wallet[name]["minor"] for name in ("pending", "in_transit", "owed")] == [0, 0, 0]
    assert (wallet["reserved"], wallet["frozen"]) == ([], False)
    assert wallet["next_sweep_at"] is not None


def test_an_answer_is_kept_and_the_request_holds_us_to_it(earned, ana):
    program = signed_in_client("ana")
    kept = program.post(
        "/api/v1/workers/me/cashouts/quote", {"amount_minor": 30_000}, content_type=JSON
    ).json()
    row = KeptQuote.objects.get()

    assert (kept["id"], row.amount_minor, row.member_id) == (str(row.pk), 30_000, ana.member_id)
    body = {"amount_minor": 30_000, "quote_id": kept["id"]}
    answer = program.post(
        "/api/v1/workers/me/cashouts", body, content_type=JSON, headers={"Idempotency-Key": "k"}
    )
    assert answer.status_code == 201
    assert Payout.objects.get().kept_quote_id == row.pk


@pytest.mark.parametrize("minor", [0, -1, "much"])
def test_no_answer_is_kept_for_an_amount_that_makes_no_sense(earned, minor):
    answer = signed_in_client("ana").post(
        "/api/v1/workers/me/cashouts/quote", {"amount_minor": minor}, content_type=JSON
    )
    assert answer.status_code == 422
    assert not KeptQuote.objects.exists()


def test_cash_outs_are_listed_shown_and_called_off_by_their_owner_only(earned, ana):
    program = signed_in_client("ana")
    payout = cash_out(by=ana, amount=mxn(10_000), option="free", key="c")
    listed = program.get("/api/v1/cashouts").json()

    assert [each["id"] for each in listed["items"]] == [str(payout.pk)]
    assert listed["next_cursor"] is None
    one = program.get(f"/api/v1/cashouts/{payout.pk}").json()
    assert (one["state"], one["amount"]["minor"], one["fee"]["minor"]) == ("requested", 10_000, 0)
    joins("bea", Role.WORKER)
    other = signed_in_client("bea")
    assert other.get(f"/api/v1/cashouts/{payout.pk}").status_code == 404
    assert other.post(f"/api/v1/cashouts/{payout.pk}/cancel").status_code == 404
    payout.refresh_from_db()
    assert payout.state == "requested"
    assert program.post(f"/api/v1/cashouts/{payout.pk}/cancel").json()["state"] == "cancelled"
    assert program.get("/api/v1/wallet").json()["available"]["minor"] == 56_040
    assert program.get(f"/api/v1/cashouts/{uuid4()}").status_code == 404


def test_a_cursor_that_is_not_ours_is_refused(earned):
    answer = signed_in_client("ana").get("/api/v1/cashouts", {"cursor": "x"})
    assert (answer.status_code, answer.json()["type"]) == (422, "cursor.unknown")
