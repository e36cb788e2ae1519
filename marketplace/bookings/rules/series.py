"""When a series' visits are: the same weekday and the same local time, whatever clocks do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from kernel.errors import Conflict, Invalid
from marketplace.matching.rules.local_time import instant

MONTHLY = 0  # Instead of a number of weeks.
RHYTHMS = (1, 2, 3, 4, MONTHLY)
LAST = 5  # Of a month: the fifth, or else the fourth.
AHEAD = timedelta(weeks=8)
LONGEST_PAUSE = timedelta(weeks=12)
NOTICE_OF_A_PRICE = timedelta(days=15)
MOST_VISITS = 200
LONGEST = timedelta(days=5 * 366)


class SeriesInvalid(Invalid):
    code = "series.invalid"
    title = "A visit repeats every one to four weeks or once a month, until a day that is ahead."


class PauseTooLong(Invalid):
    code = "series.pause"
    title = "A pause lasts at most twelve weeks and is not over yet."


class SeriesOver(Conflict):
    code = "series.over"
    title = "This series has ended."


class NotOffered(Conflict):
    code = "series.not_offered"
    title = "This series was answered already."


class NotRepeatable(Conflict):
    code = "series.not_repeatable"
    title = "This visit cannot be repeated."


class TooLateToChange(Conflict):
    code = "series.too_late"
    title = "The first of these visits is too near to be moved for free. Choose a later one."


class NothingToPayWith(Conflict):
    code = "series.no_money"
    title = "Choose how the visits are paid: with a package, or with a card that is kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Every so many weeks, or once a month on the n-th of a weekday, at a local time."""

    every_weeks: int
    first: date
    at: time

    def __post_init__(self) -> None:
        if self.every_weeks not in RHYTHMS:
            raise SeriesInvalid(fields=["every"])

    @property
    def weekday(self) -> int:
        """Monday is 0."""
        return self.first.weekday()

    @property
    def ordinal(self) -> int:
        """Which of its weekday in the month the first day is; the fifth means the last."""
        return min(LAST, (self.first.day - 1) // 7 + 1)

    def days(self) -> Iterator[date]:
        """Return the days of the rhythm, the first one first, without an end."""
        if self.every_weeks != MONTHLY:
            step = timedelta(weeks=self.every_weeks)
            for number in count():
                yield self.first + number * step
        for number in count():
            months = self.first.year * 12 + self.first.month - 1 + number
            yield nth_weekday(months // 12, months % 12 + 1, self.weekday, self.ordinal)


def nth_weekday(year: int, month: int, weekday: int, ordinal: int) -> date:
    """Return the n-th of a weekday in a month; from the fifth on, the last one."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (min(ordinal, LAST) - 1))
    return day if day.month == month else day - timedelta(days=7)


def rhythm_from(starts_at: datetime, *, every_weeks: int, zone: ZoneInfo) -> Rhythm:
    """Return the rhythm of a visit that is to be repeated."""
    local = starts_at.astimezone(zone)
    return Rhythm(
        every_weeks=every_weeks,
        first=local.date(),
        at=local.time().replace(second=0, microsecond=0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A rhythm, and when it ends or rests."""

    rhythm: Rhythm
    until: date | None = None
    visits: int | None = None
    pause: tuple[date, date] | None = None

    def rests(self, day: date) -> bool:
        """Tell whether a day lies in the pause; its last day is the day of the return."""
        return self.pause is not None and self.pause[0] <= day < self.pause[1]

    def days(self, *, upto: date) -> list[date]:
        """Return the days of visits up to a day, pauses left out; what rests is not counted."""
        found: list[date] = []
        for day in self.rhythm.days():
            over = self.until is not None and day > self.until
            if over or day > upto or len(found) == (self.visits or MOST_VISITS * 10):
                break
            if not self.rests(day):
                found.append(day)
        return found


def check_end(*, first: date, until: date | None, visits: int | None) -> None:
    """Refuse an end before the beginning, or one that is never reached."""
    if until is not None and visits is not None:
        raise SeriesInvalid(fields=["until"])
    if until is not None and not first < until <= first + LONGEST:
        raise SeriesInvalid(fields=["until"])
    if visits is not None and not 2 <= visits <= MOST_VISITS:
        raise SeriesInvalid(fields=["visits"])


def check_pause(*, starts: date, ends: date, today: date) -> None:
    """Refuse a pause that is over, turned round or too long."""
    if not (starts < ends and today < ends and ends - starts <= LONGEST_PAUSE):
        raise PauseTooLong(fields=["until"])


def starts_at(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a visit: the local clock decides, before and after it is changed."""
    return instant(datetime.combine(day, at), zone)


def next_to_make(days: Sequence[date], *, made: set[date]) -> date | None:
    """Return the first day that has no visit yet."""
    return next((day for day in days if day not in made), None)


def price_from(*, told_at: datetime) -> datetime:
    """Return from when a new price may hold."""
    return told_at + NOTICE_OF_A_PRICE


def nearest(free: Sequence[datetime], *, wanted: datetime, at_most: int = 3) -> list[datetime]:
    """Return the free times nearest to the one that was wanted, in order of time."""
    near = sorted(free, key=lambda each: (abs(each - wanted), each))[:at_most]
    return sorted(near)
