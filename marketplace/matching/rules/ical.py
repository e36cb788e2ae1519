"""Calendars as other programs write and read them: RFC 5545, bare times only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from kernel.errors import Invalid
from marketplace.matching.rules.local_time import instant
from marketplace.matching.rules.spans import Span, merged

LARGEST_BYTES, MOST_SPANS, MOST_REPEATS = 1_000_000, 2_000, 20_000
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
RARE = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
FREE = "TRANSPARENT"


class CalendarUnreadable(Invalid):
    """Not a calendar, or one that is too large."""

    code = "calendar.unreadable"
    title = "We cannot read this. Choose a calendar file (.ics) of at most 1 MB."


@dataclass(frozen=True, slots=True)
class Line:
    """One job in a feed."""

    uid: str
    span: Span
    title: str


def written(name: str, lines: Sequence[Line], *, at: datetime) -> bytes:
    """Return a feed of jobs, in UTC, which every program shows in its own zone."""
    feed = Calendar()
    feed.add("prodid", "-//Oficio//Calendar//")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", name)
    for line in lines:
        event = Event()
        event.add("uid", line.uid)
        event.add("dtstamp", at)
        event.add("dtstart", line.span.starts_at)
        event.add("dtend", line.span.ends_at)
        event.add("summary", line.title)
        feed.add_component(event)
    return bytes(feed.to_ical())


def busy_times(content: bytes, zone: ZoneInfo, *, window: Span) -> list[Span]:
    """Return when somebody is busy in a window, by their other calendar; repeats included.

    Times without a zone are read in the worker's. Whole days block the day; what is marked as free
    or cancelled blocks nothing.
    """
    if len(content) > LARGEST_BYTES:
        raise CalendarUnreadable(fields=["file"])
    try:
        events = [event for event in Calendar.from_ical(content).walk("VEVENT") if _blocks(event)]
        moved = {_key(event): event for event in events if "RECURRENCE-ID" in event}
        found = [
            span for event in events for span in _spans(event, zone, window=window, moved=moved)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise CalendarUnreadable(fields=["file"]) from None
    return merged(span for span in found if span.meets(window))[:MOST_SPANS]


def _blocks(event: Any) -> bool:
    free = str(event.get("TRANSP", "")).upper() == FREE
    return not free and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _key(event: Any) -> tuple[str, Any]:
    return str(event.get("UID", "")), event["RECURRENCE-ID"].dt


def _spans(event: Any, zone: ZoneInfo, *, window: Span, moved: dict[Any, Any]) -> Iterator[Span]:
    start = event["DTSTART"].dt
    length = event.duration
    single = "RRULE" not in event
    for local in [start] if single else _repeats(event, start, zone, window):
        if not single and (str(event.get("UID", "")), local) in moved:
            continue
        begins = _moment(local, zone)
        ends = _moment(local + length, zone)
        if begins < ends:
            yield Span(begins, ends)


def _repeats(event: Any, start: Any, zone: ZoneInfo, window: Span) -> Iterator[Any]:
    """Return the starts of a repeating event as it writes them, up to the window's end."""
    _check_rule(event["RRULE"])
    whole_day = not isinstance(start, datetime)
    first = datetime.combine(start, time(0)) if whole_day else start
    rule = event["RRULE"].to_ical().decode()
    if first.tzinfo is None and "UNTIL=" in rule:
        rule = rule.replace("Z", "")
    left_out = set(_dates(event.get("EXDATE")))
    for number, each in enumerate(rrulestr(rule, dtstart=first)):
        if number >= MOST_REPEATS or _moment(each, zone) >= window.ends_at:
            return
        local = each.date() if whole_day else each
        if local not in left_out:
            yield local


def _check_rule(rule: Any) -> None:
    """Refuse what would have us count for ages: by the second, or days that hardly ever come."""
    often = rule.get("FREQ", [""])[0] in ("DAILY", "WEEKLY")
    if rule.get("FREQ", [""])[0] not in FREQUENCIES or (often and any(n in rule for n in RARE)):
        raise ValueError


def _dates(said: Any) -> Iterator[Any]:
    for each in said if isinstance(said, list) else [said] if said is not None else []:
        yield from (one.dt for one in each.dts)


def _moment(local: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the moment of a date or time, in the worker's zone where it names none."""
    if not isinstance(local, datetime):
        return instant(datetime.combine(local, time(0)), zone)
    if local.tzinfo is None:
        return instant(local, zone)
    return local.astimezone(UTC)


def ahead(at: datetime, days: int = 366) -> Span:
    """Return the time from a moment on that an import looks at."""
    return Span(at, at + timedelta(days=days))
