"""What a job is put together from: how long it takes, what it costs, what does not go together."""

from datetime import UTC, datetime, time, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.rules.composition import (
    ChoiceRefused,
    Chosen,
    Extra,
    Terms,
    Variant,
    compose,
)
from marketplace.catalog.rules.durations import DurationRefused, block_of, minutes_of
from marketplace.catalog.rules.service_axes import (
    BOOKING,
    COMPLETION,
    LOCATION,
    PAYMENT,
    PRICE_OWNERS,
    PRICING,
    Axes,
    AxesRefused,
    RangeInvalid,
    Unit,
    UnitInvalid,
    check_axes,
    check_range,
    check_unit,
)
from marketplace.catalog.rules.tree import TreeRefused, downwards, level_of, upwards

START = datetime(2026, 3, 4, 16, tzinfo=UTC)
SHORT, LONG, BATH, TRIM = (UUID(int=number) for number in range(1, 5))
WALK = Terms(
    slug="walk",
    name="Paseo",
    minutes=60,
    price_minor=25_000,
    source="offer:1",
    variants=(
        Variant(id=SHORT, name="60 min", minutes=60, price_minor=25_000),
        Variant(id=LONG, name="90 min", minutes=90, price_minor=35_000),
    ),
    extras=(
        Extra(id=BATH, name="Baño", minutes=30, price_minor=8_000, most=2),
        Extra(
            id=TRIM, name="Uñas", minutes=15, price_minor=3_000, most=1, variants=frozenset({LONG})
        ),
    ),
)
BY_THE_HOUR = Terms(
    slug="care",
    name="Cuidado",
    minutes=0,
    price_minor=20_000,
    source="offer:2",
    pricing="per_unit",
    unit=Unit(code="hour", least=2, most=8, step=2, minutes=60),
)


def test_a_variant_of_90_minutes_and_twice_30_minutes_take_150():
    made = compose(WALK, Chosen(variant=LONG, add_ons={BATH: 2}), starts_at=START)
    assert (made.minutes, made.ends_at) == (150, START + timedelta(minutes=150))
    assert (made.work.label, made.work.unit_minor) == ("Paseo · 90 min", 35_000)
    assert [(part.unit_minor, part.quantity) for part in made.extras] == [(8_000, 2)]


def test_without_a_choice_it_is_the_first_variant():
    assert compose(WALK, Chosen(), starts_at=START).variant == SHORT


def test_what_is_counted_costs_and_takes_as_often():
    made = compose(BY_THE_HOUR, Chosen(units=6), starts_at=START)
    assert (made.minutes, made.work.quantity, made.work.unit_minor) == (360, 6, 20_000)
    assert compose(BY_THE_HOUR, Chosen(), starts_at=START).units == 2


@pytest.mark.parametrize(
    ("terms", "chosen", "field"),
    [
        (WALK, Chosen(variant=BATH), "variant"),
        (WALK, Chosen(units=2), "units"),
        (WALK, Chosen(add_ons={BATH: 3}), "add_ons"),
        (WALK, Chosen(add_ons={BATH: 0}), "add_ons"),
        (WALK, Chosen(add_ons={SHORT: 1}), "add_ons"),
        (WALK, Chosen(variant=SHORT, add_ons={TRIM: 1}), "add_ons"),
        (BY_THE_HOUR, Chosen(units=1), "units"),
        (BY_THE_HOUR, Chosen(units=3), "units"),
        (BY_THE_HOUR, Chosen(units=10), "units"),
    ],
)
def test_what_a_service_does_not_have_is_refused_by_name(terms, chosen, field):
    with pytest.raises(ChoiceRefused) as refused:
        compose(terms, chosen, starts_at=START)
    assert refused.value.details["fields"] == [field]


def test_an_extra_of_some_variants_goes_with_those():
    made = compose(WALK, Chosen(variant=LONG, add_ons={TRIM: 1}), starts_at=START)
    assert made.minutes == 105


@given(
    variant=st.integers(0, 900),
    add_ons=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 9)), max_size=5),
    units=st.integers(0, 40),
    each=st.integers(0, 120),
)
def test_a_length_is_the_sum_of_its_parts_or_refused_outside_15_to_720(
    variant, add_ons, units, each
):
    total = variant + sum(minutes * count for minutes, count in add_ons) + units * each
    said = {"variant": variant, "add_ons": add_ons, "units": units, "unit_minutes": each}
    if 15 <= total <= 720:
        assert minutes_of(**said) == total
    else:
        with pytest.raises(DurationRefused):
            minutes_of(**said)


def test_two_nights_last_from_the_afternoon_to_a_noon():
    begins, ends = block_of(START, units=2, zone="America/Mexico_City")
    assert begins == datetime(2026, 3, 4, 20, tzinfo=UTC)
    assert ends == datetime(2026, 3, 6, 18, tzinfo=UTC)


def test_a_night_in_which_the_clock_goes_back_is_an_hour_longer():
    evening = datetime(2026, 4, 4, 18, tzinfo=UTC)
    begins, ends = block_of(evening, units=1, zone="America/Santiago", ends=time(10))
    assert ends - begins == timedelta(hours=21)


@pytest.mark.parametrize("units", [0, 14])
def test_no_nights_and_more_than_a_fortnight_are_refused(units):
    with pytest.raises(DurationRefused):
        block_of(START, units=units, zone="UTC")


def contradicts(axes: Axes) -> bool:
    return (
        (axes.pricing == "quoted" and axes.booking_mode not in ("post", "request"))
        or (axes.location == "remote" and axes.completion == "pin")
        or (axes.booking_mode == "dispatch" and axes.price_owner == "worker")
        or (axes.payment == "after_service" and axes.cash)
    )


def test_of_all_ways_to_combine_the_axes_exactly_the_contradictions_are_refused():
    values = (BOOKING, LOCATION, PRICING, COMPLETION, PAYMENT, PRICE_OWNERS, (True, False))
    refused = 0
    for combined in product(*values):
        axes = Axes(**dict(zip(Axes.__slots__, combined, strict=True)))
        if contradicts(axes):
            refused += 1
            with pytest.raises(AxesRefused):
                check_axes(axes)
        else:
            check_axes(axes)
    assert (refused, 4 * 3 * 4 * 4 * 3 * 2 * 2) == (929, 2304)


def test_an_unknown_value_of_an_axis_is_refused_by_name():
    with pytest.raises(AxesRefused) as refused:
        check_axes(Axes(location="on_the_moon"))
    assert refused.value.details["fields"] == ["location"]


@pytest.mark.parametrize(
    ("pricing", "unit", "field"),
    [
        ("fixed", Unit(code="hour"), "unit"),
        ("per_unit", Unit(), "unit"),
        ("per_unit", Unit(code="hour", least=3, most=2), "unit_max"),
        ("per_unit", Unit(code="hour", least=1, most=4, step=2), "unit_step"),
    ],
)
def test_a_way_to_count_that_leads_nowhere_is_refused(pricing, unit, field):
    with pytest.raises(UnitInvalid) as refused:
        check_unit(pricing, unit)
    assert refused.value.details["fields"] == [field]


def test_the_usual_price_lies_within_the_limits_of_workers_prices():
    check_range(100, 50, 100)
    check_range(100, None, None)
    for low, high in ((101, None), (None, 99), (0, None)):
        with pytest.raises(RangeInvalid):
            check_range(100, low, high)


ROOT, A, B, C, D, OTHER = (UUID(int=number) for number in range(10, 16))
PARENTS = {ROOT: None, A: ROOT, B: A, C: B, OTHER: None}


def test_a_tree_has_four_levels_and_no_circles():
    assert level_of(D, B, PARENTS) == 4
    assert upwards(C, PARENTS) == (C, B, A, ROOT)
    assert downwards(A, PARENTS) == {A, B, C}
    for category, parent in ((D, C), (A, C), (ROOT, ROOT), (ROOT, OTHER)):
        with pytest.raises(TreeRefused):
            level_of(category, parent, PARENTS)
    assert level_of(A, OTHER, PARENTS) == 2
