"""When somebody can come, by example and by property."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from marketplace.matching.rules.caps import Caps, DayLimits
from marketplace.matching.rules.lanes import Lanes, Room
from marketplace.matching.rules.local_time import Hours, instant, on_day
from marketplace.matching.rules.slots import (
    Calendar,
    Days,
    Limits,
    Taken,
    WindowTooLong,
    check_window,
    slots,
)
from marketplace.matching.rules.spans import Span

SANTIAGO = ZoneInfo("America/Santiago")
MEXICO = ZoneInfo("America/Mexico_City")
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
    (span,) = on_day([row], day, SANTIAGO)
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


def booked(hour: int, minutes: int, *, day: int = 2, after: int = 0, lanes: Lanes | None = None):
    job = Span(at_home(hour, day=day), at_home(hour, day=day) + timedelta(minutes=minutes))
    blocked = Span(job.starts_at, job.ends_at + timedelta(minutes=after))
    return Taken(job, blocked, *([lanes] if lanes else []))


WALKS, BATHS = UUID(int=1), UUID(int=2)


def test_hours_may_be_for_some_services_only():
    plan = [
        Hours(0, time(9), time(11), frozenset({WALKS})),
        Hours(0, time(11), time(12)),
        Hours(0, time(12), time(13), frozenset({BATHS})),
    ]
    calendar = Calendar(MEXICO, plan)
    hourly = Limits(minutes=60, slot_step=60)
    assert starts(calendar, replace(hourly, service_id=WALKS)) == [
        "02 09:00",
        "02 10:00",
        "02 11:00",
    ]
    assert starts(calendar, replace(hourly, service_id=BATHS)) == ["02 11:00", "02 12:00"]
    assert starts(calendar, hourly) == ["02 11:00"]


def test_what_is_said_of_a_date_replaces_its_weekday():
    tuesday = date(2026, 3, 3)
    plan = every_day(time(9), time(11))
    calendar = Calendar(MEXICO, plan, dates={tuesday: [Hours(1, time(20), time(22))]})
    limits = Limits(minutes=120)
    assert starts(calendar, limits, days=3) == ["02 09:00", "03 20:00", "04 09:00"]
    closed = Calendar(MEXICO, plan, dates={tuesday: []})
    assert starts(closed, limits, days=3) == ["02 09:00", "04 09:00"]


def test_a_date_without_hours_leaves_the_night_before_to_the_night_before():
    plan = every_day(time(22), time(2))
    calendar = Calendar(MEXICO, plan, dates={date(2026, 3, 3): []})
    found = starts(calendar, Limits(minutes=120, slot_step=120), days=3)
    assert found == ["02 00:00", "02 22:00", "03 00:00", "04 22:00"]


def test_a_day_has_so_many_jobs():
    calendar = Calendar(MEXICO, every_day(time(9), time(12)), (), [booked(9, 60), booked(10, 30)])
    one_more = Limits(minutes=60, buffer_after=0, max_jobs_day=3)
    assert starts(calendar, one_more) == ["02 10:30", "02 11:00"]
    assert starts(calendar, replace(one_more, max_jobs_day=2), days=2)[0] == "03 09:00"


def test_work_after_midnight_counts_for_the_day_the_shift_began():
    plan = [Hours(0, time(20), time(4)), Hours(1, time(20), time(4))]
    calendar = Calendar(MEXICO, plan, (), [booked(2, 60, day=3)])
    limits = Limits(minutes=60, slot_step=240, max_jobs_day=1)
    assert starts(calendar, limits, days=3) == ["03 20:00", "04 00:00"]


def test_between_two_days_lie_twelve_hours_where_the_law_asks_for_them():
    jobs = [booked(19, 180), booked(20, 60, day=4)]
    calendar = Calendar(MEXICO, every_day(time(8), time(22)), (), jobs)
    kept = Limits(minutes=60, slot_step=60, buffer_after=0, rest_mode="block")
    tuesday = [each for each in starts(calendar, kept, days=2) if each.startswith("03")]
    assert tuesday[0] == "03 10:00"
    assert tuesday[-1] == "03 21:00"
    late = Calendar(MEXICO, calendar.plan, (), [booked(8, 60, day=4)])
    tuesday = [each for each in starts(late, kept, days=2) if each.startswith("03")]
    assert tuesday[-1] == "03 19:00"
    warned = starts(calendar, replace(kept, rest_mode="warn"), days=2)
    assert "03 08:00" in warned
    assert starts(calendar, replace(kept, rest_mode="warn").with_rest(), days=2) == starts(
        calendar, kept, days=2
    )


def test_a_job_between_two_others_shortens_no_night():
    jobs = [booked(20, 120), booked(9, 60, day=3), booked(12, 60, day=3)]
    calendar = Calendar(MEXICO, every_day(time(8), time(22)), (), jobs)
    limits = Limits(minutes=60, slot_step=60, buffer_after=0, rest_mode="block")
    tuesday = [each for each in starts(calendar, limits, days=2) if each.startswith("03")]
    assert tuesday[:2] == ["03 10:00", "03 11:00"]


def test_short_nights_are_named():
    zone_day = Days(Calendar(MEXICO, [])).day_of
    jobs = [booked(20, 120).job, booked(9, 60, day=3).job, booked(9, 60, day=4).job]
    caps = Caps(jobs, DayLimits(rest=timedelta(hours=12)), day_of=zone_day)
    assert caps.short_nights() == [(date(2026, 3, 2), date(2026, 3, 3))]


def test_a_service_for_three_at_once_is_full_with_three():
    unit = [booked(9, 60, lanes=Lanes(n, n + 1)) for n in (1, 2, 3)]
    three = Limits(minutes=60, slot_step=60, room=Room.SHARED, units=3, buffer_after=0)
    plan = every_day(time(9), time(11))
    assert starts(Calendar(MEXICO, plan, (), unit[:2]), three) == ["02 09:00", "02 10:00"]
    assert starts(Calendar(MEXICO, plan, (), unit), three) == ["02 10:00"]
    alone = replace(three, room=Room.WHOLE, units=1)
    assert starts(Calendar(MEXICO, plan, (), unit[:1]), alone) == ["02 10:00"]


def test_guests_at_the_same_time_are_worked_for_once():
    day = [booked(9, 540, lanes=Lanes(1, 2))]
    limits = Limits(minutes=540, room=Room.SHARED, units=2, buffer_after=0, max_minutes_day=540)
    assert starts(Calendar(MEXICO, every_day(time(9), time(19)), (), day), limits) == ["02 09:00"]


def test_background_work_runs_beside_everything_but_its_like():
    plan = every_day(time(9), time(11))
    limits = Limits(minutes=120, room=Room.BACKGROUND, units=1, buffer_after=0, max_minutes_day=60)
    busy = [booked(9, 120), booked(9, 120, lanes=Lanes(3, 4))]
    assert starts(Calendar(MEXICO, plan, (), busy), limits) == ["02 09:00"]
    full = [*busy, booked(9, 60, lanes=Lanes(1001, 1002))]
    assert starts(Calendar(MEXICO, plan, (), full), limits) == []
    attended = Limits(minutes=60, slot_step=60)
    assert starts(Calendar(MEXICO, plan, (), full[2:]), attended) == ["02 09:00", "02 10:00"]


def test_the_way_there_and_back_takes_three_minutes_a_kilometre():
    limits = Limits(minutes=60, buffer_before=0, buffer_after=15)
    assert limits.to_a_place(9.1) == limits
    far, near = (replace(limits, travel=True).to_a_place(km) for km in (9.1, 0.5))
    assert (far.buffer_before, far.buffer_after) == (28, 28)
    assert (near.buffer_before, near.buffer_after) == (2, 15)
