"""Calendars through every clock change of Latin America, against a clock read minute by minute."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.matching.rules.lanes import Lanes
from marketplace.matching.rules.local_time import Hours, on_day
from marketplace.matching.rules.slots import Calendar, Limits, Taken, slots
from marketplace.matching.rules.spans import Span

COUNTRIES = (
    *("AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "GT"),
    *("HN", "HT", "MX", "NI", "PA", "PE", "PR", "PY", "SV", "UY", "VE"),
)
YEARS = (2022, 2031)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def zone_names() -> list[str]:
    """Return every zone of every country of Latin America, as the zone database lists them."""
    rows = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8").splitlines()
    fields = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return sorted(name for country, _, name, *_ in fields if country in COUNTRIES)


@cache
def changes(name: str) -> list[datetime]:
    """Return the hours in which a zone's clock changes, in the last years and the next."""
    zone = ZoneInfo(name)
    at, end = (datetime(year, 1, 1, tzinfo=UTC) for year in YEARS)
    days = [at + n * DAY for n in range((end - at).days)]
    offset = [day.astimezone(zone).utcoffset() for day in days]
    found = []
    for day, (one, other) in zip(days, pairwise(offset), strict=False):
        if one != other:
            hours = (day + n * HOUR for n in range(1, 25))
            found.append(next(h for h in hours if h.astimezone(zone).utcoffset() == other))
    return found


CHANGES = [(name, at) for name in zone_names() for at in changes(name)]
# One zone speaks for all whose clocks change at the same moments by the same rule.
DIFFERENT = sorted(
    {(at, str(at.astimezone(ZoneInfo(name)))): (name, at) for name, at in CHANGES}.values()
)


class Minutes:
    """Every minute around a moment, and when the clock on the wall showed what."""

    def __init__(self, name: str, around: datetime, days: int) -> None:
        zone = ZoneInfo(name)
        first = around.replace(minute=0) - days * DAY
        self.at = [first + n * MINUTE for n in range(2 * days * 24 * 60)]
        self.shown: dict[datetime, list[datetime]] = {}
        for at in self.at:
            self.shown.setdefault(at.astimezone(zone).replace(tzinfo=None), []).append(at)

    def when(self, local: datetime) -> list[datetime]:
        """Return the minutes in which the clock showed a time, else the first that is later."""
        while local not in self.shown:
            local += MINUTE
        return self.shown[local]

    def row(self, row: Hours, day: date) -> Span | None:
        """Return a row's open time on a day."""
        until = day if row.ends > row.starts else day + DAY
        begins = self.when(datetime.combine(day, row.starts))[0]
        ends = self.when(datetime.combine(until, row.ends))[-1]
        return Span(begins, ends) if begins < ends else None


def test_all_of_latin_america_is_looked_at():
    names = zone_names()
    assert len(names) > 60
    assert {"America/Santiago", "Pacific/Easter", "America/Havana", "America/Asuncion"} <= {*names}
    assert {name for name, _ in CHANGES} >= {"America/Santiago", "America/Tijuana"}


def test_every_row_around_every_clock_change_is_what_the_wall_clock_says():
    edges = [time(0), time(0, 30), time(1), time(2, 30), time(3), time(22), time(23), time(23, 30)]
    for name, at in DIFFERENT:
        zone = ZoneInfo(name)
        minutes = Minutes(name, at, 3)
        before = at.astimezone(zone).date() - DAY
        for day in (before, before + DAY):
            for starts in edges:
                for ends in edges:
                    row = Hours(day.weekday(), starts, ends)
                    said = minutes.row(row, day)
                    assert list(on_day([row], day, zone)) == ([said] if said else []), (name, day)


clock_times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
hours = st.builds(Hours, st.integers(0, 6), clock_times, clock_times)
quarters = st.integers(0, 6 * 24 * 4).map(lambda n: 15 * n)
jobs = st.tuples(
    quarters,
    st.sampled_from((15, 60, 135)),
    st.sampled_from((0, 20)),
    st.sampled_from((Lanes(0, 1000), Lanes(1, 2), Lanes(1001, 1002))),
)


@settings(max_examples=80, deadline=None)
@given(
    where=st.sampled_from(DIFFERENT),
    plan=st.lists(hours, min_size=1, max_size=5),
    own=st.none() | st.lists(hours, max_size=2),
    off=st.lists(st.tuples(quarters, st.sampled_from((30, 300))), max_size=2),
    busy=st.lists(jobs, max_size=4),
    limits=st.builds(
        Limits,
        minutes=st.sampled_from((15, 45, 60, 150)),
        slot_step=st.sampled_from((15, 30, 40, 60)),
        buffer_before=st.sampled_from((0, 10)),
        buffer_after=st.sampled_from((0, 15)),
        max_jobs_day=st.none() | st.integers(1, 3),
        max_minutes_day=st.sampled_from((60, 200, 600)),
    ),
    notice=quarters,
)
def test_slots_are_what_a_clock_read_minute_by_minute_allows(
    where, plan, own, off, busy, limits, notice
):
    name, change = where
    zone = ZoneInfo(name)
    first = change - 3 * DAY
    today = change.astimezone(zone).date()
    off = [Span(first + at * MINUTE, first + (at + length) * MINUTE) for at, length in off]
    taken = [
        taken_at(first + at * MINUTE, length, after, lanes) for at, length, after, lanes in busy
    ]
    calendar = Calendar(zone, plan, off, taken, {} if own is None else {today: own})
    window = (change - 1 * DAY, change + 1 * DAY)
    at = window[0] - 2 * HOUR + notice // 8 * MINUTE
    found = [s.starts_at for s in slots(calendar, limits, at=at, from_=window[0], to=window[1])]
    assert found == slow_slots(Minutes(name, change, 4), calendar, limits, at, window)


def taken_at(at: datetime, length: int, after: int, lanes: Lanes) -> Taken:
    job = Span(at, at + length * MINUTE)
    return Taken(job, Span(at, job.ends_at + after * MINUTE), lanes)


def slow_slots(minutes, calendar, limits, at, window) -> list[datetime]:
    """Return the slots by trying every start of every row, minute by minute."""
    first = calendar_day(calendar, window[0]) - 2 * DAY
    rows = [
        (day, span)
        for day in (first + n * DAY for n in range(6))
        for row in calendar.dates.get(day, [r for r in calendar.plan if r.weekday == day.weekday()])
        if (span := minutes.row(row, day))
    ]
    opened = {n for _, span in rows for n in numbers(minutes, span)}
    opened -= {n for span in calendar.off for n in numbers(minutes, span)}
    blocked = {
        n
        for each in calendar.taken
        if each.lanes.first < 1000
        for n in numbers(minutes, each.blocked)
    }
    earliest = max(window[0], at + limits.min_notice * MINUTE)
    grid = {
        span.starts_at + k * limits.slot_step * MINUTE
        for _, span in rows
        for k in range(-(-(span.length // MINUTE) // limits.slot_step))
    }
    return [
        starts_at
        for starts_at in sorted(grid)
        if earliest <= starts_at < window[1]
        and set(numbers(minutes, job := Span(starts_at, starts_at + limits.minutes * MINUTE)))
        <= opened
        and not blocked & set(numbers(minutes, with_buffers(job, limits)))
        and slow_caps(rows, calendar, limits, minutes, job)
    ]


def with_buffers(job: Span, limits: Limits) -> Span:
    before, after = limits.buffer_before * MINUTE, limits.buffer_after * MINUTE
    return Span(job.starts_at - before, job.ends_at + after)


def slow_caps(rows, calendar, limits, minutes, job) -> bool:
    def day_of(moment: datetime) -> date:
        own = calendar_day(calendar, moment)
        ran_on = [d for d, s in rows if d == own - DAY and s.starts_at <= moment < s.ends_at]
        return min([own, *ran_on])

    day = day_of(job.starts_at)
    same = [
        each.job
        for each in calendar.taken
        if each.lanes.first < 1000 and day_of(each.job.starts_at) == day
    ]
    worked = {n for each in (*same, job) for n in numbers(minutes, each)}
    enough = limits.max_jobs_day is None or len(same) < limits.max_jobs_day
    return enough and len(worked) <= limits.max_minutes_day


def calendar_day(calendar: Calendar, moment: datetime) -> date:
    return moment.astimezone(calendar.zone).date()


def numbers(minutes: Minutes, span: Span) -> range:
    return range(bisect_left(minutes.at, span.starts_at), bisect_left(minutes.at, span.ends_at))


@settings(max_examples=30, deadline=None)
@given(
    plan=st.lists(hours, min_size=1, max_size=5),
    where=st.sampled_from(DIFFERENT),
    cut=st.integers(1, 200),
)
def test_a_narrower_window_shows_the_same_slots(plan, where, cut):
    name, change = where
    calendar, limits = Calendar(ZoneInfo(name), plan), Limits(minutes=45, slot_step=45)
    from_, to = change - 2 * DAY, change + 2 * DAY
    at, middle = from_ - DAY, from_ + cut * 29 * MINUTE
    whole = list(slots(calendar, limits, at=at, from_=from_, to=to))
    assert whole == [
        *slots(calendar, limits, at=at, from_=from_, to=middle),
        *slots(calendar, limits, at=at, from_=middle, to=to),
    ]
