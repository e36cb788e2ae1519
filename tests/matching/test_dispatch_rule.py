"""Whom a job is offered to, in which order, and what each of them can read about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.matching.rules import dispatch
from marketplace.matching.rules.dispatch import Barrier, Candidate, Factor
from marketplace.matching.rules.waves import Rounds, chosen, next_at, no_match_at

ANA = Candidate(worker="ana", km=5.0, radius_km=20, rating=4.6, earned_minor=900, available_hours=9)
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
amounts = st.integers(0, 10**9)
people = st.lists(
    st.builds(
        Candidate,
        worker=st.uuids().map(str),
        km=st.floats(0, 60),
        radius_km=st.none() | st.floats(1, 100),
        rating=st.floats(0, 5),
        stated=st.just(4),
        met=st.integers(0, 4),
        favourite=st.booleans(),
        earned_minor=amounts,
        available_hours=st.floats(0, 300),
        exposure=st.integers(0, 30),
        barriers=st.lists(st.sampled_from([each.value for each in Barrier]), max_size=2),
    ),
    max_size=12,
    unique_by=lambda each: each.worker,
)


def test_the_weighted_sum_is_the_published_example() -> None:
    features = {"distance": 0.75, "rating": 0.92, "preference": 1.0, "fair_share": 0.5}
    assert sum(dispatch.contributions(features).values()) == pytest.approx(0.784, abs=1e-12)


def test_features_come_from_plain_facts() -> None:
    # e = (900 + 100) / (9 + 1) = 100 = ē: exactly in the middle.
    assert dispatch.features(ANA, mean_minor=100) == {
        "distance": 0.75,
        "rating": pytest.approx(0.92),
        "preference": 1.0,
        "fair_share": 0.5,
    }


@pytest.mark.parametrize(
    ("candidate", "factor", "value"),
    [
        (replace(ANA, radius_km=None, km=15), Factor.DISTANCE, 0.25),
        (replace(ANA, km=30), Factor.DISTANCE, 0.0),
        (replace(ANA, stated=4, met=1), Factor.PREFERENCE, 0.25),
        (replace(ANA, stated=4, met=1, favourite=True), Factor.PREFERENCE, 1.0),
        (replace(ANA, earned_minor=0), Factor.FAIR_SHARE, 0.95),
        (replace(ANA, earned_minor=10_000), Factor.FAIR_SHARE, 0.0),
    ],
)
def test_each_feature_by_itself(candidate: Candidate, factor: str, value: float) -> None:
    assert dispatch.features(candidate, mean_minor=100)[factor] == pytest.approx(value)


def test_where_nobody_has_earned_anything_everybody_is_in_the_middle() -> None:
    assert dispatch.fair_share(ANA, mean_minor=0) == 0.5


def test_near_scores_take_turns_and_far_ones_do_not() -> None:
    scores = {"a": 0.90, "b": 0.86, "c": 0.85, "d": 0.84}
    exposure = {"a": 3, "b": 1, "c": 1, "d": 0}
    assert dispatch.in_turn(scores, exposure) == ["b", "c", "a", "d"]


def test_the_first_rule_that_is_broken_is_named() -> None:
    both = replace(ANA, barriers=("rest", "area"))
    assert dispatch.excluded([both, replace(ANA, worker="eva")]) == {"ana": "area"}


def test_three_reasons_the_strongest_first_and_none_that_added_nothing() -> None:
    (placed,) = dispatch.rank([replace(ANA, earned_minor=10_000)], mean_minor=100)
    assert dispatch.reasons(placed) == ["distance", "rating"]
    (placed,) = dispatch.rank([replace(ANA, stated=2, met=2)], mean_minor=100)
    assert dispatch.reasons(placed) == ["distance", "preference", "rating"]


def test_a_wish_that_nobody_had_and_a_favourite_are_no_reasons_that_are_told() -> None:
    for silent in (replace(ANA, km=20), replace(ANA, km=20, stated=1, favourite=True)):
        (placed,) = dispatch.rank([silent], mean_minor=100)
        assert placed.contributions["preference"] == pytest.approx(0.2)
        assert dispatch.reasons(placed) == ["rating", "fair_share"]


def test_somebody_left_out_reads_how_much_nearer_would_have_done() -> None:
    # 0.9 beside 0.7; in the band of the first, whoever was asked less goes first.
    near = replace(ANA, worker="near", km=0.0, exposure=5)
    far = replace(ANA, worker="far", km=10.0, exposure=0)
    placed = dispatch.rank([near, far], mean_minor=100)
    change = dispatch.why_not(placed, "far", most=1)
    assert change is not None
    assert (change.factor, round(change.by, 6)) == ("distance", 7.5)
    assert dispatch.why_not(placed, "near", most=1) is None


def test_who_could_change_nothing_alone_is_told_nothing() -> None:
    first = replace(ANA, worker="a", km=0, rating=5.0, earned_minor=0)
    other = replace(ANA, worker="b", km=0, rating=5.0, earned_minor=10_000)
    assert dispatch.why_not(dispatch.rank([first, other], mean_minor=100), "b", most=1) is None


@given(people, st.floats(0, 10**6))
def test_what_each_feature_adds_sums_to_the_score(everyone: list[Candidate], mean: float) -> None:
    for placed in dispatch.rank(everyone, mean_minor=mean):
        assert abs(sum(placed.contributions.values()) - placed.score) < 1e-9
        assert all(0 <= value <= 1 for value in placed.features.values())
        assert len(dispatch.reasons(placed)) <= 3


@given(people, st.floats(0, 10**6), st.randoms())
def test_a_record_gives_the_same_order_whatever_order_it_was_told_in(
    everyone: list[Candidate], mean: float, chance: st.DataObject
) -> None:
    before = [each.candidate.worker for each in dispatch.rank(everyone, mean_minor=mean)]
    again = dispatch.heard(dispatch.told(everyone))
    chance.shuffle(again)  # type: ignore[attr-defined]  # It is a `random.Random`.
    assert [each.candidate.worker for each in dispatch.rank(again, mean_minor=mean)] == before
    assert set(before) | set(dispatch.excluded(everyone)) == {each.worker for each in everyone}


@given(people)
def test_nobody_goes_before_somebody_better_by_more_than_the_band(
    everyone: list[Candidate],
) -> None:
    placed = dispatch.rank(everyone, mean_minor=100)
    for one, after in pairwise(placed):
        assert after.score - one.score <= dispatch.BAND + 1e-8


@given(people, st.integers(1, 4))
def test_the_change_that_is_told_is_enough(everyone: list[Candidate], most: int) -> None:
    placed = dispatch.rank(everyone, mean_minor=100)
    for each in placed[most:]:
        change = dispatch.why_not(placed, each.candidate.worker, most=most)
        if change is None or change.factor == Factor.PREFERENCE:
            continue
        own = each.candidate
        better = (
            replace(own, km=max(min(own.km, own.reach) - change.by, 0))
            if change.factor == Factor.DISTANCE and own.km <= own.reach
            else replace(own, rating=own.rating + change.by)
        )
        if change.factor == Factor.DISTANCE and own.km > own.reach:
            continue
        others = [one for one in everyone if one.worker != own.worker]
        again = dispatch.rank([*others, better], mean_minor=100)
        assert [one.candidate.worker for one in again].index(own.worker) < most


def test_waves_ask_the_next_best_and_in_the_end_everybody() -> None:
    order = [f"w{n}" for n in range(9)]
    rounds = Rounds(size=2, most=2)
    first = chosen(order, asked=frozenset(), number=1, rounds=rounds)
    second = chosen(order, asked=frozenset(first), number=2, rounds=rounds)
    rest = chosen(order, asked=frozenset([*first, *second]), number=3, rounds=rounds)
    assert (first, second, rest) == (order[:2], order[2:4], order[4:])
    ends = [next_at(at=NOON, number=n, rounds=rounds) for n in (1, 2, 3)]
    assert ends == [NOON + timedelta(minutes=10), NOON + timedelta(minutes=10), None]


@pytest.mark.parametrize(
    ("starts_in", "quiet", "due_in"),
    [
        (48.0, [], 4.0),
        (3.0, [], 1.0),
        (1.0, [], 1 / 6),
        (48.0, [(8.0, 21.0)], 4.0),
        (48.0, [(2.0, 15.0)], 17.0),
        (48.0, [(-1.0, 12.0), (23.0, 36.0)], 16.0),
        (48.0, [(-9.0, -1.0)], 4.0),
    ],
)
def test_a_job_is_looked_after_for_some_hours_that_are_not_quiet(
    starts_in: float, quiet: list[tuple[float, float]], due_in: float
) -> None:
    def later(hours: float) -> datetime:
        return NOON + timedelta(hours=hours)

    due = no_match_at(
        entered_at=NOON,
        starts_at=later(starts_in),
        within=timedelta(hours=4),
        quiet=[(later(begins), later(ends)) for begins, ends in quiet],
    )
    assert due == later(due_in)
