"""The pages about bank transfers: a worker's account, batches, what customers transfer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import outbox
from payments.actions.cash_out import cash_out
from payments.actions.open_page import open_page
from payments.models import Batch, BatchLine, PayeeAccount, Payment
from tenants.tenancy.models import StoredFile
from tests.support.ledgers import ledger
from tests.support.worlds import proved_long_ago, signed_in_client
from tests.support.worlds_bank import CLABE, PDF, approved, earned_by_bank
from tests.support.worlds_money import mxn, owes

pytestmark = pytest.mark.usefixtures("patitas", "by_bank")


@pytest.fixture
def office():
    return signed_in_client("olga", strong=True)


@pytest.fixture
def ana_asks(ana, clara):
    earned_by_bank(ana, clara)
    payout = cash_out(by=ana, amount=mxn(30_000), option="free", key="k")
    outbox.drain()
    return payout


def test_a_worker_gives_an_account_on_our_own_form(ana):
    browser = signed_in_client("ana")
    assert "/wallet/account/bank/" in browser.get("/wallet/account/").content.decode()
    assert "CLABE" in browser.get("/wallet/account/bank/").content.decode()

    wrong = browser.post("/wallet/account/bank/", {"number": "123", "holder": "Ana"})
    assert wrong.status_code == 422
    assert "Esa CLABE no existe" in wrong.content.decode()
    assert not PayeeAccount.objects.exists()

    typed = {"number": CLABE, "holder": "Ana Prueba"}
    right = browser.post("/wallet/account/bank/", typed, follow=True)
    assert "CLABE ···· 9719" in right.content.decode()
    assert CLABE not in right.content.decode()


def test_an_account_is_taken_only_after_a_fresh_proof(ana):
    browser = proved_long_ago(signed_in_client("ana"))
    answer = browser.post("/wallet/account/bank/", {"number": CLABE, "holder": "Ana Prueba"})
    assert answer.status_code == 302
    assert "/account/confirm/" in answer["Location"]
    assert not PayeeAccount.objects.exists()


def test_the_office_makes_sees_and_cannot_approve_its_own_batch(office, ana_asks, berta_checks):
    assert "1 retiro espera" in office.get("/office/batches/").content.decode()
    page = office.post("/office/batches/", follow=True)
    text = page.content.decode()
    assert "Ana" in text
    assert "CLABE ···· 9719" in text
    assert "Revisé cada línea" not in text
    batch = Batch.objects.get()
    seen = page.context["seen"]
    assert office.post(f"/office/batches/{batch.pk}/", {"seen": seen}).status_code == 403
    other = signed_in_client("berta", strong=True)
    assert "Revisé cada línea" in other.get(f"/office/batches/{batch.pk}/").content.decode()
    assert other.post(f"/office/batches/{batch.pk}/", {"seen": seen}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == "approved"


def test_the_file_is_handed_out_and_a_line_is_answered_with_its_receipt(
    office, ana_asks, olga, berta_checks
):
    batch = approved(olga, berta_checks)
    file = office.post(f"/office/batches/{batch.pk}/file/")
    assert file.content.startswith(b"clabe,beneficiario,monto,referencia\r\n")
    assert file["Content-Disposition"].endswith('.csv"')

    address = f"/office/batches/{batch.pk}/{BatchLine.objects.get().pk}/"
    without = office.post(address, {"outcome": "paid", "tracking_key": "MBX12345"})
    assert without.status_code == 422
    assert "Agrega el comprobante" in without.content.decode()
    receipt = SimpleUploadedFile("r.pdf", PDF)
    said = {"outcome": "paid", "tracking_key": "MBX12345", "receipt": receipt}
    assert office.post(address, said).status_code == 302
    assert BatchLine.objects.get().state == "paid"
    assert StoredFile.objects.filter(purpose="bank_receipt").count() == 1
    assert "MBX12345" in office.get(f"/office/batches/{batch.pk}/").content.decode()


def test_a_customer_sees_where_to_transfer_and_the_office_notes_it(office, clara):
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    text = signed_in_client("clara").get(f"/pay/{payment.pk}/return/").content.decode()
    assert payment.page_ref in text
    assert "Banco Norte" in text

    assert payment.page_ref in office.get("/office/incoming/").content.decode()
    address = f"/office/incoming/{payment.pk}/"
    wrong = office.post(address, {"amount": "1.00", "tracking_key": "SPEI1234"})
    assert (wrong.status_code, ledger()) == (422, {})
    right = office.post(address, {"amount": "659.00", "tracking_key": "SPEI1234"})
    assert right.status_code == 302
    assert Payment.objects.get(pk=payment.pk).state == "captured"
    assert ledger() == {"bank": 65_900, "customer_deposit": -60_900, "tip_held": -5_000}


def test_a_statement_finds_the_customers_transfer_by_its_reference(office, clara):
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    text = f"referencia,estado,clave de rastreo,monto\n{payment.page_ref},recibido,SPEI99,659.00\n"
    answer = SimpleUploadedFile("s.csv", text.encode())

    page = office.post("/office/batches/answer/", {"answer": answer}, follow=True)

    assert "Líneas leídas: 1. Esperan revisión: 0." in page.content.decode()
    assert Payment.objects.get(pk=payment.pk).state == "captured"
    junk = SimpleUploadedFile("s.csv", b"a,b\n1,2\n")
    assert office.post("/office/batches/answer/", {"answer": junk}).status_code == 422
