"""Support's clocks, states and chains. No database."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.support.rules.assignment import next_owner
from tenants.support.rules.case_states import (
    STATES,
    STEPS,
    CauseMissing,
    NotNow,
    after,
    check_cause,
)
from tenants.support.rules.chain import FIRST, canonical, first_break, link
from tenants.support.rules.clocks import business_minutes, due_after, support_clocks
from tenants.support.rules.explain import explain_score, reasons_of, strongest

WEEK = {str(day): ("09:00", "18:00") for day in range(5)}
BOGOTA = "America/Bogota"


def minutes(start: str, end: str, **more: object) -> dict[str, float]:
    return business_minutes(
        **{"tz": BOGOTA, "start": start, "end": end, "business_hours": WEEK, **more}
    )


def test_friday_evening_to_monday_morning_is_75_working_minutes():
    counted = minutes("2026-03-06T17:30", "2026-03-09T09:45")
    assert counted == {
        "business_minutes": 75,
        "calendar_minutes": 3855,
        "wall_difference_minutes": 3855,
    }


def test_saturday_counts_nothing_and_neither_does_a_holiday():
    assert minutes("2026-03-07T10:00", "2026-03-07T12:00")["business_minutes"] == 0
    on_holiday = minutes("2026-03-09T10:00", "2026-03-09T12:00", holidays=["2026-03-09"])
    assert on_holiday["business_minutes"] == 0


def test_a_pause_leaves_the_clock_and_two_overlapping_ones_leave_it_once():
    pause = ["2026-03-10T11:00", "2026-03-11T10:00"]
    for pauses in ([pause], [pause, ["2026-03-10T12:00", "2026-03-10T13:00"]]):
        counted = minutes("2026-03-10T10:00", "2026-03-11T12:00", pauses=pauses)
        assert counted["business_minutes"] == 180


def test_the_night_the_clock_changes_is_counted_in_real_hours():
    chile = {"tz": "America/Santiago", "business_hours": "24x7"}
    counted = minutes("2026-04-04T18:00", "2026-04-05T06:00", **chile)
    assert (counted["business_minutes"], counted["wall_difference_minutes"]) == (13 * 60, 12 * 60)


def test_a_day_may_have_two_shifts():
    siesta = {"0": [["16:00", "18:00"], ["09:00", "12:00"]]}
    counted = minutes("2026-03-09T11:00", "2026-03-09T17:00", business_hours=siesta)
    assert counted["business_minutes"] == 120


@given(st.integers(1, 5_000), st.integers(0, 60 * 24 * 14))
def test_what_is_due_after_so_many_minutes_is_so_many_minutes_away(wanted, offset):
    start = datetime.fromtimestamp(1_772_800_000 // 60 * 60 + offset * 60, tz=UTC)
    due = due_after(start, minutes=wanted, zone="UTC", week=WEEK)
    plain = [each.replace(tzinfo=None).isoformat() for each in (start, due)]
    assert minutes(*plain, tz="UTC")["business_minutes"] == wanted


def test_a_bot_does_not_stop_the_clock():
    events = [(0, "created"), (1, "bot"), (50, "agent_public"), (120, "solved")]
    assert support_clocks(events_min=events, frt_target=60, rt_target=480) == {
        "frt_min": 50,
        "frt_status": "hit",
        "first_resolution_min": 120,
        "full_resolution_min": 120,
        "rt_status": "hit",
        "reopens": 0,
    }


def test_exactly_on_time_is_on_time_and_reopening_takes_the_resolution_back():
    events = [(60, "agent_public"), (100, "solved"), (110, "reopened")]
    clocks = support_clocks(events_min=events, frt_target=60, rt_target=90)
    assert (clocks["frt_status"], clocks["full_resolution_min"]) == ("hit", None)
    assert (clocks["rt_status"], clocks["reopens"]) == (None, 1)


@pytest.mark.parametrize(("now", "status"), [(60, "pending"), (61, "missed"), (None, "missed")])
def test_without_a_reply_the_clock_is_pending_until_its_target(now, status):
    clocks = support_clocks(events_min=[(0, "created")], frt_target=60, rt_target=90, now=now)
    assert clocks["frt_status"] == status


@pytest.mark.parametrize("state", STATES)
def test_every_step_that_is_not_in_the_table_is_refused(state):
    steps = {step for _, step in STEPS}
    for step in steps:
        if (state, step) in STEPS:
            assert after(state, step) in STATES
        else:
            with pytest.raises(NotNow):
                after(state, step)


def test_a_case_is_resolved_with_a_cause_and_an_action_only():
    check_cause("travel", "Called and moved the visit.")
    for cause, action, fields in [
        ("", "x", ["root_cause"]),
        ("weather", "x", ["root_cause"]),
        ("travel", "  ", ["action"]),
    ]:
        with pytest.raises(CauseMissing) as refused:
            check_cause(cause, action)
        assert refused.value.details == {"fields": fields}


def test_the_next_case_goes_to_whoever_has_the_fewest():
    one, two = UUID(int=1), UUID(int=2)
    assert next_owner([one, two], open_cases={one: 2, two: 1}) == two
    assert next_owner([one, two], open_cases={}) == one


def test_a_changed_record_breaks_the_chain_where_it_stands():
    links, previous = [], FIRST
    for number in range(1, 4):
        body = canonical({"number": number, "b": "ñ", "a": [1, 2.5]})
        links.append((previous, body, previous := link(previous, body)))
    assert first_break(links) is None
    links[1] = (links[1][0], links[1][1].replace("2.5", "2.6"), links[1][2])
    assert first_break(links) == 2
    assert first_break(links[2:]) == 1


def test_a_record_is_hashed_as_sorted_compact_utf8():
    assert canonical({"b": "ñ", "a": {"d": None, "c": 1}}) == '{"a":{"c":1,"d":null},"b":"ñ"}'


def test_an_explanation_adds_up_to_its_score():
    weights = {"distance": 0.4, "rating": 0.2, "preference": 0.2, "fair_share": 0.2}
    features = {"distance": 0.75, "rating": 0.92, "preference": 1.0, "fair_share": 0.5}
    told = explain_score(weights=weights, features=features)
    assert told["score"] == pytest.approx(0.784, abs=1e-9)
    assert told["order"] == ["distance", "preference", "rating", "fair_share"]
    assert told["explanation_reasons"] == ["distance", "preference", "rating"]


def test_at_most_three_reasons_and_none_that_added_nothing():
    assert strongest({"a": 0.0, "b": 0.1, "c": -0.3}) == ["c", "b"]
    assert reasons_of(["w", "x", "y", "z"], {}) == ["w", "x", "y"]
    assert reasons_of([], {"a": 1.0}) == ["a"]
