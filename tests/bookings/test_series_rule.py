"""When the visits of a series are: what clocks, months and pauses do to them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.bookings.rules.series import (
    PauseTooLong,
    Plan,
    Rhythm,
    SeriesInvalid,
    check_end,
    check_pause,
    nearest,
    next_to_make,
    nth_weekday,
    price_from,
    rhythm_from,
    starts_at,
)

ZONES = (
    *("America/Santiago", "America/Sao_Paulo", "America/Mexico_City", "America/Tijuana"),
    *("America/Bogota", "America/Lima", "America/Argentina/Buenos_Aires", "America/Asuncion"),
    *("America/Montevideo", "America/La_Paz", "America/Santo_Domingo", "America/Guatemala"),
    *("America/Tegucigalpa", "America/Managua", "America/Costa_Rica", "America/Panama"),
    *("America/Caracas", "America/Guayaquil", "America/Havana", "America/Puerto_Rico"),
)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
RHYTHMS = st.builds(
    Rhythm,
    every_weeks=st.sampled_from((0, 1, 2, 3, 4)),
    first=DAYS,
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


def test_a_weekly_nine_oclock_series_in_santiago_stays_at_nine_after_5_april_2026():
    zone = ZoneInfo("America/Santiago")
    rhythm = rhythm_from(datetime(2026, 3, 28, 12, tzinfo=UTC), every_weeks=1, zone=zone)

    moments = [starts_at(day, rhythm.at, zone) for day in islice(rhythm.days(), 3)]

    assert [moment.astimezone(zone).strftime("%a %d %H:%M") for moment in moments] == [
        "Sat 28 09:00",
        "Sat 04 09:00",
        "Sat 11 09:00",
    ]
    assert [moment.hour for moment in moments] == [12, 12, 13]  # UTC: the clock was set back.


@given(RHYTHMS, st.sampled_from(ZONES))
def test_everywhere_the_local_clock_says_the_same_at_every_visit(rhythm, name):
    zone = ZoneInfo(name)
    for day in islice(rhythm.days(), 30):
        local = starts_at(day, rhythm.at, zone).astimezone(zone)
        naive = datetime.combine(day, rhythm.at)
        skipped = naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
        if skipped.replace(tzinfo=None) == naive:
            assert (local.date(), local.time()) == (day, rhythm.at)
        else:  # That night this time does not exist: the first moment after it.
            assert naive < local.replace(tzinfo=None) <= naive + timedelta(hours=1)


@given(RHYTHMS)
def test_the_days_rise_on_one_weekday_and_begin_with_the_first(rhythm):
    days = list(islice(rhythm.days(), 40))

    assert days == sorted(set(days))
    assert {day.weekday() for day in days} == {rhythm.first.weekday()}
    assert days[0] == rhythm.first
    apart = {(later - earlier).days for earlier, later in pairwise(days)}
    assert apart <= ({rhythm.every_weeks * 7} if rhythm.every_weeks else {28, 35})


@given(RHYTHMS.filter(lambda each: each.every_weeks == 0))
def test_once_a_month_is_once_in_every_month(rhythm):
    months = [(day.year, day.month) for day in islice(rhythm.days(), 25)]

    assert [(y * 12 + m) - (months[0][0] * 12 + months[0][1]) for y, m in months] == list(range(25))


@pytest.mark.parametrize(
    ("month", "ordinal", "day"),
    [(1, 1, 1), (1, 4, 22), (1, 5, 29), (2, 5, 26), (2, 1, 5), (12, 5, 31)],
)
def test_the_fifth_thursday_of_a_month_is_its_last(month, ordinal, day):
    assert nth_weekday(2026, month, 3, ordinal) == date(2026, month, day)


WEEKLY = Rhythm(every_weeks=1, first=date(2026, 3, 4), at=time(9))
FAR = date(2026, 12, 31)


def test_it_ends_on_a_day_after_a_number_of_visits_or_never():
    until = Plan(rhythm=WEEKLY, until=date(2026, 3, 18))
    counted = Plan(rhythm=WEEKLY, visits=4)

    assert until.days(upto=FAR) == [date(2026, 3, day) for day in (4, 11, 18)]
    assert counted.days(upto=FAR)[-1] == date(2026, 3, 25)
    assert len(Plan(rhythm=WEEKLY).days(upto=FAR)) == 44


def test_a_pause_leaves_days_out_and_counts_none_of_them():
    plan = Plan(rhythm=WEEKLY, visits=3, pause=(date(2026, 3, 11), date(2026, 3, 25)))

    assert plan.days(upto=FAR) == [date(2026, 3, 4), date(2026, 3, 25), date(2026, 4, 1)]


def test_every_five_weeks_is_no_rhythm():
    with pytest.raises(SeriesInvalid):
        Rhythm(every_weeks=5, first=date(2026, 3, 4), at=time(9))


@pytest.mark.parametrize(
    ("until", "visits"),
    [(date(2026, 3, 4), None), (date(2040, 1, 1), None), (None, 1), (None, 201), (FAR, 3)],
)
def test_an_end_that_makes_no_sense_is_refused(until, visits):
    with pytest.raises(SeriesInvalid):
        check_end(first=date(2026, 3, 4), until=until, visits=visits)


def test_twelve_weeks_are_the_longest_pause():
    today = date(2026, 3, 4)
    check_pause(starts=today, ends=today + timedelta(weeks=12), today=today)

    for starts, ends in (
        (today, today + timedelta(weeks=12, days=1)),
        (today, today),
        (today - timedelta(days=9), today),
    ):
        with pytest.raises(PauseTooLong):
            check_pause(starts=starts, ends=ends, today=today)


def test_the_first_day_without_a_visit_is_the_next_to_make():
    days = Plan(rhythm=WEEKLY, visits=3).days(upto=FAR)

    assert next_to_make(days, made={days[0], days[2]}) == days[1]
    assert next_to_make(days, made=set(days)) is None


def test_a_new_price_holds_fifteen_days_after_it_was_told():
    told = datetime(2026, 3, 4, 15, tzinfo=UTC)

    assert price_from(told_at=told) == datetime(2026, 3, 19, 15, tzinfo=UTC)


def test_the_three_nearest_times_are_offered_in_their_order():
    wanted = datetime(2026, 3, 4, 15, tzinfo=UTC)
    free = [wanted + timedelta(hours=hours) for hours in (-30, -3, 2, 26, 40)]

    assert nearest(free, wanted=wanted) == [free[1], free[2], free[3]]
    assert nearest([], wanted=wanted) == []
