"""What a cancellation costs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from marketplace.bookings.rules.cancellation import NO_SHOW_BP, Paid, Policy, rate_bp, settle

START = datetime(2026, 11, 23, 16, tzinfo=UTC)
LONG_AGO = START - timedelta(days=20)


def peso(minor):
    return Money("MXN", minor)


PAID = Paid(
    work=peso(58_000),
    fee=peso(2_900),
    tip=peso(5_000),
    total=peso(65_900),
    processor=peso(2_672),
    fee_tax_bp=1_600,
)


def rate(hours, policy=Policy.MODERATE, made_at=LONG_AGO):
    at = START - timedelta(hours=hours)
    return rate_bp(policy=policy, made_at=made_at, starts_at=START, at=at)


@pytest.mark.parametrize(
    ("hours", "kept", "fee", "refund"),
    [(30, 0, 0, 65_900), (10, 17_400, 870, 47_630), (3, 29_000, 1_450, 35_450)],
)
def test_the_worked_examples(hours, kept, fee, refund):
    settled = settle(paid=PAID, rate_bp=rate(hours))

    assert (settled.kept_work.minor, settled.kept_fee.minor) == (kept, fee)
    assert (settled.refund.minor, settled.refund_tip.minor) == (refund, 5_000)


def test_a_no_show_keeps_eighty_percent_under_the_moderate_policy():
    settled = settle(paid=PAID, rate_bp=NO_SHOW_BP[Policy.MODERATE])

    assert (settled.kept_work.minor, settled.kept_fee.minor) == (46_400, 2_320)
    assert settled.refund.minor == 17_180


def test_the_kept_part_divides_like_the_ledger_expects():
    blocks = settle(paid=PAID, rate_bp=rate(10)).blocks

    assert (blocks.worker.minor, blocks.tip.minor, blocks.platform.minor) == (17_400, 0, 0)
    assert (blocks.tenant.minor, blocks.processor.minor, blocks.tax.minor) == (-1_922, 2_672, 120)


@pytest.mark.parametrize(
    ("policy", "hours", "bp"),
    [
        (Policy.FLEXIBLE, 4, 0),
        (Policy.FLEXIBLE, 3.99, 2_500),
        (Policy.MODERATE, 48, 0),
        (Policy.MODERATE, 24, 0),
        (Policy.MODERATE, 23.99, 3_000),
        (Policy.MODERATE, 4, 3_000),
        (Policy.MODERATE, 3.99, 5_000),
        (Policy.STRICT, 48, 0),
        (Policy.STRICT, 47.99, 3_000),
        (Policy.STRICT, 24, 3_000),
        (Policy.STRICT, 4, 5_000),
        (Policy.STRICT, 0, 8_000),
        (Policy.STRICT, -5, 8_000),
    ],
)
def test_a_boundary_takes_the_kinder_tier(policy, hours, bp):
    assert rate(hours, policy) == bp


def test_second_thoughts_are_free_for_five_minutes_if_two_hours_are_left():
    assert rate(2, Policy.STRICT, made_at=START - timedelta(hours=2, minutes=5)) == 0
    assert rate(2, Policy.STRICT, made_at=START - timedelta(hours=2, minutes=6)) == 8_000
    assert rate(1.99, Policy.STRICT, made_at=START - timedelta(hours=2)) == 8_000


amounts = st.integers(0, 10**10)


@given(work=amounts, fee=amounts, tip=amounts, bp=st.integers(0, 10_000))
def test_what_is_kept_and_what_goes_back_sum_to_what_was_paid(work, fee, tip, bp):
    paid = Paid(
        work=peso(work),
        fee=peso(fee),
        tip=peso(tip),
        total=peso(work + fee + tip),
        processor=peso(300),
        fee_tax_bp=1_600,
    )
    settled = settle(paid=paid, rate_bp=bp)

    assert settled.blocks.total + settled.refund == paid.total
    assert settled.blocks.worker == settled.kept_work
    assert settled.refund_without_tip.minor >= 0
