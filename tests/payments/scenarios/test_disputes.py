"""Disputes through the real SDK and the sandbox, with the exact books: scenarios 17 to 21."""

import pytest

from payments.actions.cash_out import cash_out
from payments.actions.refund import refund
from payments.actions.send_evidence import dismiss_warning, find_fault, hand_in_evidence
from payments.actions.tip import tip_afterwards
from payments.models import Debt, Dispute, Earning, Hold, Refund, Tip
from payments.queries import cash_out_quote, wallet_of
from payments.rules.blocks import PriceBlocks
from payments.rules.claw_back import FindingMissing
from payments.rules.disputes import DisputeDecided, EvidenceSent
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tests.support.ledgers import booked, ledger, standing
from tests.support.worlds_money import WORKED, done, member_id, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")

FOUND = "The walk took ten minutes instead of sixty."
WALLET = ("worker_pending", "worker_available", "worker_reserve", "worker_receivable")


@pytest.fixture
def done_job(stripe_sandbox, ana, clara):
    """Ana has done the worked job; share and tip are in her wallet."""
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    stripe_sandbox.deliver()
    return payment


def disputes(stripe_sandbox, payment) -> Dispute:
    """Let the payer's bank dispute a payment, and us hear of it."""
    stripe_sandbox.control("/disputes", charge=payment.charge_ref)
    stripe_sandbox.deliver()
    return Dispute.objects.get(payment=payment)


def decides(stripe_sandbox, dispute, verdict) -> Dispute:
    stripe_sandbox.control(f"/disputes/{dispute.provider_ref}", verdict=verdict)
    stripe_sandbox.deliver()
    dispute.refresh_from_db()
    return dispute


def wallet() -> dict[str, int]:
    return {name.removeprefix("worker_"): -minor for name, minor in standing(*WALLET).items()}


def legs(ref: str, kind: str) -> dict[str, int]:
    """Return what the one entry of a kind about something wrote."""
    return dict(booked(ref))[kind]


def test_a_dispute_lets_the_share_rest_and_never_the_tip(stripe_sandbox, ana, done_job):
    dispute = disputes(stripe_sandbox, done_job)

    assert (dispute.state, dispute.amount_minor) == ("open", 65_900)
    assert legs(done_job.reference, "dispute.opened") == {
        "dispute_withheld": 65_900,
        "dispute_fee": dispute.fee_minor,
        "psp_available": -65_900 - dispute.fee_minor,
    }
    hold = Hold.objects.get()
    assert (hold.amount_minor, hold.reason) == (51_040, Hold.DISPUTE)
    assert wallet() == {"pending": 0, "available": 5_000, "reserve": 51_040, "receivable": 0}
    told = Notification.objects.get(notice="payments.share_held")
    assert told.to_id == member_id(ana)
    assert Case.objects.get(kind="dispute").about_id == dispute.pk


def test_a_dispute_that_is_won_gives_everything_back(stripe_sandbox, olga, done_job):
    before = ledger()
    dispute = disputes(stripe_sandbox, done_job)
    hand_in_evidence(by=olga, dispute_id=dispute.pk, words="winning_evidence")
    stripe_sandbox.deliver()
    dispute.refresh_from_db()
    assert dispute.state == "submitted"
    with pytest.raises(EvidenceSent):
        hand_in_evidence(by=olga, dispute_id=dispute.pk, words="something else")

    with stripe_sandbox.later(days=2):
        dispute.refresh_from_db()
        assert dispute.state == "won"
        assert wallet()["available"] == 56_040
        fee = dispute.fee_minor
        moved = {"psp_available": -fee, "dispute_fee": fee}
        assert {name: before.get(name, 0) + moved.get(name, 0) for name in {*before, *moved}} == {
            name: ledger().get(name, 0) for name in {*before, *moved}
        }
        assert standing("dispute_withheld") == {"dispute_withheld": 0}


def test_the_first_news_that_a_dispute_was_won_leaves_no_trace_but_the_fee(
    stripe_sandbox, done_job
):
    row = stripe_sandbox.control("/disputes", charge=done_job.charge_ref)
    stripe_sandbox.control(f"/disputes/{row['id']}", verdict="won")
    stripe_sandbox.deliver()

    assert Dispute.objects.get().state == "won"
    assert not Hold.objects.exists()
    assert standing("dispute_withheld") == {"dispute_withheld": 0}
    assert wallet()["available"] == 56_040


def test_17_a_dispute_lost_after_the_cash_out_is_owed_and_set_off_in_quarters_without_tips(
    stripe_sandbox, ana, clara, olga, done_job
):
    with stripe_sandbox.later(days=4):
        cash_out(by=ana, amount=mxn(50_000), option="free", key="k")
        stripe_sandbox.deliver()
        dispute = disputes(stripe_sandbox, done_job)
        assert wallet()["reserve"] == 6_040
        with pytest.raises(FindingMissing):
            find_fault(by=olga, dispute_id=dispute.pk, fault="worker", finding="")
        find_fault(by=olga, dispute_id=dispute.pk, fault="worker", finding=FOUND)
        decides(stripe_sandbox, dispute, "lost")

        assert legs(done_job.reference, "dispute.lost") == {
            "worker_reserve": 6_040,
            "worker_receivable": 45_000,
            "platform_fee": 580,
            "tax_payable": 1_360,
            "chargeback_loss": 7_920,
            "dispute_withheld": -60_900,
        }
        assert legs(f"tip:{done_job.pk}", "tip.lost") == {
            "chargeback_loss": 5_000,
            "dispute_withheld": -5_000,
        }
        assert wallet() == {"pending": 0, "available": 0, "reserve": 0, "receivable": -45_000}

        blocks = PriceBlocks.of("MXN", worker=20_000, tip=1_000)
        next_job = stripe_sandbox.pays(clara, owes(clara, blocks=blocks))
        done(next_job, ana, blocks=blocks)
        assert wallet()["available"] == 15_000 + 1_000
        assert Debt.objects.get().left_minor == 40_000


def test_17_a_dispute_lost_without_the_workers_fault_is_the_businesss_loss(
    stripe_sandbox, olga, done_job
):
    dispute = disputes(stripe_sandbox, done_job)
    decides(stripe_sandbox, dispute, "lost")

    assert legs(done_job.reference, "dispute.lost") == {
        "platform_fee": 580,
        "tax_payable": 1_360,
        "chargeback_loss": 51_040 + 7_920,
        "dispute_withheld": -60_900,
    }
    assert wallet() == {"pending": 0, "available": 56_040, "reserve": 0, "receivable": 0}
    with pytest.raises(DisputeDecided):
        find_fault(by=olga, dispute_id=dispute.pk, fault="worker", finding=FOUND)


def test_18_a_dispute_of_the_tips_charge_leaves_the_jobs_pay_alone(
    stripe_sandbox, ana, clara, done_job
):
    tip = tip_afterwards(
        by=clara,
        payer_id=member_id(clara),
        reference=done_job.reference,
        worker_member_id=member_id(ana),
        amount=mxn(7_000),
        return_path="/bookings/",
        key="tip",
    )
    stripe_sandbox.pays(clara, tip)
    dispute = disputes(stripe_sandbox, tip)
    assert not Hold.objects.exists()
    decides(stripe_sandbox, dispute, "lost")

    assert legs(f"tip:{tip.pk}", "tip.lost") == {
        "chargeback_loss": 7_000,
        "dispute_withheld": -7_000,
    }
    assert "dispute.lost" not in dict(booked(done_job.reference))
    assert wallet_of(ana).available == mxn(56_040 + 7_000)
    assert not Debt.objects.exists()


def test_19_a_refund_that_waits_while_the_bank_takes_the_money_is_not_paid_twice(
    stripe_sandbox, olga, done_job
):
    stripe_sandbox.control("/disputes", charge=done_job.charge_ref)
    made = refund(
        by=olga, payment_id=done_job.pk, amount=mxn(21_000), tip=mxn(0), reason="q", key="r"
    )
    stripe_sandbox.deliver()
    dispute = decides(stripe_sandbox, Dispute.objects.get(), "lost")
    made.refresh_from_db()

    assert made.state == Refund.CHARGED_BACK
    assert stripe_sandbox.rows("refunds") == []
    lost = legs(done_job.reference, "dispute.lost")
    assert lost["refund_payable"] == 21_000
    assert lost["dispute_withheld"] == -60_900
    assert standing("refund_payable", "dispute_withheld") == {
        "refund_payable": 0,
        "dispute_withheld": 0,
    }
    earning = Earning.objects.get()
    assert earning.back_minor == 60_900
    assert (dispute.platform_minor, dispute.tax_minor) == (580 - 200, 1_360 - 469)


def test_19_a_refund_that_waited_is_sent_when_the_dispute_is_won(stripe_sandbox, olga, done_job):
    dispute = disputes(stripe_sandbox, done_job)
    made = refund(
        by=olga, payment_id=done_job.pk, amount=mxn(21_000), tip=mxn(0), reason="q", key="r"
    )
    stripe_sandbox.deliver()
    assert stripe_sandbox.rows("refunds") == []

    decides(stripe_sandbox, dispute, "won")
    made.refresh_from_db()
    assert made.state == Refund.SUCCEEDED
    assert standing("refund_payable", "dispute_withheld") == {
        "refund_payable": 0,
        "dispute_withheld": 0,
    }


def test_20_lost_appealed_and_won_is_reinstated_once(stripe_sandbox, ana, clara, olga, done_job):
    with stripe_sandbox.later(days=4):
        cash_out(by=ana, amount=mxn(50_000), option="free", key="k")
        stripe_sandbox.deliver()
        dispute = disputes(stripe_sandbox, done_job)
        find_fault(by=olga, dispute_id=dispute.pk, fault="worker", finding=FOUND)
        decides(stripe_sandbox, dispute, "lost")
        blocks = PriceBlocks.of("MXN", worker=20_000)
        done(stripe_sandbox.pays(clara, owes(clara, blocks=blocks)), ana, blocks=blocks)

        decides(stripe_sandbox, dispute, "won")
        stripe_sandbox.deliver()

        assert legs(done_job.reference, "dispute.reinstated") == {
            "dispute_withheld": 60_900,
            "worker_available": -(6_040 + 5_000),
            "worker_receivable": -40_000,
            "platform_fee": -580,
            "tax_payable": -1_360,
            "chargeback_loss": -7_920,
        }
        assert legs(f"tip:{done_job.pk}", "tip.regained") == {
            "dispute_withheld": 5_000,
            "chargeback_loss": -5_000,
        }
        assert wallet() == {
            "pending": 0,
            "available": 56_040 - 50_000 + 20_000,
            "reserve": 0,
            "receivable": 0,
        }
        kinds = [kind for kind, _ in booked(done_job.reference)]
        assert (kinds.count("dispute.won"), kinds.count("dispute.reinstated")) == (1, 1)
        assert standing("dispute_withheld", "chargeback_loss") == {
            "dispute_withheld": 0,
            "chargeback_loss": 0,
        }
        assert Debt.objects.get().left_minor == 0


def test_21_a_fraud_warning_lets_the_share_rest_and_shrinks_what_can_be_cashed_out(
    stripe_sandbox, ana, olga, done_job
):
    with stripe_sandbox.later(days=4):
        assert cash_out_quote(ana).allowed_minor == 56_040
        stripe_sandbox.control("/warnings", charge=done_job.charge_ref)
        stripe_sandbox.deliver()

        warning = Dispute.objects.get()
        assert (warning.kind, warning.state) == ("warning", "warned")
        hold = Hold.objects.get()
        assert (hold.reason, hold.remaining_minor) == (Hold.REVIEW, 51_040)
        assert hold.until is not None
        assert cash_out_quote(ana).allowed_minor == 5_000
        assert Case.objects.get(kind="fraud_warning").priority == "P1"

        dismiss_warning(by=olga, dispute_id=warning.pk)
        assert cash_out_quote(ana).allowed_minor == 56_040


def test_a_dispute_before_the_work_takes_the_deposit_and_the_held_tip(stripe_sandbox, ana, clara):
    payment = stripe_sandbox.pays(clara, owes(clara))
    dispute = disputes(stripe_sandbox, payment)
    decides(stripe_sandbox, dispute, "lost")

    assert legs(payment.reference, "dispute.lost") == {
        "customer_deposit": 60_900,
        "dispute_withheld": -60_900,
    }
    assert legs(f"tip:{payment.pk}", "tip.lost") == {"tip_held": 5_000, "dispute_withheld": -5_000}
    assert Tip.objects.get().state == Tip.LOST

    decides(stripe_sandbox, dispute, "won")
    assert Tip.objects.get().state == Tip.HELD
    done(payment, ana)
    assert wallet_of(ana).available == mxn(56_040)
    assert WORKED.total == mxn(65_900)
