"""The rules of wages by example and by property: tiers, sweeps, names, paydays, the breaker."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.rules.breaker import trips
from payments.rules.cash_out import (
    CashOutPolicy,
    Held,
    WalletFacts,
    advance_in,
    quote,
    sweepable,
    terms,
)
from payments.rules.names import same_person
from payments.rules.paydays import day_and_week, next_payday, working_days_later
from payments.rules.tiers import tier_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)  # A Friday.
MEXICO = "America/Mexico_City"
amounts = st.integers(min_value=0, max_value=10**9)
facts = st.builds(
    WalletFacts,
    at=st.just(NOON),
    available_minor=amounts,
    unsettled_minor=amounts,
    unsettled_tips_minor=amounts,
    advanced_minor=amounts,
    jobs_done=st.integers(0, 300),
    days_here=st.integers(0, 300),
    today_minor=amounts,
    week_minor=amounts,
    rail_today_minor=amounts,
)
policies = st.builds(
    CashOutPolicy,
    float_minor=amounts,
    day_sum_minor=st.none() | amounts,
    week_sum_minor=st.none() | amounts,
    rail_day_minor=st.none() | amounts,
    fast_fee_minor=st.integers(0, 10_000),
    fast_rail=st.sampled_from([None, "instant"]),
)


@pytest.mark.parametrize(
    ("jobs", "days", "name"),
    [
        (0, 0, "new"),
        (24, 400, "new"),
        (400, 13, "new"),
        (25, 14, "regular"),
        (99, 90, "regular"),
        (100, 89, "regular"),
        (100, 90, "trusted"),
    ],
)
def test_a_tier_needs_jobs_and_days(jobs, days, name):
    assert tier_of(jobs=jobs, days=days).name == name


@pytest.mark.parametrize(
    ("jobs", "days", "allowed"), [(0, 0, 80_000), (25, 14, 92_000), (100, 90, 98_000)]
)
def test_the_worked_wallet_by_tier(jobs, days, allowed):
    known = WalletFacts(
        at=NOON,
        available_minor=100_000,
        unsettled_minor=40_000,
        unsettled_tips_minor=5_000,
        jobs_done=jobs,
        days_here=days,
    )
    answer = quote(known, CashOutPolicy(float_minor=10**9))

    assert answer.allowed_minor == allowed
    assert answer.settled_minor == 55_000


@given(facts, policies)
def test_allowed_is_never_above_what_is_there_or_any_cap(known, policy):
    answer = quote(known, policy)

    assert 0 <= answer.allowed_minor <= known.available_minor
    assert all(0 <= each.most_minor <= answer.allowed_minor for each in answer.options)
    for cap, used in (
        (policy.day_sum_minor, known.today_minor),
        (policy.week_sum_minor, known.week_minor),
        (policy.rail_day_minor, known.rail_today_minor),
    ):
        assert cap is None or answer.allowed_minor <= max(0, cap - used)


@given(facts, policies, amounts)
def test_more_settled_money_never_lowers_it(known, policy, more):
    richer = replace(known, available_minor=known.available_minor + more)

    assert quote(richer, policy).allowed_minor >= quote(known, policy).allowed_minor


@given(facts, policies)
def test_an_advance_is_never_above_the_float(known, policy):
    answer = quote(known, policy)
    for option in answer.options:
        lent = advance_in(answer, amount_minor=option.most_minor, fee_minor=option.fee_minor)
        assert 0 <= lent <= policy.float_minor


@given(facts, policies)
def test_a_sweep_takes_settled_money_only_and_no_more_than_the_rails_day(known, policy):
    swept = sweepable(known, policy)
    settled = max(
        0,
        known.available_minor
        - max(0, known.unsettled_minor + known.unsettled_tips_minor - known.advanced_minor),
    )
    most = policy.rail_day_minor
    left = settled if most is None else max(0, most - known.rail_today_minor)

    assert swept == min(settled, known.available_minor, left)


def test_a_hold_on_what_is_asked_for_stops_no_sweep_but_a_doubted_account_does():
    known = WalletFacts(at=NOON, available_minor=100, account_hold="new_device")

    assert quote(known, CashOutPolicy()).allowed_minor == 0
    assert sweepable(known, CashOutPolicy()) == 100
    assert sweepable(replace(known, account_hold_stops_all=True), CashOutPolicy()) == 0
    assert sweepable(replace(known, destination_doubt="name"), CashOutPolicy()) == 0
    assert sweepable(replace(known, frozen=True), CashOutPolicy()) == 0


def test_what_rests_is_said_with_reason_and_end():
    held = Held(reason="dispute", minor=700, until=None)
    reasons = quote(
        WalletFacts(at=NOON, available_minor=100, resting=(held,)), CashOutPolicy()
    ).reasons

    assert [(each.code, each.minor, each.at) for each in reasons] == [
        ("resting_dispute", 700, None)
    ]


@pytest.mark.parametrize(
    "changed", [{"identity_revoked": True}, {"destination_doubt": "shared"}, {"frozen": True}]
)
def test_who_is_in_doubt_is_paid_nothing_and_told_why(changed):
    answer = quote(WalletFacts(at=NOON, available_minor=100, **changed), CashOutPolicy())

    assert answer.allowed_minor == 0
    assert len(answer.reasons) == 1


def test_terms_differ_when_what_was_said_about_an_amount_differs():
    known = WalletFacts(at=NOON, available_minor=1_000)
    policy = CashOutPolicy(fast_rail="instant", fast_fee_minor=5)
    told = terms(quote(known, policy), 900)

    richer = replace(known, available_minor=2_000)
    assert terms(quote(richer, policy), 900) == told
    assert terms(quote(known, replace(policy, fast_fee_minor=6)), 900) != told
    assert terms(quote(replace(known, available_minor=899), policy), 900) != told


@pytest.mark.parametrize(
    ("verified", "holder", "same"),
    [
        ("Ana María López", "LOPEZ ANA MARIA", True),
        ("João da Silva", "Joao Silva", True),
        ("Ana López", "Ana Luisa López Ruiz", True),
        ("Ana López", "Ana Ruiz", False),
        ("Ana López", "Luis López", False),
        ("Ana López", "Ana", False),
        ("Ana López", "", False),
    ],
)
def test_names_are_compared_as_people_write_them(verified, holder, same):
    assert same_person(verified, holder) is same


@pytest.mark.parametrize(
    ("after", "rhythm", "expected"),
    [
        ((2026, 11, 20, 11, 59), "daily", (2026, 11, 20, 12)),
        ((2026, 11, 20, 12, 0), "daily", (2026, 11, 21, 12)),
        ((2026, 11, 20, 12, 0), "weekly", (2026, 11, 23, 12)),
        ((2026, 11, 23, 11, 0), "weekly", (2026, 11, 23, 12)),
        ((2026, 11, 23, 12, 0), "weekly", (2026, 11, 30, 12)),
    ],
)
def test_payday_is_at_six_where_the_worker_lives(after, rhythm, expected):
    found = next_payday(after=datetime(*after, tzinfo=UTC), zone=MEXICO, rhythm=rhythm)

    assert found == datetime(*expected, tzinfo=UTC)


def test_days_of_return_leave_weekends_out():
    assert working_days_later(NOON, 5) == NOON + timedelta(days=7)
    assert working_days_later(NOON, 1) == NOON + timedelta(days=3)


def test_days_and_weeks_begin_at_midnight_where_the_worker_lives():
    day, week = day_and_week(datetime(2026, 11, 20, 5, tzinfo=UTC), MEXICO)

    assert day == datetime(2026, 11, 19, 6, tzinfo=UTC)
    assert week == datetime(2026, 11, 16, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "failed", "tripped"), [(19, 19, False), (20, 2, False), (20, 3, True), (30, 3, False)]
)
def test_the_breaker_needs_more_than_a_tenth_of_twenty(sent, failed, tripped):
    assert trips(sent=sent, failed=failed) is tripped
