"""Support's clocks: minutes in which somebody is at work, and when an answer is due.

Moments are real, opening hours are what the clock on the wall shows: on the night the clock
changes, a day has 23 or 25 hours, and so it is counted.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

Pair = Sequence[str]
Week = Mapping[str, Pair | Sequence[Pair]] | Literal["24x7"]  # "0" is Monday.
Span = tuple[datetime, datetime]

LONGEST_SEARCH = timedelta(days=366)
MINUTE = timedelta(minutes=1)


def business_minutes(
    *,
    tz: str,
    start: str,
    end: str,
    business_hours: Week,
    holidays: Collection[str] = (),
    pauses: Sequence[Pair] = (),
) -> dict[str, float]:
    """Return the working minutes between two local moments, without holidays and pauses."""
    zone = ZoneInfo(tz)
    whole = _span(start, end, zone)
    stopped = _merged([_span(a, b, zone) for a, b in pauses])
    worked = timedelta()
    for opened in _open_spans(whole[0], whole[1], zone, business_hours, holidays):
        worked += opened[1] - opened[0]
        worked -= sum((_overlap(opened, pause) for pause in stopped), timedelta())
    wall = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    return {
        "business_minutes": max(worked, timedelta()) / MINUTE,
        "calendar_minutes": (whole[1] - whole[0]) / MINUTE,
        "wall_difference_minutes": wall / MINUTE,
    }


def due_after(
    at: datetime, *, minutes: int, zone: str, week: Week, holidays: Collection[str] = ()
) -> datetime:
    """Return the moment when so many working minutes will have passed."""
    left = timedelta(minutes=minutes)
    for opens, closes in _open_spans(at, at + LONGEST_SEARCH, ZoneInfo(zone), week, holidays):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise ValueError("nobody works enough in a whole year")


def support_clocks(
    *,
    events_min: Sequence[tuple[float, str]],
    frt_target: float,
    rt_target: float,
    now: float | None = None,
) -> dict[str, float | int | str | None]:
    """Return first-reply and resolution times from a case's events; exactly on time is on time.

    Only a public answer by a person is a reply; an automatic one or an internal note is none.
    """
    ordered = sorted(events_min, key=lambda each: each[0])
    replies = [minute for minute, kind in ordered if kind == "agent_public"]
    solved = [minute for minute, kind in ordered if kind == "solved"]
    reopened = [minute for minute, kind in ordered if kind == "reopened"]
    over = bool(solved) and (not reopened or reopened[-1] < solved[-1])
    full = solved[-1] if over else None
    return {
        "frt_min": replies[0] if replies else None,
        "frt_status": _reply_status(replies, frt_target, now),
        "first_resolution_min": solved[0] if solved else None,
        "full_resolution_min": full,
        "rt_status": None if full is None else _on_time(full, rt_target),
        "reopens": len(reopened),
    }


def _reply_status(replies: Sequence[float], target: float, now: float | None) -> str:
    if replies:
        return _on_time(replies[0], target)
    return "pending" if now is not None and now <= target else "missed"


def _on_time(minute: float, target: float) -> str:
    return "hit" if minute <= target else "missed"


def _open_spans(
    start: datetime, end: datetime, zone: ZoneInfo, week: Week, holidays: Collection[str]
) -> Iterator[Span]:
    """Yield the working spans between two moments, in order, in UTC."""
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if day.isoformat() not in holidays:
            for opens, closes in _hours_on(day, week):
                opened = max(_moment(day, opens, zone), start.astimezone(UTC))
                closed = min(_moment(day, closes, zone), end.astimezone(UTC))
                if opened < closed:
                    yield opened, closed
        day += timedelta(days=1)


def _hours_on(day: date, week: Week) -> list[Pair]:
    if week == "24x7":
        return [("00:00", "24:00")]
    hours = week.get(str(day.weekday()), ())
    pairs = [hours] if hours and isinstance(hours[0], str) else hours
    return sorted(cast("Sequence[Pair]", pairs), key=lambda pair: pair[0])


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone).astimezone(UTC)


def _span(start: str, end: str, zone: ZoneInfo) -> Span:
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return (
        first.replace(tzinfo=zone).astimezone(UTC),
        last.replace(tzinfo=zone).astimezone(UTC),
    )


def _merged(spans: list[Span]) -> list[Span]:
    """Return spans in order, with overlapping ones made one: no minute is paused twice."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _overlap(one: Span, other: Span) -> timedelta:
    return max(min(one[1], other[1]) - max(one[0], other[0]), timedelta())
