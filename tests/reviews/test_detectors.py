"""Each detector sees what it is for, and overlooks what only resembles it. Stars are not seen."""

from dataclasses import fields

import pytest

import reviews.detectors  # noqa: F401  Importing finds them all.
from reviews.detectors.base import DETECTORS, look_all
from reviews.kinds import EVIDENCE, FOUND
from reviews.rules.score import PRIOR, Outcome, score
from reviews.rules.snapshot import Snapshot

NOTHING = Snapshot(as_of="2026-03-04T18:00:00+00:00")
PRAISE = "Ana llegó puntual, paseó a Canela una hora entera y me mandó fotos muy bonitas."
EIGHT = (50_000,) * 8


def sees(code: str, **facts: object) -> float | None:
    found = DETECTORS[code].find(Snapshot(as_of=NOTHING.as_of, **facts))
    return found.value


@pytest.mark.parametrize(
    ("code", "facts", "value"),
    [
        ("own_device", {"booking_devices": ("d1",), "worker_devices": ("d1", "d2")}, 1.0),
        ("own_device", {"booking_devices": ("d3",), "worker_devices": ("d1",)}, 0.0),
        ("own_device", {"review_device": "d1", "worker_devices": ("d1",)}, 0.3),
        ("own_instrument", {"instrument": "i1", "worker_instruments": ("i1",)}, 1.0),
        ("own_instrument", {"instrument": "i1", "worker_instruments": ("i2",)}, 0.0),
        ("low_price", {"paid_minor": 17_500, "usual_paid_minor": EIGHT}, 1.0),
        ("low_price", {"paid_minor": 40_000, "usual_paid_minor": EIGHT}, 0.0),
        (
            "low_price",
            {"paid_minor": 17_500, "promotion_minor": 32_500, "usual_paid_minor": EIGHT},
            0.0,
        ),
        ("low_price", {"paid_minor": 17_500, "usual_paid_minor": EIGHT[:7]}, None),
        (
            "short_visit",
            {"booked_minutes": 60, "visit_minutes": 14, "usual_visit_share": (1.0,) * 8},
            1.0,
        ),
        (
            "short_visit",
            {"booked_minutes": 60, "visit_minutes": 15, "usual_visit_share": (1.0,) * 8},
            0.0,
        ),
        ("same_text", {"text": PRAISE, "other_texts": (PRAISE.upper(),)}, 1.0),
        ("same_text", {"text": "Gracias", "other_texts": ("Gracias",)}, None),
        (
            "same_text",
            {"text": PRAISE, "other_texts": ("El plomero vino tarde y dejó la cocina mojada.",)},
            0.0,
        ),
        ("regular", {"proved_visits_before": 3, "days_known": 60}, 1.0),
        ("regular", {"proved_visits_before": 3, "days_known": 59}, 0.0),
        ("regular", {"proved_visits_before": 2, "days_known": 400}, 0.0),
    ],
)
def test_a_detector_sees_its_signal_and_not_its_neighbour(code, facts, value):
    assert sees(code, **facts) == value


def test_what_is_not_known_adds_nothing():
    result = score(look_all(NOTHING))

    assert result.contributions == {}
    assert result.log_odds == PRIOR
    assert result.outcome == Outcome.PUBLISH


def test_points_and_prior_add_up_to_the_score():
    facts = Snapshot(
        as_of=NOTHING.as_of,
        booking_devices=("d1",),
        worker_devices=("d1",),
        instrument="i1",
        worker_instruments=("i1",),
        paid_minor=20_000,
        usual_paid_minor=EIGHT,
        text=PRAISE,
        other_texts=(PRAISE[:60],),
        proved_visits_before=5,
        days_known=90,
    )
    result = score(look_all(facts))

    assert sum(result.contributions.values()) + PRIOR == pytest.approx(result.log_odds, abs=1e-9)
    assert result.contributions["own_instrument"] + result.contributions["low_price"] == 4.0
    assert result.outcome == Outcome.NOT_COUNT


def test_one_hard_signal_alone_waits_for_a_person():
    facts = Snapshot(as_of=NOTHING.as_of, booking_devices=("d1",), worker_devices=("d1",))

    assert score(look_all(facts)).outcome == Outcome.HOLD


def test_an_elder_who_writes_on_the_workers_phone_is_published():
    facts = Snapshot(as_of=NOTHING.as_of, review_device="d1", worker_devices=("d1",))

    assert score(look_all(facts)).outcome == Outcome.PUBLISH


def test_no_opinion_is_among_the_facts():
    known = {each.name for each in fields(Snapshot)}

    assert known & {"stars", "criteria", "tags", "rating", "private_stars"} == set()


def test_stored_facts_give_the_same_score_again():
    facts = Snapshot(as_of=NOTHING.as_of, text=PRAISE, other_texts=(PRAISE,), paid_minor=5)
    again = Snapshot.read(facts.canonical())

    assert again == facts
    assert again.digest() == facts.digest()
    assert score(look_all(again)) == score(look_all(facts))


def test_every_detector_has_words_for_people():
    assert {code: each.reason for code, each in DETECTORS.items()} == dict(FOUND)
    assert {each.family for each in DETECTORS.values()} <= set(EVIDENCE)
