"""Receipts: one for each fact, numbered without gaps, on a page, as a PDF and as a spreadsheet."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from kernel import outbox
from kernel.edge import working_for
from kernel.ids import uuid7
from payments.actions.apply_payout import apply_payout
from payments.actions.cash_out import cash_out
from payments.actions.issue_receipt import issue_receipt
from payments.actions.refund import refund
from payments.models import Payout, Receipt
from payments.providers.base import PayoutFact
from payments.queries.papers import receipt_paper
from payments.rules.paper import as_csv, plain_amount, safe_cell
from payments.rules.receipts import PAYMENT, TIP
from payments.rules.typeset import as_pdf
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import can_be_paid, done, mxn, owes, paid, reported

pytestmark = pytest.mark.usefixtures("patitas")


def names() -> list[str]:
    return [each.name for each in Receipt.objects.order_by("series", "number")]


@pytest.fixture
def ana_was_tipped(ana, clara):
    payment = paid(clara)
    done(payment, ana)
    outbox.drain()
    return payment


def test_payment_and_tip_have_a_receipt_each(ana_was_tipped):
    assert names() == ["P-000001", "T-000001"]
    tip = Receipt.objects.get(kind=TIP)
    assert tip.total == mxn(5_000)
    assert tip.payer_id is not None
    assert tip.worker_id is not None


def test_refund_and_cash_out_have_receipts_too(ana_was_tipped, ana, clara):
    can_be_paid(ana)
    refund(
        by=clara, payment_id=ana_was_tipped.pk, amount=mxn(1_000), tip=mxn(0), reason="x", key="r"
    )
    payout = cash_out(by=ana, amount=mxn(10_000), option="free", key="c")
    outbox.drain()
    apply_payout(payout_id=payout.pk, fact=PayoutFact(ref="po_1", state="paid"))
    outbox.drain()

    assert names() == ["C-000001", "P-000001", "R-000001", "T-000001"]
    cashed = Receipt.objects.get(series="C")
    assert (cashed.total, cashed.content["gross"], cashed.content["provider_ref"]) == (
        mxn(10_000),
        10_000,
        Payout.objects.get().provider_ref,
    )


def test_asking_twice_gives_the_same_receipt(ana_was_tipped):
    again = issue_receipt(kind=PAYMENT, subject_id=ana_was_tipped.pk)

    assert again == Receipt.objects.get(kind=PAYMENT)
    assert names() == ["P-000001", "T-000001"]


def test_the_database_lets_no_number_be_left_out(ana_was_tipped):
    first = Receipt.objects.get(kind=PAYMENT)
    first.pk, first.number, first.subject_id = uuid7(), 3, uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)

    assert names() == ["P-000001", "T-000001"]


def test_no_receipt_is_changed_or_thrown_away(ana_was_tipped):
    for statement in ("update payments_receipt set number = 9", "delete from payments_receipt"):
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap(patitas, clara):
    payments = [reported(owes(clara)) for _ in range(8)]

    def issue(payment):
        with working_for(patitas.pk):
            issue_receipt(kind=PAYMENT, subject_id=payment.pk)
        connection.close()

    threads = [threading.Thread(target=issue, args=(each,)) for each in payments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert names() == [f"P-{number:06d}" for number in range(1, 9)]


def test_the_pdf_is_tagged_says_its_language_and_is_the_same_every_time(ana_was_tipped):
    receipt = Receipt.objects.get(kind=PAYMENT)
    with override("es"):
        paper = receipt_paper(receipt)
    pdf = as_pdf(paper, stamped=receipt.issued_at)

    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang(es)" in pdf
    assert pdf == as_pdf(paper, stamped=receipt.issued_at)
    assert paper.title == "Recibo de pago"


def test_words_that_look_like_layout_stay_words(ana_was_tipped):
    receipt = Receipt.objects.get(kind=PAYMENT)
    receipt.title = '#panic("x") *bold* $x$ \\ <label> @cite'

    assert as_pdf(receipt_paper(receipt), stamped=receipt.issued_at).startswith(b"%PDF-")


def test_a_spreadsheet_runs_nothing():
    assert [safe_cell(each) for each in ("=1+1", "+1 55", "-cmd", "@x", "-12.00", "12", "ok")] == [
        "'=1+1",
        "'+1 55",
        "'-cmd",
        "'@x",
        "-12.00",
        "12",
        "ok",
    ]
    assert as_csv(["a"], [["=x"]]).decode() == "\ufeffa\r\n'=x\r\n"


def test_amounts_for_machines_have_the_decimals_of_their_currency():
    assert plain_amount(mxn(-1_990)) == "-19.90"
    assert plain_amount(type(mxn(1))("CLP", 1_990)) == "1990"


def test_each_reads_their_own_and_nobody_elses(ana_was_tipped, olga, carla):
    bill = Receipt.objects.get(kind=PAYMENT)
    tip = Receipt.objects.get(kind=TIP)
    customer, worker = signed_in_client("clara"), signed_in_client("ana")

    assert "P-000001" in customer.get("/receipts/").content.decode()
    assert "Recibo de pago" in customer.get(f"/receipts/{bill.pk}/").content.decode()
    assert customer.get(f"/receipts/{bill.pk}.pdf").content.startswith(b"%PDF-")
    assert "659.00" not in worker.get("/receipts/").content.decode()
    assert worker.get(f"/receipts/{tip.pk}/").status_code == 200
    assert worker.get(f"/receipts/{bill.pk}/").status_code == 404
    assert worker.get(f"/receipts/{bill.pk}.csv").status_code == 404
    assert customer.get(f"/receipts/{bill.pk}.exe").status_code == 404
    assert "P-000001" in customer.get("/receipts.csv").content.decode()


def test_the_office_reads_all(ana_was_tipped, olga):
    office = signed_in_client("olga", strong=True)
    bill = Receipt.objects.get(kind=PAYMENT)

    assert "T-000001" in office.get("/office/receipts/").content.decode()
    assert office.get(f"/office/receipts/{bill.pk}.pdf")["Content-Type"] == "application/pdf"
    assert signed_in_client("clara").get("/office/receipts/").status_code in (302, 404)
