"""Cash: the worker keeps the own share, owes the rest, and owes it within limits."""

import pytest

from kernel import clock, outbox
from kernel.errors import NotFound
from payments.actions.accrue import accrue
from payments.actions.promise_cash import contest_cash, promise_cash, take_cash
from payments.actions.refund import refund
from payments.actions.release import release
from payments.actions.void import void
from payments.models import Allocation, Debt, Earning, Payment
from payments.queries import wallet_of
from payments.queries.cash import cash_standing
from payments.rules.blocks import PriceBlocks
from payments.rules.cash import (
    CashDiffers,
    CashLimitReached,
    CashStanding,
    CashWithoutTip,
    NothingContested,
    divide_cash,
)
from tenants.support.models import Case
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import entries, ledger
from tests.support.worlds_money import earns, member_id, mxn

pytestmark = pytest.mark.usefixtures("patitas")

JOB = PriceBlocks.of("MXN", worker=8_800, tenant=1_000, platform=50, tax=150)


@pytest.fixture
def promised(ana, clara, olga):
    """Clara is to pay Ana 100 in cash."""
    return promise(ana, clara, "booking:1")


def promise(ana, clara, reference: str, blocks: PriceBlocks = JOB) -> Payment:
    return promise_cash(
        by=clara,
        payer_id=member_id(clara),
        worker_member_id=member_id(ana),
        reference=reference,
        title="Paseo",
        return_path="/bookings/",
        expires_at=clock.now(),
        key=f"{reference}:create",
        blocks=blocks,
    )


def deliver(ana, payment: Payment) -> Earning:
    take_cash(by=ana, payment_id=payment.pk, amount=payment.total)
    outbox.drain()
    return accrue(
        reference=payment.reference,
        worker_member_id=member_id(ana),
        payment_id=payment.pk,
        blocks=JOB,
        key=f"{payment.reference}:delivered",
    )


def test_a_promise_is_no_money(promised):
    assert (promised.state, promised.provider) == ("authorised", "cash")
    assert ledger() == {}


def test_cash_of_100_with_a_share_of_88_leaves_12_owed_and_the_wallet_as_it_was(ana, promised):
    earning = deliver(ana, promised)

    assert ledger() == {
        "worker_receivable": 1_200,
        "tenant_pending": -1_000,
        "platform_fee": -50,
        "tax_payable": -150,
    }
    assert entries("booking:1") == ["cash.collected", "job.accrued", "cash.settled"]
    release(reference="booking:1", key="booking:1:completed")
    outbox.drain()
    wallet = wallet_of(ana)
    assert (wallet.available, wallet.pending, wallet.owed) == (mxn(0), mxn(0), mxn(1_200))
    assert earning.pending_minor == 0
    assert not Allocation.objects.exists()
    debt = Debt.objects.get()
    assert (debt.cause, debt.left_minor, debt.reference) == ("cash", 1_200, "booking:1")


def test_what_is_owed_is_taken_from_a_quarter_of_the_next_release(ana, clara, promised):
    deliver(ana, promised)
    earns(ana, 4_000, payer=clara)

    assert wallet_of(ana).available == mxn(3_000)
    assert wallet_of(ana).owed == mxn(200)


def test_only_the_worker_confirms_and_only_the_whole_amount(ana, clara, promised):
    with pytest.raises(NotFound):
        take_cash(by=clara, payment_id=promised.pk, amount=promised.total)
    with pytest.raises(CashDiffers):
        take_cash(by=ana, payment_id=promised.pk, amount=mxn(9_999))
    outbox.drain()
    promised.refresh_from_db()
    assert (promised.state, ledger()) == ("authorised", {})


def test_confirming_twice_books_once(ana, promised):
    deliver(ana, promised)
    before = ledger()
    take_cash(by=ana, payment_id=promised.pk, amount=promised.total)
    outbox.drain()
    assert ledger() == before


def test_above_the_limit_there_is_no_more_cash_but_other_work_goes_on(ana, clara, olga, promised):
    change_setting(by=olga, group="payments.cash", values={"limit_minor": 2_400})
    promise(ana, clara, "booking:2")
    with pytest.raises(CashLimitReached):
        promise(ana, clara, "booking:3")

    assert not Payment.objects.filter(reference="booking:3").exists()
    standing = cash_standing(member_id(ana))
    assert (standing.owed_minor, standing.promised_minor) == (0, 2_400)
    deliver(ana, promised)
    assert cash_standing(member_id(ana)).owed_minor == 1_200
    with pytest.raises(CashLimitReached):
        promise(ana, clara, "booking:4")
    earns(ana, 1_000, payer=clara)


def test_the_same_promise_again_is_the_same(ana, clara, olga, promised):
    change_setting(by=olga, group="payments.cash", values={"limit_minor": 1_200})
    assert promise(ana, clara, "booking:1").pk == promised.pk


def test_tips_in_cash_are_not_booked(ana, clara):
    with pytest.raises(CashWithoutTip):
        promise(ana, clara, "booking:1", PriceBlocks.of("MXN", worker=100, tip=10))
    assert not Payment.objects.exists()


def test_a_visit_that_is_called_off_leaves_nothing(ana, promised, olga):
    void(by=olga, payment_id=promised.pk)
    outbox.drain()
    promised.refresh_from_db()
    assert (promised.state, ledger()) == ("cancelled", {})
    assert cash_standing(member_id(ana)).promised_minor == 0


def test_a_customer_may_contest_what_was_noted(ana, clara, promised):
    with pytest.raises(NothingContested):
        contest_cash(by=clara, payment_id=promised.pk, words="I paid less")
    deliver(ana, promised)
    contest_cash(by=clara, payment_id=promised.pk, words="I paid less")
    contest_cash(by=clara, payment_id=promised.pk, words="I paid less")
    case = Case.objects.get(kind="cash_contested")
    assert (case.title, case.priority, case.person_id) == ("I paid less", "P2", member_id(ana))
    with pytest.raises(NotFound):
        contest_cash(by=ana, payment_id=promised.pk, words="no")


def test_cash_that_goes_back_is_owed_until_the_bank_sends_it(ana, promised, olga):
    take_cash(by=ana, payment_id=promised.pk, amount=promised.total)
    outbox.drain()
    back = refund(
        by=olga,
        payment_id=promised.pk,
        amount=promised.amount,
        tip=mxn(0),
        reason="goodwill",
        key="r",
    )
    outbox.drain()
    back.refresh_from_db()
    assert back.state == "failed"
    assert ledger() == {"cash_with_worker": 10_000, "refund_payable": -10_000}


@pytest.mark.parametrize(
    ("collected", "share", "parts"),
    [(10_000, 8_800, (8_800, 1_200)), (5, 9, (5, 0)), (0, 0, (0, 0))],
)
def test_cash_pays_the_share_first(collected, share, parts):
    assert divide_cash(collected_minor=collected, share_minor=share) == parts


def test_a_limit_of_nothing_lets_only_what_leaves_no_debt():
    standing = CashStanding(owed_minor=0, promised_minor=0, limit_minor=0)
    assert standing.takes(0)
    assert not standing.takes(1)
