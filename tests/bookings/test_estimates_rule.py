"""A price that was an estimate: how far it may go, and how the final one is divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.bookings.rules.country_rates import rates_of
from marketplace.bookings.rules.estimates import (
    FinalInvalid,
    FinalTooHigh,
    check_final,
    difference,
    divide_final,
    most_minor,
)
from marketplace.bookings.rules.extras import Agreed
from payments.rules.blocks import PriceBlocks

AGREED = Agreed(
    work=58_000,
    commission=6_960,
    fee=2_900,
    blocks=PriceBlocks.of(
        "MXN", worker=51_040, tip=5_000, tenant=5_248, platform=580, processor=2_672, tax=1_360
    ),
)
MEXICO = rates_of("MX")


@pytest.mark.parametrize(("over_bp", "most"), [(0, 58_000), (2_000, 69_600), (5_000, 87_000)])
def test_a_final_price_may_reach_the_limit_and_no_more(over_bp, most):
    assert most_minor(estimate=58_000, over_bp=over_bp) == most
    check_final(final=most, estimate=58_000, over_bp=over_bp)
    with pytest.raises(FinalTooHigh):
        check_final(final=most + 1, estimate=58_000, over_bp=over_bp)
    with pytest.raises(FinalInvalid):
        check_final(final=0, estimate=58_000, over_bp=over_bp)


def test_the_estimate_itself_is_divided_as_it_was():
    same = divide_final(final=58_000, agreed=AGREED, rates=MEXICO)

    assert (same.work, same.commission, same.fee) == (58_000, 6_960, 2_900)
    assert same.blocks == AGREED.blocks


def test_a_fifth_more_is_a_fifth_more_for_everybody_but_the_tip():
    more = divide_final(final=69_600, agreed=AGREED, rates=MEXICO)

    assert (more.commission, more.fee) == (8_352, 3_480)
    assert more.blocks == PriceBlocks.of(
        "MXN", worker=61_248, tip=5_000, tenant=6_393, platform=696, processor=3_111, tax=1_632
    )


@given(final=st.integers(1, 87_000))
def test_the_parts_of_a_final_price_sum_to_it(final):
    divided = divide_final(final=final, agreed=AGREED, rates=MEXICO)

    assert divided.blocks.total.minor == final + divided.fee + 5_000
    assert divided.blocks.tip.minor == 5_000
    assert 58_000 + difference(final=final, estimate=58_000).amount_minor == final
