"""Workers are paid by transfers that the office sends itself: made, looked at, sent, answered."""

import psycopg
import pytest
from django.db import DatabaseError, transaction

from kernel import clock, outbox
from kernel.actor import Role
from payments.actions.answer_transfer import mark_paid, mark_rejected
from payments.actions.approve_batch import approve_batch, export_batch
from payments.actions.cash_out import cash_out
from payments.actions.give_account import give_account
from payments.actions.import_answer import import_answer
from payments.actions.make_batch import drop_batch, make_batch
from payments.models import Allocation, Batch, BatchLine, MoneyQuestion, Payee, PayeeAccount, Payout
from payments.queries import wallet_of
from payments.queries.bank import draft_file
from payments.rules.bank_accounts import ClabeInvalid
from payments.rules.bank_files import sha256
from payments.rules.batches import (
    BatchChanged,
    BatchStepImpossible,
    MakerCannotApprove,
    NothingToPay,
    ProofMissing,
    TooSoonAlone,
    TrackingKeyMissing,
    TrackingKeyUsed,
)
from payments.rules.permissions import PermissionMissing
from payments.rules.refusals import PaidByCompany
from tests.support.ledgers import entries, ledger
from tests.support.worlds import joins
from tests.support.worlds_bank import (
    CLABE,
    OTHER_CLABE,
    THIRD_CLABE,
    approved,
    bank_receipt,
    earned_by_bank,
    line_of,
    state_of,
)
from tests.support.worlds_money import can_be_paid, mxn

pytestmark = pytest.mark.usefixtures("patitas")

EARNED = {
    "bank": 65_900,
    "worker_available": -56_040,
    "tenant_pending": -7_920,
    "platform_fee": -580,
    "tax_payable": -1_360,
}


@pytest.fixture
def ana_asks(by_bank, ana, clara) -> Payout:
    """Ana has earned 560.40 and asks for 300."""
    earned_by_bank(ana, clara)
    payout = cash_out(by=ana, amount=mxn(30_000), option="free", key="k")
    outbox.drain()
    payout.refresh_from_db()
    return payout


def test_a_cash_out_waits_for_a_batch_and_nothing_is_moved_to_a_company(ana_asks):
    assert (ana_asks.state, ana_asks.rail, ana_asks.provider_ref) == (
        "requested",
        "manual_bank",
        "",
    )
    assert ana_asks.destination == "CLABE ···· 9719"
    assert not Allocation.objects.exists()


def test_a_batch_is_made_approved_exported_and_reconciled(ana_asks, olga, berta_checks, ana):
    assert ledger() == EARNED | {"worker_available": -26_040, "worker_in_transit": -30_000}
    batch = approved(olga, berta_checks)
    assert (batch.state, batch.count, batch.total) == ("approved", 1, mxn(30_000))
    assert state_of(ana_asks) == "submitted"

    content = export_batch(by=olga, batch_id=batch.pk)
    reference = line_of(batch, ana_asks).reference
    assert content.decode().splitlines()[1] == f"{CLABE},Ana Prueba,300.00,{reference}"
    assert len(reference) <= 20
    assert sha256(content) == batch.sha256

    mark_paid(
        by=berta_checks,
        line_id=line_of(batch, ana_asks).pk,
        tracking_key="mbx 20261121",
        receipt=bank_receipt(berta_checks),
    )
    batch.refresh_from_db()
    assert (batch.state, state_of(ana_asks)) == ("reconciled", "paid")
    assert export_batch(by=olga, batch_id=batch.pk) == content
    assert ledger() == EARNED | {"worker_available": -26_040, "bank": 35_900}
    assert entries(f"cashout:{ana_asks.pk}") == ["cashout.requested", "cashout.paid"]


def test_the_maker_cannot_approve(ana_asks, olga, berta_checks):
    batch = make_batch(by=olga)
    with pytest.raises(MakerCannotApprove):
        approve_batch(by=olga, batch_id=batch.pk, seen=sha256(draft_file(batch)[0]))
    batch.refresh_from_db()
    assert (batch.state, state_of(ana_asks)) == ("draft", "requested")


def test_whoever_works_alone_waits_ten_minutes(ana_asks, olga):
    batch = make_batch(by=olga)
    seen = sha256(draft_file(batch)[0])
    with pytest.raises(TooSoonAlone):
        approve_batch(by=olga, batch_id=batch.pk, seen=seen)
    with clock.travelling_to(batch.alone_until):
        assert approve_batch(by=olga, batch_id=batch.pk, seen=seen).state == "approved"


def test_staff_needs_the_permission(ana_asks, mora, olga):
    with pytest.raises(PermissionMissing):
        make_batch(by=mora)
    batch = make_batch(by=olga)
    with pytest.raises(PermissionMissing):
        approve_batch(by=mora, batch_id=batch.pk, seen="")
    with pytest.raises(PermissionMissing):
        import_answer(by=mora, content=b"reference,status,amount\n")


def test_only_what_was_seen_is_approved(ana_asks, ana, olga, berta_checks):
    batch = make_batch(by=olga)
    seen = sha256(draft_file(batch)[0])
    give_account(by=ana, number=OTHER_CLABE, holder="Ana Prueba")
    with pytest.raises(BatchChanged):
        approve_batch(by=berta_checks, batch_id=batch.pk, seen=seen)
    assert state_of(ana_asks) == "requested"


def test_a_changed_destination_is_not_paid_and_the_money_goes_back(
    ana_asks, ana, olga, berta_checks, clara
):
    bea = joins("bea", Role.WORKER)
    earned_by_bank(bea, clara, THIRD_CLABE)
    hers = cash_out(by=bea, amount=mxn(10_000), option="free", key="k")
    batch = make_batch(by=olga)
    give_account(by=ana, number=OTHER_CLABE, holder="Ana Prueba")

    approve_batch(by=berta_checks, batch_id=batch.pk, seen=sha256(draft_file(batch)[0]))

    assert (state_of(ana_asks), ana_asks.failure) == ("failed", "destination_changed")
    assert wallet_of(ana).available == mxn(56_040)
    assert state_of(hers) == "submitted"
    batch.refresh_from_db()
    assert (batch.count, batch.total) == (1, mxn(10_000))


def test_a_dropped_draft_lets_its_cash_outs_wait_for_the_next(ana_asks, olga):
    drop_batch(by=olga, batch_id=make_batch(by=olga).pk)
    assert make_batch(by=olga).count == 1
    with pytest.raises(NothingToPay):
        make_batch(by=olga)


def test_paid_needs_a_tracking_key_and_a_receipt(ana_asks, olga, berta_checks):
    line = line_of(approved(olga, berta_checks), ana_asks)
    with pytest.raises(TrackingKeyMissing):
        mark_paid(by=olga, line_id=line.pk, tracking_key=" ", receipt=bank_receipt(olga))
    with pytest.raises(ProofMissing):
        mark_paid(by=olga, line_id=line.pk, tracking_key="MBX20261121")
    assert state_of(ana_asks) == "submitted"


def test_the_same_tracking_key_twice_is_refused(ana_asks, ana, olga, berta_checks):
    first = line_of(approved(olga, berta_checks), ana_asks)
    mark_paid(by=olga, line_id=first.pk, tracking_key="MBX1234", receipt=bank_receipt(olga))
    again = cash_out(by=ana, amount=mxn(10_000), option="free", key="k2")
    second = line_of(approved(olga, berta_checks), again)
    before = ledger()

    with pytest.raises(TrackingKeyUsed):
        mark_paid(by=olga, line_id=second.pk, tracking_key="mbx 1234", receipt=bank_receipt(olga))

    assert (state_of(again), ledger()) == ("submitted", before)


def test_a_rejected_transfer_goes_back_to_the_wallet_and_flags_the_destination(
    ana_asks, ana, olga, berta_checks
):
    line = line_of(approved(olga, berta_checks), ana_asks)
    mark_rejected(by=olga, line_id=line.pk, reason="account_closed")

    assert (state_of(ana_asks), ana_asks.failure) == ("failed", "account_closed")
    assert ledger() == EARNED
    assert Payee.objects.get().state == "restricted"
    give_account(by=ana, number=OTHER_CLABE, holder="Ana Prueba")
    assert Payee.objects.get().state == "active"


def test_a_transfer_that_comes_back_after_it_was_paid_is_returned(ana_asks, olga, berta_checks):
    line = line_of(approved(olga, berta_checks), ana_asks)
    mark_paid(by=olga, line_id=line.pk, tracking_key="MBX1234", receipt=bank_receipt(olga))
    mark_rejected(by=olga, line_id=line.pk, reason="account_closed")

    assert state_of(ana_asks) == "returned"
    assert ledger() == EARNED
    assert entries(f"cashout:{ana_asks.pk}")[1:] == [
        "cashout.paid",
        "cashout.returned",
        "cashout.failed",
    ]


def test_a_banks_answer_finds_its_lines_and_what_fits_nothing_waits_for_a_person(
    ana_asks, olga, berta_checks
):
    line = line_of(approved(olga, berta_checks), ana_asks)
    content = (
        "referencia,estado,clave de rastreo,monto\n"
        f"{line.reference},liquidada,MBX777777,300.00\n"
        "P999999999999,liquidada,MBX888888,300.00\n"
        f"{line.reference},liquidada,MBX999999,299.00\n"
    ).encode()

    answer = import_answer(by=olga, content=content)

    assert (answer.lines, answer.unmatched, state_of(ana_asks)) == (3, 2, "paid")
    line.refresh_from_db()
    assert (line.tracking_key, line.answer_id) == ("MBX777777", answer.pk)
    asked = MoneyQuestion.objects.filter(kind="unmatched_bank_line").order_by("pk")
    assert [(each.about, each.amount) for each in asked] == [
        ("P999999999999", mxn(30_000)),
        (line.reference, mxn(29_900)),
    ]
    before = ledger()
    assert import_answer(by=olga, content=content).pk == answer.pk
    assert (asked.count(), ledger()) == (2, before)


def test_an_answer_with_a_used_tracking_key_waits_for_a_person(ana_asks, ana, olga, berta_checks):
    first = line_of(approved(olga, berta_checks), ana_asks)
    mark_paid(by=olga, line_id=first.pk, tracking_key="MBX1234", receipt=bank_receipt(olga))
    again = cash_out(by=ana, amount=mxn(10_000), option="free", key="k2")
    second = line_of(approved(olga, berta_checks), again)
    text = f"reference,status,tracking_key,amount\n{second.reference},paid,MBX1234,100.00\n"

    import_answer(by=olga, content=text.encode())

    assert state_of(again) == "submitted"
    assert MoneyQuestion.objects.get().facts["why"] == "bank.tracking_key_used"


def test_the_database_keeps_an_approved_batch_as_it_was(ana_asks, olga, berta_checks):
    batch = approved(olga, berta_checks)
    attacks = [
        lambda: Batch.objects.update(sha256="0" * 64),
        lambda: Batch.objects.update(sealed=b"other"),
        lambda: Batch.objects.update(state="draft"),
        lambda: Batch.objects.update(approved_by=batch.made_by_id),
        lambda: Batch.objects.all()._raw_delete("default"),
        lambda: BatchLine.objects.update(amount_minor=1),
        lambda: BatchLine.objects.update(payout=None),
        lambda: BatchLine.objects.all().delete(),
    ]
    for attack in attacks:
        with pytest.raises(DatabaseError) as error, transaction.atomic():
            attack()
        assert isinstance(error.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_database_wants_a_second_person_too(ana_asks, olga):
    make_batch(by=olga)
    with pytest.raises(DatabaseError, match="batch_looked_at_twice"), transaction.atomic():
        Batch.objects.update(approved_by=olga.member_id, approved_at=clock.now())


def test_an_approved_batch_cannot_be_dropped(ana_asks, olga, berta_checks):
    batch = approved(olga, berta_checks)
    with pytest.raises(BatchStepImpossible):
        drop_batch(by=olga, batch_id=batch.pk)


def test_a_malformed_clabe_changes_nothing(by_bank, ana):
    with pytest.raises(ClabeInvalid):
        give_account(by=ana, number="032180000118359718", holder="Ana")
    assert not PayeeAccount.objects.exists()


def test_account_numbers_are_sealed(ana_asks):
    row = PayeeAccount.objects.get()
    assert CLABE.encode() not in bytes(row.sealed)
    assert row.shown == "CLABE ···· 9719"


def test_where_a_company_pays_no_number_is_taken(olga, ana):
    can_be_paid(ana)
    with pytest.raises(PaidByCompany):
        give_account(by=ana, number=CLABE, holder="Ana Prueba")
