"""When somebody can come, by example and by property."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.matching.rules.slots import (
    Calendar,
    Hours,
    Limits,
    Span,
    Taken,
    WindowTooLong,
    check_window,
    instant,
    merged,
    open_spans,
    slots,
    without,
)

SANTIAGO = ZoneInfo("America/Santiago")
MEXICO = ZoneInfo("America/Mexico_City")
ZONES = [
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Mexico_City",
    "America/Bogota",
    "America/Lima",
    "America/Asuncion",
    "America/Tijuana",
    "America/Havana",
    "America/Argentina/Buenos_Aires",
]
MONDAY = datetime(2026, 3, 2, tzinfo=MEXICO)
LONG_AGO = datetime(2026, 3, 1, tzinfo=UTC)


def at_home(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=MEXICO).astimezone(UTC)


def every_day(starts: time, ends: time) -> list[Hours]:
    return [Hours(weekday, starts, ends) for weekday in range(7)]


def starts(calendar: Calendar, limits: Limits, *, at: datetime = LONG_AGO, days: int = 1) -> list:
    found = slots(calendar, limits, at=at, from_=MONDAY, to=MONDAY + timedelta(days=days))
    return [f"{slot.starts_at.astimezone(calendar.zone):%d %H:%M}" for slot in found]


def only_span(row: Hours, day: date) -> Span:
    (span,) = open_spans([row], SANTIAGO, first=day, last=day)
    return span


def test_the_night_the_clock_goes_back_an_evening_lasts_three_hours():
    span = only_span(Hours(5, time(22), time(0)), date(2026, 4, 4))
    assert span.ends_at - span.starts_at == timedelta(hours=3)


def test_the_night_the_clock_goes_forward_two_hours_last_one():
    span = only_span(Hours(6, time(0), time(2)), date(2026, 9, 6))
    assert span.ends_at - span.starts_at == timedelta(hours=1)
    assert span.starts_at == datetime(2026, 9, 6, 4, tzinfo=UTC)


def test_a_skipped_time_is_the_first_moment_that_exists():
    skipped = instant(datetime(2026, 9, 6, 0, 30), SANTIAGO)  # noqa: DTZ001 Local on purpose.
    assert skipped == datetime(2026, 9, 6, 4, tzinfo=UTC)


def test_a_repeated_time_begins_early_and_ends_late():
    twice = datetime(2026, 4, 4, 23, 30)  # noqa: DTZ001 Local on purpose.
    assert instant(twice, SANTIAGO) == datetime(2026, 4, 5, 2, 30, tzinfo=UTC)
    assert instant(twice, SANTIAGO, ends=True) == datetime(2026, 4, 5, 3, 30, tzinfo=UTC)


def test_a_slot_fits_into_the_plan_to_the_minute():
    calendar = Calendar(MEXICO, [Hours(0, time(9), time(11))])
    assert starts(calendar, Limits(minutes=60)) == ["02 09:00", "02 09:30", "02 10:00"]


def test_buffers_of_neighbours_add_up():
    job = Span(at_home(10), at_home(11))
    busy = [Taken(job, Span(job.starts_at, job.ends_at + timedelta(minutes=15)))]
    calendar = Calendar(MEXICO, [Hours(0, time(10), time(13))], (), busy)
    limits = Limits(minutes=60, buffer_before=15, slot_step=15)
    assert starts(calendar, limits)[0] == "02 11:30"


def test_a_row_may_cross_midnight_and_join_the_next_day():
    plan = [Hours(0, time(22), time(0)), Hours(1, time(0), time(1))]
    found = starts(Calendar(MEXICO, plan), Limits(minutes=120, slot_step=60), days=2)
    assert found == ["02 22:00", "02 23:00"]
    late = Calendar(MEXICO, [Hours(0, time(22), time(2))])
    found = starts(late, Limits(minutes=120, slot_step=60), days=2)
    assert found == ["02 22:00", "02 23:00", "03 00:00"]


def test_time_off_is_closed_and_buffers_may_leave_the_plan():
    off = [Span(at_home(10), at_home(12))]
    calendar = Calendar(MEXICO, [Hours(0, time(9), time(13))], off)
    assert starts(calendar, Limits(minutes=60)) == ["02 09:00", "02 12:00"]


def test_notice_and_horizon_bound_what_can_be_asked_for():
    calendar = Calendar(MEXICO, every_day(time(9), time(12)))
    limits = Limits(minutes=60, horizon_days=1)
    found = starts(calendar, limits, at=at_home(8, 15), days=5)
    assert found == ["02 10:30", "02 11:00"]


def test_a_day_has_so_many_minutes_of_work():
    job = Span(at_home(8), at_home(17))
    busy = [Taken(job, job)]
    calendar = Calendar(MEXICO, every_day(time(8), time(22)), (), busy)
    assert starts(calendar, Limits(minutes=60, max_minutes_day=600))[0] == "02 17:00"
    assert starts(calendar, Limits(minutes=61, max_minutes_day=600)) == []


def test_a_window_of_a_month_is_enough():
    check_window(MONDAY, MONDAY + timedelta(days=31))
    with pytest.raises(WindowTooLong):
        check_window(MONDAY, MONDAY + timedelta(days=31, seconds=1))
    with pytest.raises(WindowTooLong):
        check_window(MONDAY, MONDAY - timedelta(seconds=1))


clock_times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
hours = st.builds(Hours, st.integers(0, 6), clock_times, clock_times)
moments = st.integers(0, 366 * 24 * 4).map(
    lambda quarter: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
)


@settings(max_examples=60, deadline=None)
@given(
    plan=st.lists(hours, min_size=1, max_size=6),
    zone=st.sampled_from(ZONES),
    from_=moments,
    jobs=st.lists(st.tuples(st.integers(0, 96), st.integers(1, 20)), max_size=4),
    minutes=st.integers(1, 16).map(lambda quarters: 15 * quarters),
    step=st.sampled_from((15, 30, 45, 60)),
)
def test_slots_keep_every_promise_in_every_zone(plan, zone, from_, jobs, minutes, step):
    home = ZoneInfo(zone)
    taken = []
    for begin, length in jobs:
        job = Span(
            from_ + timedelta(minutes=15 * begin), from_ + timedelta(minutes=15 * (begin + length))
        )
        taken.append(Taken(job, job))
    limits = Limits(minutes=minutes, slot_step=step, max_minutes_day=1440)
    to = from_ + timedelta(days=3)
    calendar = Calendar(home, plan, (), taken)
    found = list(slots(calendar, limits, at=from_ - timedelta(days=1), from_=from_, to=to))
    first, last = from_.astimezone(home).date(), to.astimezone(home).date()
    rows = open_spans(plan, home, first=first - timedelta(days=2), last=last + timedelta(days=2))
    opened = merged(rows)
    free = without(opened, merged(each.blocked for each in taken))
    for slot in found:
        assert from_ <= slot.starts_at < to
        assert slot.ends_at - slot.starts_at == timedelta(minutes=minutes)
        assert any(
            span.starts_at <= slot.starts_at and slot.ends_at <= span.ends_at for span in free
        )
    assert all(one.starts_at < other.starts_at for one, other in pairwise(found))


@settings(max_examples=40, deadline=None)
@given(plan=st.lists(hours, min_size=1, max_size=5), zone=st.sampled_from(ZONES), from_=moments)
def test_a_narrower_window_shows_the_same_slots(plan, zone, from_):
    calendar = Calendar(ZoneInfo(zone), plan)
    limits = Limits(minutes=45, slot_step=45)
    at = from_ - timedelta(days=1)
    middle, to = from_ + timedelta(hours=31), from_ + timedelta(days=3)
    whole = list(slots(calendar, limits, at=at, from_=from_, to=to))
    parts = [
        *slots(calendar, limits, at=at, from_=from_, to=middle),
        *slots(calendar, limits, at=at, from_=middle, to=to),
    ]
    assert whole == parts
