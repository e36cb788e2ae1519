"""How a job goes round: to a few of the best, then to the next few, and in the end to everybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """How many are asked at once, how long they have, and how often before all are asked."""

    size: int = 5
    lasts: timedelta = timedelta(minutes=10)
    most: int = 3


def chosen(
    order: Sequence[str], *, asked: frozenset[str], number: int, rounds: Rounds
) -> list[str]:
    """Return whom a wave (from 1) asks: the best not yet asked; after the last wave, all."""
    left = [name for name in order if name not in asked]
    return left if number > rounds.most else left[: rounds.size]


def next_at(*, at: datetime, number: int, rounds: Rounds) -> datetime | None:
    """Return when the wave after this one goes out; after the one to everybody there is none."""
    return at + rounds.lasts if number <= rounds.most else None


def no_match_at(
    *,
    entered_at: datetime,
    starts_at: datetime,
    within: timedelta,
    quiet: Sequence[tuple[datetime, datetime]] = (),
) -> datetime:
    """T3: until then somebody may take it. Quiet hours do not count; never later than 2 h before.

    But always ten minutes. `quiet` are the quiet hours ahead, in order, not meeting each other.
    """
    due = entered_at + within
    for begins, ends in quiet:
        if begins < due and ends > entered_at:
            due += ends - max(begins, entered_at)
    return max(min(due, starts_at - timedelta(hours=2)), entered_at + timedelta(minutes=10))


def quiet_ahead(
    at: datetime, *, zone: ZoneInfo, begins: time, ends: time, days: int = 5
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the nights that are not over at a moment, for some days, in order."""
    today = at.astimezone(zone).date()
    for number in range(-1, days):
        day = today + timedelta(days=number)
        until = day if ends > begins else day + timedelta(days=1)
        last = datetime.combine(until, ends, tzinfo=zone)
        if last > at:
            yield datetime.combine(day, begins, tzinfo=zone), last
