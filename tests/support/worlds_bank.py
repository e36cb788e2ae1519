"""A world without a payment company: people are paid, and pay, by transfers from bank to bank."""

from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile

from kernel import clock, outbox
from kernel.actor import Actor, Role
from kernel.money import Money
from payments.actions.approve_batch import approve_batch
from payments.actions.give_account import give_account
from payments.actions.make_batch import make_batch
from payments.models import Batch, Payment, Payout
from payments.queries.bank import draft_file
from payments.rules.bank_files import sha256
from tenants.tenancy.actions.change_setting import change_setting
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.models import StoredFile
from tenants.tenancy.queries import here
from tests.support.worlds import joins
from tests.support.worlds_money import done, owes, reported

CLABE = "032180000118359719"
OTHER_CLABE = "002010077777777771"
THIRD_CLABE = "012180001234567899"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
BY_BANK = {
    "pay_from_own_bank": True,
    "paid_into_own_bank": True,
    "bank_name": "Banco Norte",
    "account_number": CLABE,
    "account_holder": "Patitas SA",
}


@pytest.fixture
def by_bank(olga: Actor) -> Actor:
    """Patitas has no payment company: it pays and is paid by bank transfer."""
    change_setting(by=olga, group="payments.providers", values=BY_BANK)
    return olga


@pytest.fixture
def berta_checks(by_bank: Actor) -> Actor:
    """Berta owns Patitas too, and looks at what Olga made."""
    return joins("berta", Role.OWNER)


def earned_by_bank(worker: Actor, payer: Actor, number: str = CLABE) -> Payment:
    """Let a worker with a bank account earn the worked job, paid by transfer."""
    give_account(by=worker, number=number, holder="Ana Prueba")
    payment = reported(owes(payer), settles_at=clock.now())
    done(payment, worker)
    outbox.drain()
    return payment


def approved(maker: Actor, checker: Actor) -> Batch:
    """Let one person make a batch of all that waits, and another approve it."""
    batch = make_batch(by=maker)
    return approve_batch(by=checker, batch_id=batch.pk, seen=sha256(draft_file(batch)[0]))


def bank_receipt(by: Actor) -> StoredFile:
    """Let somebody keep a bank's receipt."""
    return take_upload(
        by=by, upload=ContentFile(PDF, "r.pdf"), purpose="bank_receipt", kinds=("image", "pdf")
    )


def state_of(payout: Payout) -> str:
    """Return where a cash-out is now."""
    outbox.drain()
    payout.refresh_from_db()
    return payout.state


def line_of(batch: Batch, payout: Payout):
    """Return a cash-out's line in a batch."""
    return batch.lines.get(payout=payout)


def mxn_text(amount: Money) -> str:
    """Write pesos as a bank does."""
    return f"{amount.minor // 100}.{amount.minor % 100:02}"


def statement(*lines: tuple[str, int, str], opening: int = 1_000_000) -> bytes:
    """Write a statement of the bank's today: for each line its reference, amount and text."""
    day = clock.now().astimezone(ZoneInfo(here().timezone)).date().isoformat()
    rows, balance = ["date,reference,amount,balance,text"], opening
    for reference, minor, text in lines:
        balance += minor
        rows.append(f"{day},{reference},{minor / 100:.2f},{balance / 100:.2f},{text}")
    return "\n".join(rows).encode()
