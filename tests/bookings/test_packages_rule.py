"""What the visits of a package are worth, and what a cancellation does to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.bookings.rules.packages import (
    PackageInvalid,
    check_terms,
    ended,
    forfeited_tax,
    parts_of_each,
    values_of,
)
from payments.rules.blocks import PARTS, PriceBlocks

PARTS_MINOR = st.integers(0, 10**9)


def test_the_remainder_is_on_the_last():
    assert values_of(240_001, visits=5) == [48_000, 48_000, 48_000, 48_000, 48_001]
    assert values_of(100, visits=3) == [33, 33, 34]


@given(st.integers(50, 10**12), st.integers(2, 50))
def test_the_visits_sum_to_the_price_and_only_the_last_differs(price, visits):
    values = values_of(price, visits=visits)

    assert (sum(values), len(values)) == (price, visits)
    assert set(values[:-1]) == {price // visits}
    assert 0 <= values[-1] - values[0] < visits


@given(
    st.builds(
        lambda **minor: PriceBlocks.of("CLP", **minor),
        worker=PARTS_MINOR,
        tenant=PARTS_MINOR,
        platform=PARTS_MINOR,
        processor=PARTS_MINOR,
        tax=PARTS_MINOR,
    ),
    st.integers(2, 50),
)
def test_every_part_of_the_visits_sums_to_the_part_of_the_whole(blocks, visits):
    each = parts_of_each(blocks, visits=visits)

    assert [one.total.minor for one in each] == values_of(blocks.total.minor, visits=visits)
    for name in PARTS:
        assert sum(getattr(one, name).minor for one in each) == getattr(blocks, name).minor


WORTH = PriceBlocks.of("MXN", worker=42_240, tenant=2_698, platform=480, processor=1_788, tax=794)


@pytest.mark.parametrize(
    ("rate_bp", "used", "parts"),
    [
        (0, False, {}),
        (3_000, False, {"worker": 14_400, "tenant": -14_400}),
        (4_999, False, {"worker": 23_995, "tenant": -23_995}),
        (5_000, True, {"worker": 24_000, "tenant": 18_902, "processor": 1_788, "tax": 3_310}),
        (8_000, True, {"worker": 38_400, "tenant": 6_488, "processor": 1_788, "tax": 1_324}),
        (10_000, True, {"worker": 48_000, "tenant": -1_788, "processor": 1_788}),
    ],
)
def test_from_a_half_on_the_visit_is_used_and_the_worker_gets_her_share_either_way(
    rate_bp, used, parts
):
    outcome = ended(WORTH, rate_bp=rate_bp, fee_tax_bp=1_600)

    assert outcome.used is used
    assert outcome.blocks == PriceBlocks.of("MXN", **parts)
    assert outcome.blocks.total.minor == (48_000 if used else 0)


@given(PARTS_MINOR, st.integers(0, 10**6), st.integers(0, 10_000), st.integers(0, 3_000))
def test_no_share_of_a_visit_creates_or_loses_a_unit(worker, processor, rate_bp, tax_bp):
    worth = PriceBlocks.of("MXN", worker=worker, processor=processor)

    outcome = ended(worth, rate_bp=rate_bp, fee_tax_bp=tax_bp)

    assert outcome.used is (rate_bp >= 5_000)
    assert outcome.blocks.total.minor == (worth.total.minor if outcome.used else 0)


@pytest.mark.parametrize(
    ("terms", "wrong"),
    [
        ({"visits": 1}, ["visits"]),
        ({"visits": 51}, ["visits"]),
        ({"price_minor": 9}, ["price"]),
        ({"days": 29}, ["days"]),
        ({"days": 731, "visits": 0}, ["visits", "days"]),
    ],
)
def test_a_package_out_of_its_limits_is_refused(terms, wrong):
    with pytest.raises(PackageInvalid) as refused:
        check_terms(**{"visits": 10, "price_minor": 100, "days": 180} | terms)

    assert refused.value.details["fields"] == wrong


def test_the_limits_themselves_are_fine():
    check_terms(visits=2, price_minor=2, days=30)
    check_terms(visits=50, price_minor=50, days=730)


def test_the_tax_inside_what_is_forfeited_is_found_visit_by_visit():
    assert forfeited_tax([48_000, 48_001], fee_tax_bp=1_600) == 6_621 + 6_621
