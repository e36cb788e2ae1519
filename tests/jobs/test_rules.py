"""The tables of jobs and offers, and what may be said in them: rules alone, no database."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from kernel.errors import Refusal
from marketplace.bookings.rules.process import NotYourStep, Party
from marketplace.jobs.rules import offering, posting
from marketplace.jobs.rules.offering import Part, Terms
from marketplace.jobs.rules.posting import Window
from marketplace.jobs.rules.states import (
    FREE,
    JOB,
    OFFER,
    REVIEW,
    JobState,
    MovedOn,
    OfferState,
    Row,
    Table,
    faults,
)

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE = Window(AT + DAY, AT + DAY + 4 * HOUR)
TERMS = Terms(
    parts=(
        Part(label="Pintar", unit_minor=40_000),
        Part(label="Lata", unit_minor=5_000, quantity=2),
    ),
    minutes=120,
    slots=(AT + DAY, AT + DAY + HOUR),
)  # fmt: skip
PARTIES = (Party.CUSTOMER, Party.WORKER, Party.STAFF, Party.SYSTEM)


@pytest.mark.parametrize("table", [JOB, OFFER], ids=lambda table: table.code)
def test_every_state_party_and_step_outside_the_table_is_refused(table):
    steps = {row.step for row in table.transitions}
    allowed = {
        (origin, row.step, party)
        for row in table.transitions
        for origin in row.origins
        for party in row.parties
    }
    refused = 0
    for origin, step, party in product((None, *table.states), steps, PARTIES):
        outcomes = {_outcome(table, step, origin, party, branch) for branch in (FREE, REVIEW)}
        if (origin, step, party) in allowed:
            assert outcomes <= set(table.states)
        else:
            refused += 1
            known = any(state == origin and name == step for state, name, _ in allowed)
            assert outcomes == {NotYourStep if known else MovedOn}, (origin, step, party)
    assert refused == 7 * len(steps) * 4 - len(allowed)


def _outcome(table, step, origin, party, branch):
    try:
        return table.take(step, origin=origin, party=party, branch=branch).to
    except Refusal as refusal:
        return type(refusal)


def test_the_tables_end_where_they_should_and_a_dead_end_is_found():
    assert set(JOB.terminal) == {JobState.AWARDED, JobState.EXPIRED, JobState.WITHDRAWN}
    assert set(OFFER.terminal) == {
        *(OfferState.ACCEPTED, OfferState.WITHDRAWN, OfferState.EXPIRED, OfferState.LOST)
    }
    assert (faults(JOB), faults(OFFER)) == ([], [])
    stuck = Table(
        code="stuck",
        states=JobState,
        transitions=(
            Row(step="create", origins=(None,), parties=(Party.CUSTOMER,), to=JobState.DRAFT),
            Row(step="e", origins=(JobState.DRAFT,), parties=(Party.CUSTOMER,), to=JobState.DRAFT),
        ),
    )  # fmt: skip
    assert "draft has no way out" in faults(stuck)
    assert "open cannot be reached" in faults(stuck)


@pytest.mark.parametrize(
    "windows",
    [
        [ONE] * 4,
        [Window(AT + DAY, AT + DAY)],
        [Window(AT - 2 * HOUR, AT)],
        [Window(AT + 60 * DAY, AT + 60 * DAY + HOUR)],
        [Window(AT + DAY, AT + 8 * DAY + HOUR)],
    ],
)
def test_times_that_make_no_sense_are_refused(windows):
    with pytest.raises(posting.WindowInvalid) as refused:
        posting.check_windows(windows, at=AT)
    assert refused.value.details == {"fields": ["windows"]}


def test_one_to_three_times_stand_in_order_and_none_means_any():
    later = Window(AT + 2 * DAY, AT + 2 * DAY + HOUR)
    assert posting.check_windows([later, ONE, ONE], at=AT) == (ONE, later)
    assert posting.check_windows([], at=AT) == ()


@pytest.mark.parametrize(("text", "ok"), [("x" * 19, False), ("x" * 20, True), ("x" * 2001, False)])
def test_a_text_says_enough_and_not_too_much(text, ok):
    if ok:
        assert posting.check_text(f"  {text} ") == text
        return
    with pytest.raises(posting.JobInvalid):
        posting.check_text(text)


def test_a_job_full_of_contacts_is_looked_at_first():
    held = [posting.is_reviewed(always=False, hidden=count) for count in (0, 2, 3)]
    assert held == [False, False, True]
    assert posting.is_reviewed(always=True, hidden=0)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"parts": ()}, "lines"),
        ({"parts": (Part(label=" ", unit_minor=1),)}, "lines"),
        ({"parts": (Part(label="x", unit_minor=0),)}, "lines"),
        ({"parts": (Part(label="x", unit_minor=-5),)}, "lines"),
        ({"parts": (Part(label="x", unit_minor=5),) * 11}, "lines"),
        ({"minutes": 14}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"message": "x" * 1001}, "message"),
        ({"slots": ()}, "slots"),
        ({"slots": (AT + DAY,) * 2}, "slots"),
        ({"slots": (AT,)}, "slots"),
        ({"slots": tuple(AT + DAY + n * HOUR for n in range(4))}, "slots"),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused(changed, field):
    given = {name: getattr(TERMS, name) for name in TERMS.__slots__} | changed
    with pytest.raises(offering.OfferInvalid) as refused:
        offering.check_terms(Terms(**given), windows=(), at=AT)
    assert refused.value.details == {"fields": [field]}


def test_an_offer_adds_up_and_keeps_to_the_times_of_the_job():
    assert offering.check_terms(TERMS, windows=(ONE,), at=AT).amount_minor == 50_000
    with pytest.raises(offering.SlotOutside):
        offering.check_slots((ONE.ends_at,), windows=(ONE,), at=AT)


def test_places_fill_from_the_first_and_no_further():
    assert offering.place_for([], most=2) == 1
    assert offering.place_for([2], most=2) == 1
    with pytest.raises(offering.JobFull):
        offering.place_for([1, 2], most=2)


def test_three_rounds_and_no_fourth():
    assert [offering.check_round(rounds) for rounds in (0, 1, 2)] == [1, 2, 3]
    with pytest.raises(offering.NoMoreRounds):
        offering.check_round(3)


def test_until_when_an_offer_stands_and_a_job_is_open():
    assert offering.valid_until(AT, slots=[AT + 5 * DAY]) == AT + 48 * HOUR
    assert offering.valid_until(AT, slots=[AT + HOUR, AT + 3 * HOUR]) == AT + 3 * HOUR
    gone = {"at": AT, "stood_until": AT + 40 * HOUR}
    assert offering.after_slot_gone(**gone, left=[]) == (AT + 12 * HOUR, AT + 12 * HOUR)
    assert offering.after_slot_gone(**gone, left=[AT]) == (AT + 12 * HOUR, AT + 40 * HOUR)
    assert offering.closes_at(open_until=AT, offers_until=[]) == AT
    assert offering.closes_at(open_until=AT, offers_until=[AT + HOUR]) == AT + HOUR
