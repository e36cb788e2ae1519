"""Money neither appears nor disappears, and never mixes."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kernel.money import (
    EXPONENTS,
    MixedCurrencies,
    Money,
    UnknownCurrency,
    divide_minor,
    portion_minor,
    total,
    zero,
)

minors = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(minors, weights)
def test_parts_sum_to_the_whole(whole, shares):
    assert sum(divide_minor(whole, weights=shares)) == whole


@given(minors, weights)
def test_no_part_is_a_whole_unit_away_from_its_fair_share(whole, shares):
    for part, share in zip(divide_minor(whole, weights=shares), shares, strict=True):
        assert abs(part - Fraction(whole * share, sum(shares))) < 1


@given(minors, weights)
def test_a_debt_is_split_like_a_claim(whole, shares):
    opposite = [-part for part in divide_minor(whole, weights=shares)]
    assert divide_minor(-whole, weights=shares) == opposite


def test_ties_go_to_the_first():
    assert divide_minor(100, weights=[1, 1, 1]) == [34, 33, 33]
    assert divide_minor(2, weights=[1, 1, 1]) == [1, 1, 0]


@pytest.mark.parametrize("shares", [[], [0], [1, -1], [-1, 3]])
def test_shares_that_make_no_sense_are_a_mistake(shares):
    with pytest.raises(ValueError):  # noqa: PT011 An empty list complains in its own words.
        divide_minor(100, weights=shares)


@given(minors, st.integers(-20_000, 20_000))
def test_a_portion_is_rounded_half_away_from_zero(minor, basis_points):
    exact = Fraction(minor * basis_points, 10_000)
    portion = portion_minor(minor, basis_points=basis_points)
    assert abs(portion - exact) <= Fraction(1, 2)
    if abs(portion - exact) == Fraction(1, 2):
        assert abs(portion) > abs(exact)


@given(st.lists(minors, max_size=9))
def test_a_total_is_the_sum_and_nothing_is_zero(amounts):
    money = [Money("MXN", minor) for minor in amounts]
    assert total(money, currency="MXN") == Money("MXN", sum(amounts))
    assert total([], currency="BRL") == zero("BRL")


@given(minors, minors)
def test_adding_and_taking_away_are_opposites(one, other):
    assert Money("BRL", one) + Money("BRL", other) - Money("BRL", other) == Money("BRL", one)
    assert (Money("BRL", one) < Money("BRL", other)) == (one < other)


@given(st.sampled_from(sorted(EXPONENTS)), st.sampled_from(sorted(EXPONENTS)))
def test_two_currencies_never_mix(one, other):
    assume(one != other)
    for mix in (Money.__add__, Money.__sub__, Money.__lt__):
        with pytest.raises(MixedCurrencies):
            mix(Money(one, 1), Money(other, 1))


@pytest.mark.parametrize("minor", [1.0, True, "1", None])
def test_money_is_whole(minor):
    with pytest.raises(TypeError):
        Money("MXN", minor)


def test_an_unknown_currency_is_refused():
    with pytest.raises(UnknownCurrency):
        Money("XXX", 1)


def test_pesos_of_chile_have_no_decimals():
    assert (Money("CLP", 1).exponent, Money("MXN", 1).exponent) == (0, 2)
