"""Talking with Stripe when the network, the order of things or somebody plays tricks."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.timers import run_due_of
from payments.actions.capture import capture
from payments.actions.cash_out import cash_out
from payments.actions.decide_refund import decide_refund
from payments.actions.open_page import open_page
from payments.actions.send_payout import send_payout
from payments.actions.take_back import send_take_backs
from payments.models import (
    Entry,
    MoneyQuestion,
    ProviderCall,
    ProviderEvent,
    RefusedSignal,
    TakeBack,
)
from payments.providers.base import KeyMisused, NoAnswer
from payments.providers.stripe.client import client, with_key
from payments.queries import wallet_of
from payments.rules.calls import SAFE_TO_REPEAT
from payments.rules.entries import cashout_ref
from tenants.tenancy.models import SecurityEvent
from tenants.tenancy.queries import security_events
from tests.support.ledgers import entries, ledger
from tests.support.worlds_money import done, member_id, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")

CHARGED = {"psp_pending": 63_228, "psp_fee": 2_672, "customer_deposit": -60_900, "tip_held": -5_000}


@pytest.fixture
def told(stripe_sandbox, clara):
    """Clara has paid; Stripe has not told us yet."""
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    stripe_sandbox.control(f"/sessions/{payment.page_ref}/pay", card="visa")
    return payment


@pytest.fixture
def ana_asks(stripe_sandbox, ana, clara):
    """Ana may cash out all of the worked job, and does, once somebody delivers the events."""
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    with stripe_sandbox.later(days=4):
        yield lambda: cash_out(by=ana, amount=mxn(56_040), option="free", key="k")


def delivery_of(sandbox, kind: str):
    """Return the waiting message of a kind."""
    events = sandbox.engine.world.family("events")
    waiting = sandbox.engine.state.deliveries
    return next(each for each in waiting if events[each["event"]]["type"] == kind)


def fault(sandbox, kind: str, path: str, times: int = 1) -> None:
    match = {"method": "post", "path": path}
    sandbox.control("/faults", kind=kind, match=match, times=times, seconds=0)


def test_01_the_same_webhook_five_times_at_once_is_one_event_and_one_entry(stripe_sandbox, told):
    delivery = delivery_of(stripe_sandbox, "checkout.session.completed")

    assert [stripe_sandbox.bring(delivery) for _ in range(5)] == [200] * 5
    outbox.drain()

    with working_for(HOUSE):
        assert ProviderEvent.objects.count() == 1
    assert sorted(entries()) == ["charge.captured", "psp.fee", "tip.captured"]
    assert ledger() == CHARGED


def test_02_an_event_before_our_create_call_returned_is_parked_matched_applied_once(
    stripe_sandbox, clara
):
    payment = owes(clara)
    fault(stripe_sandbox, "timeout_after", "/v1/checkout/sessions")
    with pytest.raises(Exception, match="silent"):
        open_page(by=clara, payment_id=payment.pk)
    session = stripe_sandbox.rows("sessions")[0]
    stripe_sandbox.control(f"/sessions/{session['id']}/pay", card="visa")
    stripe_sandbox.deliver()
    with working_for(HOUSE):
        row = ProviderEvent.objects.get(kind="checkout.session.completed")
        assert (row.state, row.tries) == ("parked", 1)
    assert ledger() == {}

    open_page(by=clara, payment_id=payment.pk)
    with working_for(HOUSE), stripe_sandbox.later(seconds=11):
        run_due_of(row.pk)
        outbox.drain()
        row.refresh_from_db()
        assert row.state == "done"

    assert len(stripe_sandbox.rows("sessions")) == 1
    assert ledger() == CHARGED


def test_04_a_timeout_after_the_charge_is_asked_again_with_the_same_key_and_is_one_charge(
    stripe_sandbox, clara
):
    payment = stripe_sandbox.pays(clara, owes(clara, capture="manual"))
    fault(stripe_sandbox, "timeout_after", "/capture")
    capture(by=clara, payment_id=payment.pk)
    outbox.drain()
    stripe_sandbox.drop()
    call = ProviderCall.objects.get(purpose="capture")
    assert (call.state, call.attempts) == ("unknown", 1)
    assert ledger() == {}

    with stripe_sandbox.later(seconds=2):
        run_due_of(payment.pk)
        call.refresh_from_db()
        assert (call.state, call.attempts) == ("succeeded", 2)
        stripe_sandbox.deliver()

    assert len(stripe_sandbox.rows("charges")) == 1
    assert ledger() == CHARGED


def test_06_an_unresolved_call_is_looked_up_after_23_hours_and_not_resent(
    stripe_sandbox, ana, ana_asks
):
    fault(stripe_sandbox, "timeout_after", "/v1/payouts")
    payout = ana_asks()
    stripe_sandbox.deliver()
    _grow_old()
    stripe_sandbox.engine.state.replies.clear()  # Stripe has forgotten the key.

    send_payout(payout_id=payout.pk)

    payout.refresh_from_db()
    assert payout.state == "submitted"
    assert [row["id"] for row in stripe_sandbox.rows("payouts")] == [payout.provider_ref]
    assert ProviderCall.objects.get(purpose="payout").state == "succeeded"
    assert not MoneyQuestion.objects.exists()
    assert wallet_of(ana).in_transit == mxn(56_040)


def test_06_what_cannot_be_found_is_a_persons_to_find_and_is_not_resent(
    stripe_sandbox, ana, ana_asks, caplog
):
    fault(stripe_sandbox, "timeout_before", "/v1/payouts")
    payout = ana_asks()
    stripe_sandbox.deliver()
    _grow_old()

    with pytest.raises(NoAnswer):
        send_payout(payout_id=payout.pk)

    assert stripe_sandbox.rows("payouts") == []
    question = MoneyQuestion.objects.get()
    assert (question.kind, question.about) == ("unresolved_call", f"cashout:{payout.pk}:1")
    assert "unresolved_call" in caplog.text
    payout.refresh_from_db()
    assert payout.state == "unknown"
    assert wallet_of(ana).in_transit == mxn(56_040)


def test_06_a_take_back_is_looked_up_too(stripe_sandbox, olga, ana, clara):
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    stripe_sandbox.deliver()
    fault(stripe_sandbox, "timeout_after", "/reversals")
    decide_refund(
        by=olga,
        payment_id=payment.pk,
        amount=mxn(20_000),
        tip=mxn(0),
        fault="worker",
        reason="The dog was not walked.",
        key="r",
    )
    stripe_sandbox.deliver()
    back = TakeBack.objects.get()
    assert back.state == TakeBack.PENDING
    _grow_old("take_back")
    stripe_sandbox.engine.state.replies.clear()  # Stripe has forgotten the key.

    send_take_backs(member_id=member_id(ana))

    back.refresh_from_db()
    (made,) = stripe_sandbox.rows("reversals")
    assert (back.state, back.provider_ref) == (TakeBack.SENT, made["id"])
    assert ProviderCall.objects.get(purpose="take_back").state == "succeeded"
    assert not MoneyQuestion.objects.exists()


def _grow_old(purpose: str = "payout") -> None:
    ProviderCall.objects.filter(purpose=purpose).update(
        first_sent_at=clock.system_now() - SAFE_TO_REPEAT * 2
    )


def test_07_the_same_key_with_another_amount_is_a_bug_and_books_nothing(
    stripe_sandbox, ana_asks, caplog
):
    payout = ana_asks()
    before = ledger()
    key = f"cashout:{payout.pk}:1"
    options = with_key(key, payout.payee.account_ref)
    client().v1.payouts.create({"amount": 1_000, "currency": "mxn"}, options)

    stripe_sandbox.deliver()

    row = ProviderCall.objects.get(purpose="payout")
    assert row.state == "bug"
    assert MoneyQuestion.objects.get().kind == "key_misused"
    assert "key_misused" in caplog.text
    assert entries(cashout_ref(payout.pk)) == ["cashout.requested"]
    assert ledger() == before
    assert [row["amount"] for row in stripe_sandbox.rows("payouts")] == [1_000]
    with pytest.raises(KeyMisused):
        send_payout(payout_id=payout.pk)


def test_08_an_older_account_updated_after_a_newer_one_is_ignored(stripe_sandbox, ana):
    payee = stripe_sandbox.onboards(ana)
    with stripe_sandbox.later(minutes=1):
        stripe_sandbox.control(f"/accounts/{payee.account_ref}/restrict")
        payee.refresh_from_db()
        assert payee.state == "active"
        stripe_sandbox.deliver()
        payee.refresh_from_db()
        assert payee.state == "restricted"

        with working_for(HOUSE):
            older = (
                ProviderEvent.objects.filter(kind="account.updated").order_by("created_at").first()
            )
            assert older is not None
            ProviderEvent.objects.filter(pk=older.pk).delete()
            events = stripe_sandbox.engine.world.family("events")
        stripe_sandbox.control(f"/events/{older.event_id}/resend")
        assert events[older.event_id]["data"]["object"]["id"] == payee.account_ref
        stripe_sandbox.deliver()

        with working_for(HOUSE):
            assert ProviderEvent.objects.get(event_id=older.event_id).state == "ignored"
        payee.refresh_from_db()
        assert payee.state == "restricted"


@pytest.mark.parametrize("how", ["wrong_secret", "old", "future", "endpoint"])
def test_09_a_bad_old_or_future_signature_or_anothers_secret_stores_nothing(
    stripe_sandbox, told, how
):
    delivery = delivery_of(stripe_sandbox, "checkout.session.completed")
    changed = {"endpoint": "connect"} if how == "endpoint" else {}
    if not changed:
        delivery["mischief"] = how

    assert stripe_sandbox.bring(delivery, **changed) == 400

    with working_for(HOUSE):
        assert not ProviderEvent.objects.exists()
        assert RefusedSignal.objects.get().count == 1
        assert [each.kind for each in SecurityEvent.objects.all()] == ["forged_signal"]
    assert ledger() == {}
    told.refresh_from_db()
    assert told.state == "created"


def test_10_what_metadata_says_is_not_believed_and_is_a_security_event(
    stripe_sandbox, told, lar_limpo, caplog
):
    foreign = "01900000-0000-7000-8000-000000000001"
    delivery = delivery_of(stripe_sandbox, "checkout.session.completed")
    event = stripe_sandbox.engine.world.family("events")[delivery["event"]]
    event["data"]["object"]["metadata"] = {"payment": foreign, "tenant": str(lar_limpo.pk)}

    assert stripe_sandbox.bring(delivery) == 200
    outbox.drain()

    assert ledger() == CHARGED
    seen = SecurityEvent.objects.get()
    assert (seen.kind, seen.object_id) == ("contradiction", told.page_ref)
    assert seen.facts == {"claimed": foreign, "ours": str(told.pk)}
    assert "security: contradiction" in caplog.text
    assert MoneyQuestion.objects.get().kind == "contradiction"
    assert "contradiction" in caplog.text
    with working_for(lar_limpo.pk):
        assert not Entry.objects.exists()
        assert not SecurityEvent.objects.exists()
        assert security_events(since=clock.now() - timedelta(days=1), most=9) == []
    with working_for(HOUSE):
        (shown,) = security_events(since=clock.now() - timedelta(days=1), most=9)
        assert (shown.where, shown.object_id) == ("Patitas", told.page_ref)
