"""24 to 28: cash-outs that are refused, come back, meet a restricted account, or come too early."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.models import OutboxEvent
from payments.actions.cash_out import cash_out
from payments.actions.change_payout import retry_payout
from payments.actions.send_payout import send_payout
from payments.models import Payee, Payment, Payout, ProviderCall
from payments.providers.stripe import payees
from payments.queries import cash_out_quote, wallet_of
from payments.rules.entries import cashout_ref
from simulators.stripe.resources import accounts
from tenants.messaging.models import Notification
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import booked
from tests.support.worlds_money import done, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def ana_earned(stripe_sandbox, ana, clara):
    """Ana has a payout account and has done the worked job; the charge has not settled."""
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    stripe_sandbox.deliver()
    return payment


def asked_for(minor: int, fee: int = 0) -> tuple[str, dict[str, int]]:
    legs = {"worker_available": minor + fee, "worker_in_transit": -minor, "cashout_fee": -fee}
    return "cashout.requested", {kind: amount for kind, amount in legs.items() if amount}


def mirror(kind: str, of: tuple[str, dict[str, int]]) -> tuple[str, dict[str, int]]:
    return kind, {account: -amount for account, amount in of[1].items()}


def test_24_a_fast_way_that_is_refused_gives_all_back_and_the_free_one_goes_by_another_key(
    stripe_sandbox, ana, ana_earned, olga, monkeypatch
):
    monkeypatch.setattr(payees, "INSTANT", {"MX"})
    change_setting(by=olga, group="payments.cash_out", values={"fast_fee_minor": 500})
    with stripe_sandbox.later(days=4):
        payout = cash_out(by=ana, amount=mxn(30_000), option="fast", key="k")
        stripe_sandbox.deliver()
        payout.refresh_from_db()
        assert (payout.state, payout.failure) == ("failed", "instant_payouts_unsupported")
        assert wallet_of(ana).available == mxn(56_040)
        assert Notification.objects.filter(notice="payments.payout_failed").count() == 1

        retry_payout(by=ana, payout_id=payout.pk, option="free")
        stripe_sandbox.deliver()
        payout.refresh_from_db()
        assert (payout.state, payout.attempt, payout.fee_minor) == ("submitted", 2, 0)

    fast, free = asked_for(30_000, fee=500), asked_for(30_000)
    assert booked(cashout_ref(payout.pk)) == [fast, mirror("cashout.failed", fast), free]
    keys = ProviderCall.objects.filter(purpose="payout").order_by("pk").values_list("key", "state")
    assert list(keys) == [
        (f"cashout:{payout.pk}:1", "failed"),
        (f"cashout:{payout.pk}:2", "succeeded"),
    ]


def test_25_what_was_paid_and_comes_back_is_in_the_wallet_and_its_destination_doubted(
    stripe_sandbox, ana, ana_earned
):
    with stripe_sandbox.later(days=4):
        three_days = 3 * 24 * 3_600
        stripe_sandbox.control(
            "/faults", kind="payout_paid_then_failed", times=1, seconds=three_days
        )
        payout = cash_out(by=ana, amount=mxn(50_000), option="free", key="k")
        stripe_sandbox.deliver()
        with stripe_sandbox.later(days=2):
            payout.refresh_from_db()
            assert payout.state == "paid"
            assert wallet_of(ana).available == mxn(6_040)
            with stripe_sandbox.later(days=4):
                payout.refresh_from_db()
                assert payout.state == "returned"
                assert wallet_of(ana).available == mxn(56_040)
                reasons = [each.code for each in cash_out_quote(ana).reasons]
                assert "destination_returned" in reasons

    asked = asked_for(50_000)
    arrived = ("cashout.paid", {"worker_in_transit": 50_000, "psp_connected": -50_000})
    assert booked(cashout_ref(payout.pk)) == [
        asked,
        arrived,
        mirror("cashout.returned", arrived),
        mirror("cashout.failed", asked),
    ]
    told = set(Notification.objects.values_list("notice", flat=True))
    assert {"payments.payout_failed", "payments.destination_doubted"} <= told


def test_26_an_account_restricted_in_between_is_not_paid_and_shown_what_is_missing(
    stripe_sandbox, ana, ana_earned
):
    with stripe_sandbox.later(days=4):
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        accounts.restrict(stripe_sandbox.engine.world, stripe_sandbox.rows("accounts")[-1])
        stripe_sandbox.deliver()
        payout.refresh_from_db()

    assert (payout.state, payout.failure) == ("failed", "account_restricted")
    assert stripe_sandbox.rows("payouts") == []
    assert wallet_of(ana).available == mxn(56_040)
    asked = asked_for(20_000)
    assert booked(cashout_ref(payout.pk)) == [asked, mirror("cashout.failed", asked)]
    assert Payee.objects.get().state == "restricted"
    assert Notification.objects.filter(notice="payments.payee_restricted").count() == 1


def test_27_who_disconnects_the_account_keeps_the_money_and_is_offered_another(
    stripe_sandbox, ana, ana_earned
):
    with stripe_sandbox.later(days=4):
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        accounts.deauthorize(stripe_sandbox.engine.world, stripe_sandbox.rows("accounts")[-1])
        stripe_sandbox.deliver()
        payout.refresh_from_db()

        assert payout.state == "failed"
        assert Payee.objects.get().state != "active"
        assert [each.code for each in cash_out_quote(ana).reasons] == ["no_account"]
    assert wallet_of(ana).available == mxn(56_040)
    asked = asked_for(20_000)
    assert booked(cashout_ref(payout.pk)) == [asked, mirror("cashout.failed", asked)]


def test_28_money_that_is_not_there_yet_is_waited_for_and_sent_when_it_is(
    stripe_sandbox, ana, ana_earned
):
    Payment.objects.update(settles_at=clock.now() - timedelta(minutes=1))
    payout = cash_out(by=ana, amount=mxn(56_040), option="free", key="k")
    stripe_sandbox.deliver()
    payout.refresh_from_db()
    assert (payout.state, payout.waits_for, payout.handed_at) == ("requested", "settlement", None)
    assert wallet_of(ana).in_transit == mxn(56_040)

    with stripe_sandbox.later(days=4):
        send_payout(payout_id=payout.pk)
        payout.refresh_from_db()
        assert (payout.state, payout.waits_for) == ("submitted", "")
        assert len(stripe_sandbox.rows("payouts")) == 1

    assert booked(cashout_ref(payout.pk)) == [asked_for(56_040)]
    assert Payout.objects.count() == 1


def test_28_what_waits_is_sent_again_by_the_word_that_the_balance_has_changed(
    stripe_sandbox, ana, ana_earned
):
    Payment.objects.update(settles_at=clock.now() - timedelta(minutes=1))
    payout = cash_out(by=ana, amount=mxn(56_040), option="free", key="k")
    stripe_sandbox.deliver()
    payout.refresh_from_db()
    assert (payout.state, payout.waits_for) == ("requested", "settlement")
    said = OutboxEvent.objects.filter(name="payments.balance_changed")
    assert not said.exists()

    with stripe_sandbox.later(days=4):
        assert said.exists()
        payout.refresh_from_db()
        assert (payout.state, payout.waits_for) == ("submitted", "")
        assert len(stripe_sandbox.rows("payouts")) == 1
    assert booked(cashout_ref(payout.pk)) == [asked_for(56_040)]
