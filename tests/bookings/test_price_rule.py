"""The six parts of a price."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from marketplace.bookings.rules import commission
from marketplace.bookings.rules.lines import Bears, Kind, Line, LinesRefused, work_lines
from marketplace.bookings.rules.price import Rates, price, suggested_tips, tax_inside
from payments.rules.blocks import PartsNegative

AT = datetime(2026, 11, 21, 16, tzinfo=UTC)
RATES = Rates(tax_bp=1_600, platform_bp=100, processor_bp=360, processor_fixed_minor=300)


def rule(kind, **values):
    return commission.Rule(kind=kind, made_at=AT, **values)


TWELVE = rule(commission.Kind.WORKER_COMMISSION, rate_bp=1_200)
FIVE = rule(commission.Kind.CUSTOMER_FEE, rate_bp=500)


def line(kind, unit_minor, **values):
    return Line(kind=kind, code=kind.value, label=kind.value, unit_minor=unit_minor, **values)


def worked(lines, tip_minor=5_000, commission_rule=TWELVE, fee_rule=FIVE, rates=RATES):
    return price(
        lines=lines,
        tip=Money("MXN", tip_minor),
        commission_rule=commission_rule,
        fee_rule=fee_rule,
        rates=rates,
    )


def minors(priced):
    return {
        name: getattr(priced.blocks, name).minor
        for name in ("worker", "tip", "tenant", "platform", "processor", "tax")
    }


def test_the_worked_example_comes_out_to_the_cent():
    priced = worked([line(Kind.SERVICE, 50_000), line(Kind.ADD_ON, 8_000)])

    assert priced.total == Money("MXN", 65_900)
    assert (priced.work_minor, priced.commission_minor, priced.fee_minor) == (58_000, 6_960, 2_900)
    assert minors(priced) == {
        "worker": 51_040,
        "tip": 5_000,
        "tenant": 5_248,
        "platform": 580,
        "processor": 2_672,
        "tax": 1_360,
    }
    assert [each.code for each in priced.lines] == ["service", "add_on", "fee", "tip"]


def test_who_gives_a_discount_pays_for_it():
    work = line(Kind.SERVICE, 50_000)
    from_worker = worked([work, line(Kind.DISCOUNT, -5_000)], tip_minor=0)
    from_tenant = worked([work, line(Kind.DISCOUNT, -5_000, liable=Bears.TENANT)], tip_minor=0)

    assert minors(from_worker)["worker"] == 45_000 - 5_400
    assert minors(from_tenant)["worker"] == 50_000 - 6_000
    assert (from_worker.total.minor, from_tenant.total.minor) == (47_250, 47_500)


def test_a_registered_worker_s_tax_comes_out_of_the_worker_s_part():
    rates = Rates(tax_bp=1_600, worker_tax_bp=1_600)
    priced = worked([line(Kind.SERVICE, 11_600)], tip_minor=0, rates=rates)

    assert minors(priced)["worker"] == 11_600 - 1_392 - 1_600
    assert minors(priced)["tax"] == 1_600 + 192 + 80


def test_the_tip_is_never_touched():
    without, with_tip = (worked([line(Kind.SERVICE, 9_999)], tip_minor=tip) for tip in (0, 777))

    assert minors(with_tip)["tip"] == 777
    for part in ("worker", "platform", "tax"):
        assert minors(with_tip)[part] == minors(without)[part]


@pytest.mark.parametrize(
    ("minor", "rate_bp", "tax"), [(2_900, 1_600, 400), (1, 1_600, 0), (-2_900, 1_600, -400)]
)
def test_tax_inside_a_price(minor, rate_bp, tax):
    assert tax_inside(minor, rate_bp=rate_bp) == tax


@pytest.mark.parametrize(
    "wrong",
    [
        line(Kind.SERVICE, -1),
        line(Kind.DISCOUNT, 1),
        line(Kind.ADD_ON, 100, quantity=0),
        line(Kind.TIP, -1),
    ],
)
def test_lines_that_make_no_sense_are_refused(wrong):
    with pytest.raises(LinesRefused):
        worked([line(Kind.SERVICE, 10_000), wrong])


def test_at_most_fifty_lines():
    with pytest.raises(LinesRefused):
        worked([line(Kind.ADD_ON, 1)] * 51)


def test_three_tips_are_suggested():
    assert suggested_tips(58_000, currency="MXN") == [
        Money("MXN", 2_900),
        Money("MXN", 5_800),
        Money("MXN", 8_700),
    ]
    assert suggested_tips(1, currency="MXN") == []


amounts = st.integers(0, 10**9)
basis_points = st.integers(0, 20_000)
works = st.builds(
    line, st.sampled_from([Kind.SERVICE, Kind.ADD_ON, Kind.SURCHARGE]), amounts,
    quantity=st.integers(1, 9), commissionable=st.booleans(), taxable=st.booleans(),
)  # fmt: skip
discounts = st.builds(
    line, st.just(Kind.DISCOUNT), st.integers(-(10**9), 0), liable=st.sampled_from(Bears)
)
limits = st.none() | amounts


def rules(kind):
    return st.builds(
        rule, st.just(kind), rate_bp=basis_points, fixed_minor=amounts, min_minor=limits,
        max_minor=limits,
    )  # fmt: skip


@given(
    lines=st.lists(works | discounts, max_size=8),
    tip_minor=amounts,
    commission_rule=rules(commission.Kind.WORKER_COMMISSION),
    fee_rule=rules(commission.Kind.CUSTOMER_FEE),
    rates=st.builds(
        Rates, tax_bp=basis_points, worker_tax_bp=basis_points, platform_bp=basis_points,
        processor_bp=basis_points, processor_fixed_minor=amounts,
    ),
)  # fmt: skip
def test_the_six_parts_sum_to_the_total_for_any_input(
    lines, tip_minor, commission_rule, fee_rule, rates
):
    work = sum(each.amount_minor for each in work_lines(lines))
    try:
        priced = worked(lines, tip_minor, commission_rule, fee_rule, rates)
    except PartsNegative:
        owed = sum(each.amount_minor for each in lines) + tip_minor
        assert work < 0 or owed < 0 or rates.worker_tax_bp  # More is taken away than there is.
        return

    assert sum(minors(priced).values()) == sum(each.amount_minor for each in priced.lines)
    assert priced.total.minor == sum(minors(priced).values())
    assert minors(priced)["tip"] == tip_minor
