"""Scores and intervals, against worked figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.scores import (
    InvalidScore,
    ces,
    csat,
    csat_interval,
    half_away_from_zero,
    holm,
    nps,
    nps_change,
    nps_from_scores,
    nps_interval,
    nps_permutation_p,
    response_rate,
)

counts = st.integers(min_value=0, max_value=400)


def test_skipped_questions_are_in_no_denominator():
    assert nps_from_scores([10, 10, 10, None, None])["score"] == 100.0
    assert csat([5, 4, 3, None, 1, 5, 4]) == {
        "n": 6,
        "satisfied": 4,
        "csat_pct": pytest.approx(66.6666666667),
        "mean": pytest.approx(3.6666666667),
    }


def test_ten_mixed_answers():
    scores = nps_from_scores([10, 9, 9, 8, 7, 6, 3, 10, 0, 9])

    assert (scores["promoters"], scores["passives"], scores["detractors"]) == (5, 2, 3)
    assert (scores["score"], scores["display"]) == (20.0, 20)


def test_no_answers_are_no_number():
    assert nps(0, 0, 0)["score"] is None
    assert csat([])["csat_pct"] is None
    assert ces([7])["mean_lo"] is None


@pytest.mark.parametrize("score", [11, -1, True, "9", 9.0])
def test_anything_else_is_no_score(score):
    with pytest.raises(InvalidScore) as refusal:
        nps_from_scores([score])

    assert refusal.value.code == "invalid_score"


@pytest.mark.parametrize(
    ("value", "shown"), [(12.5, 13), (-12.5, -13), (0.4, 0), (-0.5, -1), (None, None)]
)
def test_display_rounds_half_away_from_zero(value, shown):
    assert half_away_from_zero(value) == shown


@pytest.mark.parametrize(
    ("answers", "centre", "low", "high"),
    [
        ((45, 30, 25), 19.4174757282, 3.7702544119, 35.0646970444),
        ((5, 0, 0), 62.5, 17.4914530342, 100.0),
    ],
)
def test_the_interval_is_adjusted_and_clipped(answers, centre, low, high):
    interval = nps_interval(*answers)

    assert interval["adj_score"] == pytest.approx(centre)
    assert (interval["lo"], interval["hi"]) == (pytest.approx(low), pytest.approx(high))


@given(counts, counts, counts)
def test_an_interval_never_has_zero_width(promoters, passives, detractors):
    interval = nps_interval(promoters, passives, detractors)

    assert -100 <= interval["lo"] < interval["hi"] <= 100


def test_a_change_of_25_points_at_100_answers_is_told_apart():
    change = nps_change([40, 35, 25], [55, 30, 15])

    assert change["diff"] == 25.0
    assert (change["z"], change["p"]) == (pytest.approx(2.2963851449), pytest.approx(0.0216538696))


def test_five_points_at_100_answers_are_not():
    assert nps_change([45, 30, 25], [50, 30, 20])["p"] > 0.05


def test_the_exact_test_of_equal_periods_says_one():
    assert nps_permutation_p([3, 2, 1], [3, 2, 1]) == pytest.approx(1.0)
    assert nps_permutation_p([0, 0, 5], [5, 0, 0]) == pytest.approx(2 / 252)


def test_testing_five_segments_costs():
    adjusted = holm([0.001, 0.012, 0.03, 0.04, 0.2])

    assert adjusted["adjusted"] == pytest.approx([0.005, 0.048, 0.09, 0.09, 0.2])
    assert adjusted["significant"] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("satisfied", "n", "low", "high"),
    [(0, 5, 0.0, 43.4482464783), (18, 20, 69.8966354772, 97.2133518786)],
)
def test_csat_has_a_wilson_interval(satisfied, n, low, high):
    interval = csat_interval(satisfied, n)

    assert interval["lo_pct"] == pytest.approx(low, abs=1e-6)
    assert interval["hi_pct"] == pytest.approx(high)


def test_effort_has_a_student_interval():
    effort = ces([7, 6, 6, 5, 4, 7, 2, 6, 5, 7])

    assert (effort["mean"], effort["easy_pct"]) == (5.5, 80.0)
    assert effort["mean_lo"] == pytest.approx(4.3689214186)
    assert effort["mean_hi"] == pytest.approx(6.6310785814)


def test_what_never_arrived_is_in_no_denominator():
    rates = response_rate(
        created=230,
        suppressed_by_fatigue=15,
        undeliverable=10,
        delivered=205,
        opened=140,
        partial=12,
        completed=64,
    )

    assert rates["denominator"] == 205
    assert rates["response_rate_complete"] == pytest.approx(64 / 205)
    assert rates["completion_of_starters"] == pytest.approx(64 / 76)
