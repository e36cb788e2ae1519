"""Which commission applies."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from marketplace.bookings.rules.commission import (
    Facts,
    Kind,
    NoticeTooShort,
    Rule,
    amount_minor,
    check_notice,
    choose,
)
from marketplace.bookings.rules.lines import Kind as Of
from marketplace.bookings.rules.lines import Line

AT = datetime(2026, 11, 21, 16, tzinfo=UTC)
PETS, WALKS, CLEANING, ANA, WALK = (UUID(int=number) for number in range(1, 6))
FACTS = Facts(at=AT, category_ids=(WALKS, PETS), service_id=WALK, worker_id=ANA)


def rule(number, **values):
    values.setdefault("made_at", AT - timedelta(days=9))
    return Rule(kind=Kind.WORKER_COMMISSION, rule_id=UUID(int=100 + number), **values)


def chosen(*rules):
    return choose(rules, kind=Kind.WORKER_COMMISSION, facts=FACTS)


def test_more_dimensions_win():
    fifteen = rule(1, rate_bp=1_500, category_id=PETS)
    ten = rule(2, rate_bp=1_000, category_id=PETS, worker_id=ANA)

    assert chosen(fifteen, ten) == ten
    assert choose([fifteen, ten], kind=Kind.WORKER_COMMISSION, facts=Facts(at=AT)).rate_bp == 0


def test_the_nearest_category_wins_and_descendants_count():
    pets, walks = rule(1, category_id=PETS), rule(2, category_id=WALKS)

    assert chosen(pets) == pets
    assert chosen(pets, walks) == walks


def test_then_priority_then_age():
    plain, urgent, old = rule(1), rule(2, priority=5), rule(3, made_at=AT - timedelta(days=99))

    assert chosen(plain, urgent, old) == urgent
    assert chosen(plain, old) == old


@pytest.mark.parametrize(
    "elsewhere",
    [
        rule(1, category_id=CLEANING),
        rule(1, service_id=PETS),
        rule(1, worker_tier="gold"),
        rule(1, valid_from=AT + timedelta(seconds=1)),
        rule(1, valid_to=AT),
    ],
)
def test_a_rule_for_something_else_takes_nothing(elsewhere):
    assert chosen(elsewhere).rule_id is None


def test_a_rule_is_valid_from_its_first_moment_until_before_its_last():
    assert chosen(rule(1, valid_from=AT, valid_to=AT + timedelta(seconds=1))).rule_id is not None


def lines(*amounts, commissionable=True):
    return [
        Line(kind=Of.SERVICE, code="s", label="s", unit_minor=each, commissionable=commissionable)
        for each in amounts
    ]


def test_each_line_is_rounded_on_its_own_half_up():
    assert amount_minor(rule(1, rate_bp=1_000), lines=lines(5, 5)) == 2
    assert amount_minor(rule(1, rate_bp=1_000), lines=lines(4, 4)) == 0


@pytest.mark.parametrize(
    ("limits", "taken"),
    [
        ({"min_minor": 2_000}, 2_000),
        ({"max_minor": 700}, 700),
        ({"fixed_minor": 50}, 1_050),
        ({"fixed_minor": 99_999}, 10_000),
    ],
)
def test_limits_and_never_more_than_the_work(limits, taken):
    assert amount_minor(rule(1, rate_bp=1_000, **limits), lines=lines(10_000)) == taken


def test_lines_that_bear_no_commission():
    assert amount_minor(rule(1, rate_bp=1_000), lines=lines(10_000, commissionable=False)) == 0


def test_a_worse_share_needs_fifteen_days_and_a_better_one_none():
    before, worse, better = (rule(1, rate_bp=bp) for bp in (1_000, 1_001, 999))

    check_notice(before=before, after=better, at=AT, starts_at=None)
    with pytest.raises(NoticeTooShort):
        check_notice(before=before, after=worse, at=AT, starts_at=None)
    later = rule(1, rate_bp=1_001, valid_from=AT + timedelta(days=15))
    check_notice(before=before, after=later, at=AT, starts_at=later.valid_from)
