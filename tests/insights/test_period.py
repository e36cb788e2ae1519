"""Figures of a period: waiting times, outcomes and who comes again, against worked examples."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from insights.rules.period import Part, came_again, outcome
from insights.rules.survival import waiting_times

WORKED = waiting_times([1, 2, 2, 3, 5, 7, 14, 20], [9, *[30] * 5])
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_worked_example_of_waiting_times():
    week, fortnight = WORKED.share_by(7), WORKED.share_by(14)
    assert (WORKED.n, WORKED.happened, WORKED.median) == (14, 8, 14)
    assert week.value == pytest.approx(3 / 7)
    assert fortnight.value == pytest.approx(25 / 49)


def test_its_interval_is_on_the_log_log_scale():
    week = WORKED.share_by(7)
    # S = 4/7, V = 3/56: 1 − S^exp(±1.96·√V/ln S).
    assert (week.low, week.high) == (
        pytest.approx(0.220258, abs=1e-6),
        pytest.approx(0.715995, abs=1e-6),
    )


def test_who_joined_lately_counts_for_as_long_as_they_were_watched():
    assert waiting_times([2], [1, 3]).share_by(2).value == pytest.approx(0.5)
    assert waiting_times([2], [2]).share_by(2).value == pytest.approx(0.5)


def test_a_median_that_is_not_reached_is_none_and_no_number():
    curve = waiting_times([5], [30, 30, 30])
    assert (curve.median, curve.share_by(4).value, curve.share_by(31)) == (None, 0.0, None)


def test_of_nobody_nothing_is_known():
    curve = waiting_times([], [])
    assert (curve.n, curve.median, curve.share_by(7)) == (0, None, None)


def test_when_it_happened_to_all_there_is_no_interval():
    assert waiting_times([1, 2], []).share_by(2) == (1.0, None, None)


def booked(number, **more):
    usual = {
        "id": UUID(int=number),
        "state": "completed",
        "confirmed_at": NOON,
        "finished_at": NOON,
        "accused": "",
        "moves": 0,
        "work_minor": 10_000,
        "commission_minor": 1_200,
        "fee_minor": 500,
    }
    return usual | more


def test_shares_are_of_what_was_confirmed():
    rows = [
        booked(1),
        booked(2, moves=1),
        booked(3, state="cancelled", finished_at=None),
        booked(4, state="no_show", accused="worker", finished_at=None),
        booked(5, state="expired", confirmed_at=None, finished_at=None),
    ]
    steps = {
        (UUID(int=3), "cancel", "customer"),
        (UUID(int=5), "cancel", "staff"),
        (UUID(int=2), "dispute", "customer"),
    }
    went = outcome(rows, steps)

    assert (went.confirmed, went.completed) == (4, Part(2, 4))
    assert (went.cancelled_by_customer, went.cancelled_by_office) == (Part(1, 4), Part(0, 4))
    assert (went.missed_by_worker, went.missed_by_customer) == (Part(1, 4), Part(0, 4))
    assert (went.disputed, went.moved) == (Part(1, 4), Part(1, 4))
    assert went.take_rate == pytest.approx(3_400 / 21_000)


def test_of_nothing_there_is_no_share():
    went = outcome([], set())
    assert (went.take_rate, went.completed.share, went.completed.interval) == (None, None, None)


def test_only_who_had_90_days_to_come_again_is_counted():
    ana, ben, cleo, dora = (UUID(int=each) for each in range(4))
    days = {ana: (200, 150), ben: (200, 100), cleo: (90,), dora: (89, 10)}
    visits = [(who, NOON - timedelta(days=ago)) for who, all_ in days.items() for ago in all_]
    assert came_again(visits, at=NOON) == Part(1, 3)
