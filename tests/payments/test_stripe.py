"""A job's money through the real SDK and the sandbox: from onboarding to the worker's bank."""

import pytest

from kernel import outbox
from kernel.actor import Role
from kernel.edge import working_for
from kernel.timers import run_due_of
from payments.actions.capture import capture
from payments.actions.cash_out import cash_out
from payments.actions.catch_up import catch_up
from payments.actions.open_page import open_page
from payments.actions.refund import refund
from payments.actions.void import void
from payments.models import Allocation, Entry, Payment, Payout, ProviderCall, ProviderEvent, Refund
from payments.queries import cash_out_quote, is_active_payee, wallet_of
from payments.rules.blocks import PriceBlocks
from payments.rules.cash_out import CashOutRefused
from payments.rules.entries import cashout_ref
from tests.support.worlds import joins
from tests.support.worlds_money import WORKED, done, member_id, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def ana_earned(stripe_sandbox, ana, clara):
    """Ana has a payout account and has done the worked job; the charge has not settled."""
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    stripe_sandbox.deliver()
    return payment


def kinds(ref: str) -> list[str]:
    return list(Entry.objects.filter(ref=ref).order_by("pk").values_list("kind", flat=True))


def test_onboarding_makes_a_payee_active(stripe_sandbox, ana):
    payee = stripe_sandbox.onboards(ana)

    assert payee.state == "active"
    assert payee.destination.endswith("···· " + payee.destination[-4:])
    assert len(payee.instrument) == 32
    assert is_active_payee(member_id(ana))


def test_a_missing_document_leaves_the_payee_restricted(stripe_sandbox, ana):
    payee = stripe_sandbox.onboards(ana, "document_missing")

    assert payee.state == "restricted"
    assert payee.missing == ["individual.verification.document"]
    assert not is_active_payee(member_id(ana))


def test_paying_on_the_page_captures_with_fee_card_and_settlement(stripe_sandbox, clara):
    payment = stripe_sandbox.pays(clara, owes(clara))

    assert payment.state == "captured"
    assert payment.charge_ref.startswith("ch_")
    assert payment.fee_minor is not None
    assert payment.fee_minor > 0
    assert payment.settles_at > payment.captured_at
    assert "4242" in payment.method
    assert stripe_sandbox.rows("sessions")[0]["_lines"][1]["amount_total"] == 5_000


def test_the_payment_page_says_whose_marketplace_is_paid(stripe_sandbox, patitas, clara):
    open_page(by=clara, payment_id=owes(clara).pk)

    session = stripe_sandbox.rows("sessions")[0]
    assert session["branding_settings"] == {"display_name": patitas.name}


def test_pesos_with_and_without_cents_reach_stripe_as_the_same_number(stripe_sandbox, clara):
    for currency in ("MXN", "CLP"):
        payment = owes(clara, blocks=PriceBlocks.of(currency, worker=1_990))
        open_page(by=clara, payment_id=payment.pk)

    totals = {row["currency"]: row["amount_total"] for row in stripe_sandbox.rows("sessions")}
    assert totals == {"mxn": 1_990, "clp": 1_990}


def test_what_events_did_not_tell_is_caught_up(stripe_sandbox, clara):
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    stripe_sandbox.control(f"/sessions/{payment.page_ref}/pay", card="visa")

    assert catch_up() == 1
    payment.refresh_from_db()
    assert payment.state == "captured"


def test_a_declined_card_may_be_tried_again(stripe_sandbox, clara):
    payment = owes(clara)
    with pytest.raises(AssertionError, match="declined"):
        stripe_sandbox.pays(clara, payment, card="declined")
    stripe_sandbox.deliver()
    payment.refresh_from_db()

    assert payment.state == "created"
    assert stripe_sandbox.pays(clara, payment).state == "captured"


def test_a_completed_job_moves_share_and_tip_to_the_workers_account(
    stripe_sandbox, ana, ana_earned
):
    transfers = stripe_sandbox.rows("transfers")

    assert sorted(row["amount"] for row in transfers) == [5_000, 51_040]
    assert {row["source_transaction"] for row in transfers} == {ana_earned.charge_ref}
    assert set(Allocation.objects.values_list("state", flat=True)) == {"sent"}


def test_money_that_has_not_settled_waits_and_says_until_when(stripe_sandbox, ana, ana_earned):
    answer = cash_out_quote(ana)

    assert answer.allowed_minor == 0
    assert [(each.code, each.minor, each.at) for each in answer.reasons] == [
        ("unsettled", 56_040, ana_earned.settles_at)
    ]
    with pytest.raises(CashOutRefused):
        cash_out(by=ana, amount=mxn(100), option="free", key="k")
    assert not Payout.objects.exists()


def test_a_cash_out_reaches_the_bank(stripe_sandbox, ana, ana_earned):
    with stripe_sandbox.later(days=4):
        payout = cash_out(by=ana, amount=mxn(56_040), option="free", key="k")
        stripe_sandbox.deliver()
        payout.refresh_from_db()
        assert payout.state == "submitted"
        assert wallet_of(ana).in_transit == mxn(56_040)

        with stripe_sandbox.later(days=5):
            payout.refresh_from_db()
            assert payout.state == "paid"
            assert wallet_of(ana).in_transit == mxn(0)
            assert kinds(cashout_ref(payout.pk)) == ["cashout.requested", "cashout.paid"]


def test_a_payout_the_bank_refuses_comes_back_whole(stripe_sandbox, ana, clara):
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    with stripe_sandbox.later(days=4):
        stripe_sandbox.control("/faults", kind="payout_failed", times=1)
        payout = cash_out(by=ana, amount=mxn(56_040), option="free", key="k")
        stripe_sandbox.deliver()
        with stripe_sandbox.later(days=5):
            payout.refresh_from_db()
            assert payout.state == "failed"
            assert payout.failure
            assert wallet_of(ana).available == mxn(56_040)
            assert kinds(cashout_ref(payout.pk)) == ["cashout.requested", "cashout.failed"]


def test_silence_after_the_payout_was_made_ends_in_one_payout(stripe_sandbox, ana, ana_earned):
    with stripe_sandbox.later(days=4):
        match = {"method": "post", "path": "/v1/payouts"}
        stripe_sandbox.control("/faults", kind="timeout_after", match=match, times=1, seconds=0)
        payout = cash_out(by=ana, amount=mxn(56_040), option="free", key="k")
        stripe_sandbox.deliver()
        payout.refresh_from_db()
        assert payout.state == "unknown"
        assert ProviderCall.objects.get(purpose="payout").state == "unknown"

        with stripe_sandbox.later(seconds=30):
            run_due_of(payout.pk)
            payout.refresh_from_db()
            assert payout.state == "submitted"
            assert len(stripe_sandbox.rows("payouts")) == 1


def test_an_authorised_payment_is_taken_when_asked(stripe_sandbox, clara):
    payment = stripe_sandbox.pays(clara, owes(clara, capture="manual"))
    assert payment.state == "authorised"
    assert not Entry.objects.exists()

    capture(by=clara, payment_id=payment.pk)
    stripe_sandbox.deliver()
    payment.refresh_from_db()
    assert payment.state == "captured"
    assert kinds(payment.reference) == ["charge.captured", "psp.fee"]


def test_an_authorised_payment_is_let_go_when_called_off(stripe_sandbox, clara):
    payment = stripe_sandbox.pays(clara, owes(clara, capture="manual"))
    void(by=clara, payment_id=payment.pk)
    stripe_sandbox.deliver()
    payment.refresh_from_db()

    assert payment.state == "cancelled"
    assert not Entry.objects.exists()


def test_a_page_that_was_called_off_cannot_be_paid(stripe_sandbox, clara):
    payment = owes(clara)
    open_url_before_void(stripe_sandbox, clara, payment)
    void(by=clara, payment_id=payment.pk)
    stripe_sandbox.deliver()
    payment.refresh_from_db()

    assert payment.state == "expired"
    assert stripe_sandbox.rows("sessions")[0]["status"] == "expired"


def open_url_before_void(stripe_sandbox, payer, payment: Payment) -> None:
    assert open_page(by=payer, payment_id=payment.pk).startswith(stripe_sandbox.url)


def test_a_refund_goes_back_to_the_card(stripe_sandbox, clara):
    payment = stripe_sandbox.pays(clara, owes(clara))
    made = refund(
        by=clara,
        payment_id=payment.pk,
        amount=mxn(60_900),
        tip=mxn(5_000),
        reason="cancelled",
        key="r",
    )
    stripe_sandbox.deliver()
    made.refresh_from_db()

    assert made.state == Refund.SUCCEEDED
    assert stripe_sandbox.rows("refunds")[0]["amount"] == 65_900
    assert kinds(f"refund:{made.pk}") == ["refund.due", "refund.paid"]


def test_in_brazil_money_moves_when_it_is_asked_for(stripe_sandbox, lar_limpo):
    with working_for(lar_limpo.pk):
        bia, caio = joins("bia", Role.WORKER), joins("caio", Role.CUSTOMER)
        stripe_sandbox.onboards(bia)
        blocks = PriceBlocks.of("BRL", worker=10_000, tip=1_000)
        payment = stripe_sandbox.pays(caio, owes(caio, blocks=blocks))
        done(payment, bia, blocks=blocks)
        stripe_sandbox.deliver()
        assert stripe_sandbox.rows("transfers") == []

        with stripe_sandbox.later(days=40):
            asked = cash_out_quote(bia)
            assert asked.allowed_minor == 11_000
            payout = cash_out(by=bia, amount=payment.amount, option="free", key="k")
            stripe_sandbox.deliver()
            payout.refresh_from_db()
            assert payout.state == "submitted"
            assert sum(row["amount"] for row in stripe_sandbox.rows("transfers")) == 10_000
            waiting = Allocation.objects.filter(state="pending")
            assert sum(waiting.values_list("amount_minor", flat=True)) == 1_000


class TestWebhooks:
    """What comes through the door, and what does not."""

    @pytest.fixture
    def told(self, stripe_sandbox, clara):
        """Stripe has something to say about a payment of ours, and has not said it yet."""
        payment = owes(clara)
        open_page(by=clara, payment_id=payment.pk)
        payment.refresh_from_db()
        stripe_sandbox.control(f"/sessions/{payment.page_ref}/pay", card="visa")
        return next(
            delivery
            for delivery in stripe_sandbox.engine.state.deliveries
            if stripe_sandbox.engine.world.family("events")[delivery["event"]]["type"]
            == "checkout.session.completed"
        )

    def test_the_same_five_times_has_one_effect(self, stripe_sandbox, told):
        assert [stripe_sandbox.bring(told) for _ in range(5)] == [200] * 5
        outbox.drain()

        with working_for(1):
            assert ProviderEvent.objects.count() == 1
        assert Entry.objects.filter(kind="charge.captured").count() == 1

    @pytest.mark.parametrize(
        "changed", [{"endpoint": "connect"}, {"signed_at": -310}, {"signed_at": 310}]
    )
    def test_a_wrong_secret_or_time_is_refused_and_nothing_kept(
        self, stripe_sandbox, told, changed
    ):
        if "signed_at" in changed:
            changed = {"signed_at": stripe_sandbox.engine.state.now + changed["signed_at"]}
        assert stripe_sandbox.bring(told, **changed) == 400

        with working_for(1):
            assert not ProviderEvent.objects.exists()
        assert not Entry.objects.exists()

    def test_an_event_faster_than_our_own_answer_waits_for_it(self, stripe_sandbox, told):
        world = stripe_sandbox.engine.world
        faster = next(
            delivery
            for delivery in stripe_sandbox.engine.state.deliveries
            if world.family("events")[delivery["event"]]["type"] == "payment_intent.succeeded"
        )
        assert stripe_sandbox.bring(faster) == 200
        outbox.drain()
        with working_for(1):
            row = ProviderEvent.objects.get()
            assert (row.state, row.tries) == ("parked", 1)

        assert stripe_sandbox.bring(told) == 200
        outbox.drain()
        with working_for(1), stripe_sandbox.later(seconds=11):
            run_due_of(row.pk)
            row.refresh_from_db()
            assert row.state == "done"
        assert Entry.objects.filter(kind="charge.captured").count() == 1
        assert WORKED.total == Payment.objects.get().total
