"""Calendars as other programs write and read them. No database."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from marketplace.matching.rules.ical import CalendarUnreadable, Line, busy_times, written
from marketplace.matching.rules.spans import Span

MEXICO = ZoneInfo("America/Mexico_City")
MARCH = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))


def calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for number, event in enumerate(events):
        uid = () if "UID:" in event else (f"UID:{number}",)
        lines += ["BEGIN:VEVENT", *uid, *event.split(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def busy(*events: str) -> list[str]:
    found = busy_times(calendar(*events), MEXICO, window=MARCH)
    return [f"{span.starts_at:%m-%d %H:%M} {span.length}" for span in found]


def test_times_are_read_in_their_own_zone_in_the_workers_or_in_utc():
    assert busy(
        "DTSTART;TZID=America/Santiago:20260302T090000 DTEND;TZID=America/Santiago:20260302T100000",
        "DTSTART:20260303T090000 DURATION:PT2H",
        "DTSTART:20260304T090000Z DTEND:20260304T093000Z",
    ) == ["03-02 12:00 1:00:00", "03-03 15:00 2:00:00", "03-04 09:00 0:30:00"]


def test_a_repeat_keeps_its_hour_when_the_clock_changes():
    weekly = "DTSTART;TZID=America/Santiago:20260330T090000 DURATION:PT1H RRULE:FREQ=WEEKLY;COUNT=3"
    assert busy(weekly) == ["03-30 12:00 1:00:00", "04-06 13:00 1:00:00", "04-13 13:00 1:00:00"]


def test_repeats_end_leave_days_out_and_move():
    daily = "UID:d DTSTART:20260302T090000 DURATION:PT1H RRULE:FREQ=DAILY;UNTIL=20260305T235959Z"
    moved = "UID:d RECURRENCE-ID:20260304T090000 DTSTART:20260304T170000 DURATION:PT1H"
    assert busy(f"{daily} EXDATE:20260303T090000", moved) == [
        "03-02 15:00 1:00:00",
        "03-04 23:00 1:00:00",
        "03-05 15:00 1:00:00",
    ]


def test_a_whole_day_is_a_day_where_the_worker_lives():
    assert busy("DTSTART;VALUE=DATE:20260305") == ["03-05 06:00 1 day, 0:00:00"]


def test_what_is_free_cancelled_or_elsewhen_blocks_nothing():
    assert (
        busy(
            "DTSTART:20260306T100000Z DURATION:PT1H TRANSP:TRANSPARENT",
            "DTSTART:20260306T100000Z DURATION:PT1H STATUS:CANCELLED",
            "DTSTART:20200306T100000Z DURATION:PT1H",
        )
        == []
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xfe",
        calendar("DTSTART:nonsense"),
        calendar("DTSTART:20260301T000000Z DURATION:PT1M RRULE:FREQ=SECONDLY"),
        calendar("DTSTART:20260301T000000Z DURATION:PT1M RRULE:FREQ=DAILY;BYMONTHDAY=30"),
        b"x" * 1_000_001,
    ],
)
def test_what_is_no_calendar_or_never_ends_is_refused(content):
    with pytest.raises(CalendarUnreadable):
        busy_times(content, MEXICO, window=MARCH)


def test_what_we_write_we_read():
    span = Span(MARCH.starts_at + timedelta(hours=9), MARCH.starts_at + timedelta(hours=10))
    feed = written("Patitas; y más", [Line("1@oficio", span, "Paseo, 60 min")], at=span.starts_at)
    assert busy_times(feed, MEXICO, window=MARCH) == [span]
    assert b"SUMMARY:Paseo\\, 60 min" in feed
