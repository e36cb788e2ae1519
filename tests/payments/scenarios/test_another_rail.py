"""27, to its end: who has lost the account at the company is paid by bank, what is owed is kept."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import Role
from payments.actions.answer_transfer import mark_paid
from payments.actions.cash_out import cash_out
from payments.actions.give_account import give_account
from payments.models import Allocation, MoneyQuestion, Payee, PayeeAccount
from payments.queries import cash_out_quote, wallet_of
from payments.rules.bank_accounts import ClabeInvalid
from payments.rules.cash_out import CashOutRefused
from payments.rules.entries import cashout_ref
from payments.rules.refusals import PaidByCompany, PayoutUnderWay
from simulators.stripe.resources import accounts
from tenants.messaging.models import Notification
from tests.support.ledgers import booked, standing
from tests.support.worlds import joins, proved_long_ago, signed_in_client
from tests.support.worlds_bank import CLABE, OTHER_CLABE, approved, bank_receipt, line_of, state_of
from tests.support.worlds_money import done, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")
BANK = {"number": CLABE, "holder": "Ana Prueba"}
REST = timedelta(hours=72)


@pytest.fixture
def ana_earned(stripe_sandbox, ana, clara):
    """Ana has a payout account and has done the worked job; the charge settles in some days."""
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    stripe_sandbox.deliver()
    return payment


def loses(stripe_sandbox) -> None:
    """Let Ana disconnect her account."""
    accounts.deauthorize(stripe_sandbox.engine.world, stripe_sandbox.rows("accounts")[-1])
    stripe_sandbox.deliver()


def why_not(ana) -> list[str]:
    return [each.code for each in cash_out_quote(ana).reasons]


def test_27_the_bank_pays_who_has_disconnected_and_nothing_that_is_owed_is_lost(
    stripe_sandbox, ana, ana_earned, olga
):
    with stripe_sandbox.later(days=4):
        loses(stripe_sandbox)
        assert why_not(ana) == ["no_account"]
        assert wallet_of(ana).available == mxn(56_040)

        payee = give_account(by=ana, **BANK)
        assert (payee.provider, payee.left, payee.state) == ("manual_bank", "stripe", "active")
        assert why_not(ana) == ["new_destination"]
        with pytest.raises(CashOutRefused):
            cash_out(by=ana, amount=mxn(20_000), option="free", key="early")
        rested = clock.now() + REST

    question = MoneyQuestion.objects.get(kind="other")
    assert (question.amount, question.facts["reason"]) == (mxn(56_040), "account_lost")
    with clock.travelling_to(rested + timedelta(minutes=1)):
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        assert (payout.rail, payout.destination) == ("manual_bank", "CLABE ···· 9719")
        outbox.drain()
        batch = approved(olga, joins("berta", Role.OWNER))
        assert state_of(payout) == "submitted"
        line = line_of(batch, payout)
        mark_paid(by=olga, line_id=line.pk, tracking_key="MBX1234", receipt=bank_receipt(olga))
        assert state_of(payout) == "paid"
        assert wallet_of(ana).available == mxn(36_040)

    assert booked(cashout_ref(payout.pk)) == [
        ("cashout.requested", {"worker_available": 20_000, "worker_in_transit": -20_000}),
        ("cashout.paid", {"worker_in_transit": 20_000, "bank": -20_000}),
    ]
    assert standing("worker_available", "worker_in_transit", "psp_connected", "bank") == {
        "worker_available": -36_040,
        "worker_in_transit": 0,
        "psp_connected": 56_040,
        "bank": -20_000,
    }
    assert len(stripe_sandbox.rows("payouts")) == 0


def test_what_is_earned_afterwards_is_not_moved_to_the_company(
    stripe_sandbox, ana, clara, ana_earned
):
    with stripe_sandbox.later(days=4):
        loses(stripe_sandbox)
        give_account(by=ana, **BANK)
        before = Allocation.objects.count()
        done(stripe_sandbox.pays(clara, owes(clara)), ana)
        stripe_sandbox.deliver()
        assert Allocation.objects.count() == before
    assert wallet_of(ana).available == mxn(2 * 56_040)


def test_what_waited_to_be_moved_stays_with_us(stripe_sandbox, ana, clara):
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    loses(stripe_sandbox)
    done(payment, ana)
    stripe_sandbox.deliver()
    assert set(Allocation.objects.values_list("state", flat=True)) == {"pending"}

    give_account(by=ana, **BANK)
    stripe_sandbox.deliver()
    assert not MoneyQuestion.objects.filter(kind="other").exists()
    assert standing("psp_connected") == {"psp_connected": 0}


def test_whom_the_company_still_pays_is_refused(stripe_sandbox, ana, ana_earned):
    with pytest.raises(PaidByCompany):
        give_account(by=ana, **BANK)
    accounts.restrict(stripe_sandbox.engine.world, stripe_sandbox.rows("accounts")[-1])
    stripe_sandbox.deliver()
    assert Payee.objects.get().state == "restricted"
    with pytest.raises(PaidByCompany):
        give_account(by=ana, **BANK)
    assert not PayeeAccount.objects.exists()


def test_a_cash_out_on_its_way_is_waited_for(stripe_sandbox, ana, ana_earned):
    with stripe_sandbox.later(days=4):
        cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        stripe_sandbox.deliver()
        loses(stripe_sandbox)
        with pytest.raises(PayoutUnderWay):
            give_account(by=ana, **BANK)
        with stripe_sandbox.later(days=3):
            assert wallet_of(ana).in_transit == mxn(20_000)
    assert Payee.objects.get().provider == "stripe"
    question = MoneyQuestion.objects.get(kind="lost_payout")
    assert (question.amount, question.facts["reason"]) == (mxn(20_000), "account_lost")


def test_a_malformed_number_leaves_the_payee_where_it_was(stripe_sandbox, ana, ana_earned):
    loses(stripe_sandbox)
    with pytest.raises(ClabeInvalid):
        give_account(by=ana, number="032180000118359718", holder="Ana")
    payee = Payee.objects.get()
    assert (payee.provider, payee.left) == ("stripe", "")


def test_the_worker_is_told_and_finds_the_way_to_the_bank_on_the_page(
    stripe_sandbox, ana, ana_earned, olga
):
    loses(stripe_sandbox)
    assert Notification.objects.filter(notice="payments.payee_lost").count() == 1
    hers = signed_in_client("ana", strong=True)
    page = hers.get("/wallet/account/").content.decode()
    assert "Cobrar por transferencia" in page
    form = hers.get("/wallet/account/bank/").content.decode()
    assert "El banco rechazó esta cuenta" not in form
    saved = hers.post("/wallet/account/bank/", {"number": OTHER_CLABE, "holder": "Ana Prueba"})
    assert (saved.status_code, saved["Location"]) == (302, "/wallet/account/")
    assert Payee.objects.get().provider == "manual_bank"
    assert "CLABE ···· 7771" in hers.get("/wallet/account/").content.decode()


def test_a_new_rail_asks_for_a_fresh_proof(stripe_sandbox, ana, ana_earned):
    loses(stripe_sandbox)
    asked = proved_long_ago(signed_in_client("ana")).post("/wallet/account/bank/", BANK)
    assert asked.status_code == 302
    assert Payee.objects.get().provider == "stripe"
