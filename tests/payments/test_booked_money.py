"""The worked example of a job, from the customer's card to the worker's wallet, to the cent."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from kernel import clock
from kernel.money import MixedCurrencies, Money
from kernel.timers import run_due_of
from payments.actions.accrue import accrue
from payments.actions.refund import refund
from payments.actions.release import release
from payments.actions.tip import tip_afterwards
from payments.actions.void import void
from payments.models import Earning, Entry, Payment, Posting, Refund, Tip
from payments.queries import (
    deposit_left,
    instrument_of,
    instruments_of_person,
    money_of,
    promise_figures,
    wallet_of,
)
from payments.rules.blocks import PartsNegative, PriceBlocks
from payments.rules.refusals import NotAccrued, NotCaptured, NotRefundable
from payments.rules.tips import TipInvalid, TipTooLate
from tests.support.worlds import person
from tests.support.worlds_money import (
    WORKED,
    can_be_paid,
    done,
    member_id,
    mxn,
    owes,
    paid,
    reported,
)


def ledger(kind: str) -> dict[str, int]:
    """Return what all entries of a kind wrote, by account; debits positive."""
    rows = Posting.objects.filter(entry__kind=kind).values("account__kind")
    return {row["account__kind"]: row["sum"] for row in rows.annotate(sum=Sum("amount"))}


def left_on(kind: str) -> int:
    """Return what is on an account now, as debits minus credits."""
    return Posting.objects.filter(account__kind=kind).aggregate(sum=Sum("amount"))["sum"] or 0


def test_the_parts_sum_to_the_total():
    assert WORKED.total == mxn(65_900)
    assert WORKED.service == mxn(60_900)


def test_no_part_but_the_tenants_may_be_negative():
    assert PriceBlocks.of("MXN", worker=17_400, tenant=-1_922, processor=2_672, tax=120)
    with pytest.raises(PartsNegative):
        PriceBlocks.of("MXN", worker=-1, tip=2)


def test_two_currencies_never_make_one_price():
    with pytest.raises(MixedCurrencies):
        PriceBlocks(
            worker=Money("MXN", 1),
            tip=Money("BRL", 1),
            tenant=mxn(0),
            platform=mxn(0),
            processor=mxn(0),
            tax=mxn(0),
        )


def test_paying_books_job_and_tip_apart(patitas, clara):
    paid(clara)

    assert ledger("charge.captured") == {"psp_pending": 60_900, "customer_deposit": -60_900}
    assert ledger("tip.captured") == {"psp_pending": 5_000, "tip_held": -5_000}


def test_a_delivered_job_is_divided_into_its_parts(patitas, ana, clara):
    payment = paid(clara)
    accrue(
        reference=payment.reference,
        worker_member_id=member_id(ana),
        payment_id=payment.pk,
        blocks=WORKED,
        key="delivered",
    )

    assert ledger("job.accrued") == {
        "customer_deposit": 60_900,
        "worker_pending": -51_040,
        "tenant_pending": -5_248,
        "platform_fee": -580,
        "psp_fee_recovered": -2_672,
        "tax_payable": -1_360,
    }
    assert wallet_of(ana).pending == mxn(51_040)
    assert wallet_of(ana).available == mxn(0)


def test_a_completed_job_brings_share_and_whole_tip_to_the_wallet(patitas, ana, clara):
    done(paid(clara), ana)

    assert wallet_of(ana).available == mxn(56_040)
    assert wallet_of(ana).pending == mxn(0)
    assert left_on("customer_deposit") == 0
    assert left_on("tip_held") == 0
    assert Tip.objects.get().state == Tip.EARNED


def test_the_business_bears_the_difference_to_the_real_fee(patitas, ana, clara):
    payment = reported(owes(clara), fee_minor=2_700)
    done(payment, ana)

    assert ledger("psp.fee") == {"psp_fee": 2_700, "psp_pending": -2_700}
    assert ledger("fee.trued_up") == {"tenant_pending": 28, "psp_fee_recovered": -28}
    assert left_on("psp_fee") + left_on("psp_fee_recovered") == 0


def test_everything_is_safe_to_repeat(patitas, ana, clara):
    payment = paid(clara)
    done(payment, ana)
    entries = Entry.objects.count()

    reported(payment)
    reported(payment, "authorised")
    done(payment, ana)

    assert Entry.objects.count() == entries
    assert wallet_of(ana).available == mxn(56_040)


def test_nothing_is_divided_before_it_is_paid(patitas, ana, clara):
    payment = owes(clara)
    with pytest.raises(NotCaptured):
        done(payment, ana)

    assert not Entry.objects.exists()
    assert not Earning.objects.exists()


def test_more_than_was_paid_is_never_divided(patitas, ana, clara):
    payment = paid(clara)
    more = PriceBlocks.of("MXN", worker=60_901)
    with pytest.raises(NotCaptured):
        done(payment, ana, blocks=more)

    assert not Earning.objects.exists()


def test_a_late_cancellation_divides_the_kept_part_and_returns_the_rest(patitas, ana, clara):
    payment = paid(clara)
    refund(
        by=clara,
        payment_id=payment.pk,
        amount=mxn(42_630),
        tip=mxn(5_000),
        reason="cancelled",
        key="r",
    )
    kept = PriceBlocks.of("MXN", worker=17_400, tenant=-1_922, processor=2_672, tax=120)
    done(payment, ana, blocks=kept)

    assert ledger("refund.due") == {"customer_deposit": 42_630, "refund_payable": -42_630}
    assert ledger("tip.returned") == {"tip_held": 5_000, "refund_payable": -5_000}
    assert ledger("job.accrued") == {
        "customer_deposit": 18_270,
        "tenant_pending": 1_922,
        "worker_pending": -17_400,
        "psp_fee_recovered": -2_672,
        "tax_payable": -120,
    }
    assert left_on("customer_deposit") == 0
    assert deposit_left(payment) == mxn(0)
    assert wallet_of(ana).available == mxn(17_400)


def test_a_refund_after_the_work_leaves_wallet_and_tip_alone(patitas, ana, clara):
    payment = paid(clara)
    done(payment, ana)
    refund(by=clara, payment_id=payment.pk, amount=mxn(20_000), tip=mxn(0), reason="kind", key="r")

    assert ledger("refund.due") == {
        "chargeback_loss": 16_762,
        "tenant_pending": 2_601,
        "platform_fee": 190,
        "tax_payable": 447,
        "refund_payable": -20_000,
    }
    assert wallet_of(ana).available == mxn(56_040)


@pytest.mark.parametrize(("amount", "tip"), [(60_901, 0), (60_900, 5_001), (1_000, 1)])
def test_more_than_was_paid_is_never_refunded(patitas, clara, amount, tip):
    payment = paid(clara)
    entries = Entry.objects.count()
    with pytest.raises(NotRefundable):
        refund(
            by=clara,
            payment_id=payment.pk,
            amount=mxn(amount),
            tip=mxn(tip),
            reason="x",
            key="r",
        )

    payment.refresh_from_db()
    assert payment.refunded_minor == 0
    assert Entry.objects.count() == entries


def test_where_the_money_went_is_told_line_by_line(patitas, ana, clara):
    payment = paid(clara)
    done(payment, ana)

    assert {(line.code, line.amount.minor) for line in money_of(payment.reference)} == {
        ("paid", 60_900),
        ("tip_paid", 5_000),
        ("to_worker", 51_040),
        ("to_tenant", 5_248),
        ("to_platform", 580),
        ("to_processor", 2_672),
        ("to_tax", 1_360),
        ("tip_to_worker", 5_000),
    }


def test_releasing_what_was_never_delivered_is_refused(patitas):
    with pytest.raises(NotAccrued):
        release(reference="booking:none", key="k")


def test_a_tip_afterwards_reaches_the_worker_at_once(patitas, ana, clara):
    payment = paid(clara)
    done(payment, ana)
    tip = tip_afterwards(
        by=clara,
        payer_id=member_id(clara),
        reference=payment.reference,
        worker_member_id=member_id(ana),
        amount=mxn(7_000),
        return_path="/bookings/",
        key="tip",
    )
    reported(tip, fee_minor=552)

    assert wallet_of(ana).available == mxn(56_040 + 7_000)
    assert ledger("fee.trued_up") == {
        "tenant_pending": 552 - 2_672,
        "psp_fee_recovered": 2_672 - 552,
    }


@pytest.mark.parametrize(
    ("minor", "days", "refusal"),
    [(0, 0, TipInvalid), (60_901, 0, TipInvalid), (1_000, 31, TipTooLate)],
)
def test_a_tip_afterwards_has_its_limits(patitas, ana, clara, minor, days, refusal):
    payment = paid(clara)
    done(payment, ana)
    with clock.travelling_to(clock.now() + timedelta(days=days)), pytest.raises(refusal):
        tip_afterwards(
            by=clara,
            payer_id=member_id(clara),
            reference=payment.reference,
            worker_member_id=member_id(ana),
            amount=mxn(minor),
            return_path="/bookings/",
            key="tip",
        )
    assert Payment.objects.count() == 1


def test_who_pays_after_it_was_called_off_gets_everything_back(patitas, clara):
    payment = owes(clara)
    Payment.objects.update(page_ref="page")
    void(by=clara, payment_id=payment.pk)
    reported(payment)

    assert Refund.objects.get().total == mxn(65_900)
    assert left_on("customer_deposit") == left_on("tip_held") == 0
    assert left_on("refund_payable") == -65_900


def test_what_nobody_pays_in_time_expires(patitas, clara):
    payment = owes(clara)
    with clock.travelling_to(payment.expires_at):
        run_due_of(payment.pk)
    payment.refresh_from_db()

    assert payment.state == "expired"


def test_the_promise_is_computed_from_what_happened(patitas, ana, clara):
    nothing = promise_figures(clock.now() - timedelta(days=90))
    assert (nothing.jobs, nothing.worker_share_bp, nothing.tips_passed_bp) == (0, None, None)

    done(paid(clara), ana)
    figures = promise_figures(clock.now() - timedelta(days=90))

    assert figures.worker_share_bp == round(51_040 * 10_000 / 60_900)
    assert (figures.jobs, figures.tips_minor, figures.tips_passed_bp) == (1, 5_000, 10_000)


def test_the_card_that_paid_is_known_by_a_fingerprint_only(patitas, ana, clara):
    payment = paid(clara)
    can_be_paid(ana)

    known = instrument_of(payment.reference)
    assert known is not None
    assert len(known) == 32
    assert instruments_of_person(person("clara").pk) == {known}
    assert len(instruments_of_person(person("ana").pk)) == 1
