"""Refunds through the real SDK and the sandbox, to the cent: scenarios 11 to 13, 15 and 16."""

from datetime import timedelta

import pytest

from kernel.actor import Role
from kernel.edge import working_for
from kernel.money import Money
from payments.actions.cash_out import cash_out
from payments.actions.mend_refund import (
    give_as_credit,
    give_by_bank,
    mark_transferred,
    retry_refund,
)
from payments.actions.open_page import open_page
from payments.actions.refund import refund
from payments.actions.void import void
from payments.models import Credit, Debt, Refund, TakeBack
from payments.queries import wallet_of
from payments.rules.blocks import PriceBlocks
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tests.support.ledgers import booked, standing
from tests.support.worlds import joins
from tests.support.worlds_money import done, member_id, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")

FOUND = "The walk took ten minutes instead of sixty."
A_WEEK = timedelta(days=7)  # So long money by boleto is waited for.
WALLET = ("worker_pending", "worker_available", "worker_reserve", "worker_receivable")


@pytest.fixture
def paid_job(stripe_sandbox, clara):
    """Clara has paid for the worked job, which is still to come."""
    return stripe_sandbox.pays(clara, owes(clara))


@pytest.fixture
def done_job(stripe_sandbox, ana, paid_job):
    """Ana has done it, and its share and tip are on her account at Stripe."""
    stripe_sandbox.onboards(ana)
    done(paid_job, ana)
    stripe_sandbox.deliver()
    return paid_job


def gives_back(by, payment, amount, tip=0, **more) -> Refund:
    asked = {"reason": "quality", "key": f"r:{amount}:{tip}"} | more
    return refund(by=by, payment_id=payment.pk, amount=mxn(amount), tip=mxn(tip), **asked)


def test_11_a_full_refund_before_the_job_leaves_only_the_processors_fee(
    stripe_sandbox, olga, paid_job
):
    made = gives_back(olga, paid_job, 60_900, 5_000)
    stripe_sandbox.deliver()
    made.refresh_from_db()
    paid_job.refresh_from_db()

    assert made.state == Refund.SUCCEEDED
    assert booked(f"refund:{made.pk}") == [
        ("refund.due", {"customer_deposit": 60_900, "refund_payable": -60_900}),
        ("refund.paid", {"refund_payable": 65_900, "psp_pending": -65_900}),
    ]
    assert booked(f"tip:{paid_job.pk}")[-1] == (
        "tip.returned",
        {"tip_held": 5_000, "refund_payable": -5_000},
    )
    fee = paid_job.fee_minor
    assert standing() == {"psp_fee": fee, "psp_pending": -fee}
    assert stripe_sandbox.rows("charges")[0]["amount_refunded"] == 65_900


def test_12_a_partial_refund_after_the_job_takes_each_part_in_proportion_and_no_tip(
    stripe_sandbox, ana, olga, done_job
):
    made = gives_back(olga, done_job, 21_000, fault="worker", finding=FOUND)
    stripe_sandbox.deliver()

    assert booked(f"refund:{made.pk}") == [
        (
            "refund.due",
            {
                "worker_available": 17_600,
                "tenant_pending": 2_731,
                "platform_fee": 200,
                "tax_payable": 469,
                "refund_payable": -21_000,
            },
        ),
        ("refund.paid", {"refund_payable": 21_000, "psp_pending": -21_000}),
    ]
    assert wallet_of(ana).available == mxn(56_040 - 17_600)
    assert [kind for kind, _ in booked(f"tip:{done_job.pk}")] == ["tip.captured", "tip.earned"]
    back = TakeBack.objects.get()
    assert (back.state, back.amount_minor) == (TakeBack.SENT, 17_600)
    assert standing("psp_connected") == {"psp_connected": 56_040 - 17_600}
    reversals = stripe_sandbox.rows("reversals")
    assert [row["amount"] for row in reversals] == [17_600]
    assert Notification.objects.filter(notice="payments.share_taken_back").count() == 1


def test_12_without_the_workers_fault_the_business_pays_the_share(
    stripe_sandbox, ana, olga, done_job
):
    made = gives_back(olga, done_job, 21_000, fault="none")
    stripe_sandbox.deliver()

    assert booked(f"refund:{made.pk}")[0] == (
        "refund.due",
        {
            "chargeback_loss": 17_600,
            "tenant_pending": 2_731,
            "platform_fee": 200,
            "tax_payable": 469,
            "refund_payable": -21_000,
        },
    )
    assert wallet_of(ana).available == mxn(56_040)
    assert not TakeBack.objects.exists()


def test_13_a_refund_after_a_cash_out_is_paid_and_what_is_missing_is_owed(
    stripe_sandbox, ana, clara, olga, done_job
):
    with stripe_sandbox.later(days=4):
        cash_out(by=ana, amount=mxn(50_000), option="free", key="k")
        stripe_sandbox.deliver()
        made = gives_back(olga, done_job, 60_900, fault="worker", finding=FOUND)
        stripe_sandbox.deliver()
        made.refresh_from_db()

        assert made.state == Refund.SUCCEEDED
        assert booked(f"refund:{made.pk}")[0] == (
            "refund.due",
            {
                "worker_available": 6_040,
                "worker_receivable": 45_000,
                "tenant_pending": 7_920,
                "platform_fee": 580,
                "tax_payable": 1_360,
                "refund_payable": -60_900,
            },
        )
        assert standing(*WALLET) == {
            "worker_pending": 0,
            "worker_available": 0,
            "worker_reserve": 0,
            "worker_receivable": 45_000,
        }
        debt = Debt.objects.get()
        assert (debt.left_minor, debt.finding) == (45_000, FOUND)

        next_job = stripe_sandbox.pays(
            clara, owes(clara, blocks=PriceBlocks.of("MXN", worker=20_000, tip=1_000))
        )
        done(next_job, ana, blocks=PriceBlocks.of("MXN", worker=20_000, tip=1_000))
        assert booked(next_job.reference)[-1] == (
            "job.released",
            {"worker_pending": 20_000, "worker_available": -15_000, "worker_receivable": -5_000},
        )
        debt.refresh_from_db()
        assert debt.left_minor == 40_000 == wallet_of(ana).owed.minor
        assert wallet_of(ana).available == mxn(15_000 + 1_000)


def test_15_a_refund_that_comes_back_is_owed_again_told_and_somebodys_task(
    stripe_sandbox, clara, olga, paid_job
):
    match = {"method": "post", "path": "/v1/refunds"}
    stripe_sandbox.control("/faults", kind="refund_failed", match=match, times=1, seconds=60)
    made = gives_back(olga, paid_job, 60_900, 5_000)
    stripe_sandbox.deliver()
    made.refresh_from_db()
    assert made.state == Refund.SUCCEEDED

    with stripe_sandbox.later(days=1):
        made.refresh_from_db()
        assert (made.state, made.failure) == (Refund.FAILED, "lost_or_stolen_card")
        assert booked(f"refund:{made.pk}")[1:] == [
            ("refund.paid", {"refund_payable": 65_900, "psp_pending": -65_900}),
            ("refund.failed", {"refund_payable": -65_900, "psp_pending": 65_900}),
        ]
        assert Case.objects.filter(kind="refund_failed").count() == 1
        told = Notification.objects.get(notice="payments.refund_failed")
        assert told.to_id == member_id(clara)

        retry_refund(by=olga, refund_id=made.pk)
        stripe_sandbox.deliver()
        made.refresh_from_db()
        assert (made.state, made.attempt) == (Refund.SUCCEEDED, 2)
        assert standing("refund_payable") == {"refund_payable": 0}
        assert len(stripe_sandbox.rows("refunds")) == 2


@pytest.fixture
def paid_by_boleto(stripe_sandbox, lar_limpo):
    """Caio has paid a job at Lar Limpo by boleto, which cannot be refunded; we work there."""
    with working_for(lar_limpo.pk):
        caio = joins("caio", Role.CUSTOMER)
        payment = owes(
            caio, blocks=PriceBlocks.of("BRL", worker=10_000, tip=1_000), open_for=A_WEEK
        )
        yield prints_and_pays_boleto(stripe_sandbox, caio, payment)


def prints_and_pays_boleto(stripe_sandbox, payer, payment, *, before_paying=lambda: None):
    open_page(by=payer, payment_id=payment.pk)
    payment.refresh_from_db()
    stripe_sandbox.control(f"/sessions/{payment.page_ref}/pay", card="boleto")
    stripe_sandbox.deliver()
    payment.refresh_from_db()
    before_paying()
    stripe_sandbox.control(f"/vouchers/{payment.intent_ref}", outcome="pay")
    with stripe_sandbox.later(days=5):
        payment.refresh_from_db()
    return payment


@pytest.mark.parametrize("way", ["credit", "bank"])
def test_16_what_was_paid_by_boleto_goes_back_as_credit_or_by_bank(
    stripe_sandbox, paid_by_boleto, way
):
    berta = joins("berta", Role.OWNER)
    brl = {"amount": Money("BRL", 10_000), "tip": Money("BRL", 1_000)}
    made = refund(by=berta, payment_id=paid_by_boleto.pk, reason="cancelled", key="r", **brl)
    stripe_sandbox.deliver()
    made.refresh_from_db()
    assert made.state == Refund.FAILED
    assert standing("refund_payable", currency="BRL") == {"refund_payable": -11_000}
    assert Case.objects.filter(kind="refund_failed").count() == 1

    if way == "credit":
        give_as_credit(by=berta, refund_id=made.pk)
        assert Credit.objects.get().left_minor == 11_000
        last = {"refund_payable": 11_000, "customer_credit": -11_000}
        assert booked(f"refund:{made.pk}")[-1] == ("refund.to_credit", last)
    else:
        give_by_bank(by=berta, refund_id=made.pk)
        mark_transferred(by=berta, refund_id=made.pk, bank_ref="E2E-123")
        last = {"refund_payable": 11_000, "bank": -11_000}
        assert booked(f"refund:{made.pk}")[-1] == ("refund.paid", last)
    assert standing("refund_payable", currency="BRL") == {"refund_payable": 0}


def test_16_a_voucher_paid_after_it_was_called_off_goes_the_same_way(stripe_sandbox, lar_limpo):
    with working_for(lar_limpo.pk):
        caio = joins("caio", Role.CUSTOMER)
        payment = owes(caio, blocks=PriceBlocks.of("BRL", worker=10_000), open_for=A_WEEK)
        paid_late = prints_and_pays_boleto(
            stripe_sandbox,
            caio,
            payment,
            before_paying=lambda: void(by=caio, payment_id=payment.pk),
        )

        assert paid_late.state == "captured"
        made = Refund.objects.get()
        assert (made.state, made.reason) == (Refund.FAILED, "paid_too_late")
        assert standing("customer_deposit", "refund_payable", currency="BRL") == {
            "customer_deposit": 0,
            "refund_payable": -10_000,
        }
        give_as_credit(by=joins("berta", Role.OWNER), refund_id=made.pk)
        assert standing("customer_credit", currency="BRL") == {"customer_credit": -10_000}


def test_what_was_paid_after_it_was_called_off_goes_back_whole_and_is_counted_as_gone(
    stripe_sandbox, clara
):
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    stripe_sandbox.control(f"/sessions/{payment.page_ref}/pay", card="visa")
    void(by=clara, payment_id=payment.pk)
    stripe_sandbox.deliver()

    payment.refresh_from_db()
    assert (payment.state, payment.captured_minor, payment.refunded_minor) == (
        "captured",
        65_900,
        65_900,
    )
    assert (Refund.objects.get().state, standing()) == (
        Refund.SUCCEEDED,
        {"psp_pending": -2_672, "psp_fee": 2_672},
    )
