"""How much a person works in a day, and how long they rest between two days.

A job belongs to the local day on which it starts; in a shift that crosses midnight, to the day on
which the shift began. Background work counts as a job among its like, and as no time worked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from marketplace.matching.rules.spans import Span, merged

WARN, BLOCK = "warn", "block"
NOTHING, A_DAY = timedelta(0), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayLimits:
    """The most that fits into a day, and the least rest between two."""

    jobs: int | None = None
    worked: timedelta | None = None
    rest: timedelta = NOTHING


@dataclass(frozen=True, slots=True)
class Worked:
    """What is booked on one day: how many jobs, and when, jobs at the same time told once."""

    jobs: int
    times: Sequence[Span]

    @property
    def first(self) -> datetime:
        """When the day's work begins."""
        return self.times[0].starts_at

    @property
    def last(self) -> datetime:
        """When the day's work ends."""
        return self.times[-1].ends_at

    def with_one_more(self, job: Span) -> timedelta:
        """Return how long the day's work would be."""
        if any(each.meets(job) for each in self.times):
            return _length(merged([*self.times, job]))
        return _length(self.times) + job.length


class Caps:
    """What is booked, arranged by day to be asked quickly."""

    def __init__(
        self, jobs: Iterable[Span], limits: DayLimits, *, day_of: Callable[[datetime], date]
    ) -> None:
        by_day: dict[date, list[Span]] = defaultdict(list)
        for job in jobs:
            by_day[day_of(job.starts_at)].append(job)
        self.limits = limits
        self.days = {day: Worked(len(of), merged(of)) for day, of in sorted(by_day.items())}
        self._nights: dict[date, tuple[datetime | None, datetime | None]] = {}

    def allow(self, day: date, job: Span) -> bool:
        """Tell whether one more job fits into a day."""
        limits, today = self.limits, self.days.get(day)
        if limits.jobs is not None and (today.jobs if today else 0) >= limits.jobs:
            return False
        worked = today.with_one_more(job) if today else job.length
        if limits.worked is not None and min(worked, A_DAY) > limits.worked:
            return False
        return not (limits.rest and self.days) or self._rested(day, today, job)

    def _rested(self, day: date, today: Worked | None, job: Span) -> bool:
        """Tell whether both nights stay long enough; a job between others shortens neither."""
        up, down = self._night(day)
        early = up is not None and job.starts_at < up
        late = down is not None and job.ends_at > down
        if early and not (today and today.first <= job.starts_at):
            return False
        return not late or bool(today and job.ends_at <= today.last)

    def _night(self, day: date) -> tuple[datetime | None, datetime | None]:
        """Return when a day's work may begin and must end, for the days beside it."""
        if day not in self._nights:
            rest = self.limits.rest
            before = [each.last for on, each in self.days.items() if on < day]
            after = [each.first for on, each in self.days.items() if on > day]
            self._nights[day] = (
                max(before) + rest if before else None,
                min(after) - rest if after else None,
            )
        return self._nights[day]

    def short_nights(self) -> list[tuple[date, date]]:
        """Return the pairs of days between which there is less rest than there should be."""
        return [
            (one, other)
            for one, other in pairwise(self.days)
            if self.days[other].first < self.days[one].last + self.limits.rest
        ]


def _length(times: Iterable[Span]) -> timedelta:
    return sum((each.length for each in times), NOTHING)
