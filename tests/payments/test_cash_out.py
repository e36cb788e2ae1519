"""A cash-out with a fee, and what becomes of it when somebody says no or nothing."""

import importlib
from datetime import timedelta

import pytest
from django.db.models import Sum

from kernel import clock, outbox
from payments.actions.cash_out import cash_out
from payments.actions.hold import open_hold
from payments.models import Payout, Posting
from payments.providers.fake import fake
from payments.queries import cash_out_quote, wallet_facts, wallet_of
from payments.rules.blocks import PriceBlocks
from payments.rules.cash_out import CashOutRefused
from payments.rules.refusals import KeyOfAnotherRequest
from tenants.messaging.models import Notification
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.worlds_money import can_be_paid, done, earns, mxn, owes, reported

pytestmark = pytest.mark.usefixtures("patitas")
cash_out_module = importlib.import_module("payments.actions.cash_out")


@pytest.fixture
def ana_earned_400(olga, ana, clara):
    """Ana has 400 pesos; the fast way exists here and costs 5."""
    fake().instant_countries = ("MX",)
    change_setting(by=olga, group="payments.cash_out", values={"fast_fee_minor": 500})
    can_be_paid(ana)
    earns(ana, 40_000, payer=clara)
    outbox.drain()
    return ana


def booked(kind: str) -> dict[str, int]:
    rows = Posting.objects.filter(entry__kind=kind).values("account__kind")
    return {row["account__kind"]: row["sum"] for row in rows.annotate(sum=Sum("amount"))}


def test_the_fee_is_taken_on_top_and_booked_apart(ana_earned_400):
    ana = ana_earned_400
    payout = cash_out(by=ana, amount=mxn(30_000), option="fast", key="k")

    assert booked("cashout.requested") == {
        "worker_available": 30_500,
        "worker_in_transit": -30_000,
        "cashout_fee": -500,
    }
    assert payout.rail == "fake_instant"
    assert wallet_of(ana).available == mxn(9_500)


def test_the_business_can_pay_the_fee(ana_earned_400, olga):
    values = {"fast_fee_minor": 500, "fee_from": "tenant"}
    change_setting(by=olga, group="payments.cash_out", values=values)
    cash_out(by=ana_earned_400, amount=mxn(40_000), option="fast", key="k")

    assert booked("cashout.requested") == {
        "worker_available": 40_000,
        "tenant_pending": 500,
        "worker_in_transit": -40_000,
        "cashout_fee": -500,
    }


def test_with_the_fee_more_than_there_is_is_refused(ana_earned_400):
    with pytest.raises(CashOutRefused):
        cash_out(by=ana_earned_400, amount=mxn(39_501), option="fast", key="k")

    assert wallet_of(ana_earned_400).available == mxn(40_000)
    assert not Payout.objects.exists()


def test_a_definite_no_gives_everything_back_and_tells(ana_earned_400):
    ana = ana_earned_400
    fake().refuses = "payout"
    payout = cash_out(by=ana, amount=mxn(30_000), option="fast", key="k")
    outbox.drain()
    payout.refresh_from_db()

    assert (payout.state, payout.failure) == ("failed", "fake_refusal")
    assert wallet_of(ana).available == mxn(40_000)
    assert booked("cashout.failed") == {
        "worker_available": -30_500,
        "worker_in_transit": 30_000,
        "cashout_fee": 500,
    }
    assert Notification.objects.filter(notice="payments.payout_failed").count() == 1
    assert cash_out_quote(ana).allowed_minor == 40_000


def test_a_restricted_account_is_not_paid_and_loses_nothing(ana_earned_400):
    ana = ana_earned_400
    payout = cash_out(by=ana, amount=mxn(30_000), option="free", key="k")
    fake().payees[payout.payee.account_ref] = "restricted"
    outbox.drain()
    payout.refresh_from_db()

    assert (payout.state, payout.failure) == ("failed", "account_restricted")
    assert ("payout", f"cashout:{payout.pk}:1") not in fake().asked
    assert wallet_of(ana).available == mxn(40_000)


def test_a_key_for_another_amount_is_refused(ana_earned_400):
    cash_out(by=ana_earned_400, amount=mxn(1_000), option="free", key="k")
    with pytest.raises(KeyOfAnotherRequest):
        cash_out(by=ana_earned_400, amount=mxn(2_000), option="free", key="k")

    assert wallet_of(ana_earned_400).available == mxn(39_000)


def test_a_second_one_waits_for_the_first(ana_earned_400):
    cash_out(by=ana_earned_400, amount=mxn(1_000), option="free", key="k")
    with pytest.raises(CashOutRefused) as error:
        cash_out(by=ana_earned_400, amount=mxn(1_000), option="free", key="l")

    assert error.value.details["reasons"] == ["open"]
    assert wallet_of(ana_earned_400).available == mxn(39_000)


def test_a_wallet_that_moves_before_the_ledger_locks_it_is_looked_at_again(ana, clara, monkeypatch):
    can_be_paid(ana)
    earns(ana, 6_000, payer=clara)
    blocks = PriceBlocks.of("MXN", worker=4_000)
    later = clock.now() + timedelta(days=2)
    done(reported(owes(clara, blocks=blocks), settles_at=later), ana, blocks=blocks)
    outbox.drain()
    looked = []

    def somebody_is_faster(member_id):
        looked.append(wallet_facts(member_id))
        if len(looked) == 1:
            open_hold(
                member_id=member_id, amount=mxn(3_000), reason="review", until=None, about="doubt"
            )
        return looked[-1] if len(looked) == 1 else wallet_facts(member_id)

    monkeypatch.setattr(cash_out_module, "wallet_facts", somebody_is_faster)
    assert cash_out_quote(ana).allowed_minor == 6_000
    with pytest.raises(CashOutRefused):
        cash_out(by=ana, amount=mxn(5_000), option="free", key="k")

    assert len(looked) == 2
    assert not Payout.objects.exists()


def test_a_wallet_that_nobody_else_moves_is_looked_at_once(ana_earned_400, monkeypatch):
    looked = []
    monkeypatch.setattr(
        cash_out_module, "wallet_facts", lambda of: looked.append(of) or wallet_facts(of)
    )
    cash_out(by=ana_earned_400, amount=mxn(30_000), option="free", key="k")

    assert looked == [ana_earned_400.member_id]
