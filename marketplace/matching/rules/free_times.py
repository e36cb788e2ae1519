"""Free times as the index keeps them: minutes at which a job may start, evenly apart in ranges.

A range [first, end) of a row with step s has the starts first, first + s, … before end. Starts that
do not stand like that (two hours of a plan that begin at odd minutes, say) are kept minute by
minute, under a step of one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

SECONDS = 60
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """Between which minutes, the second one out, a job has to start; and what minute it is now."""

    first: int
    end: int
    now: int


def minute(moment: datetime) -> int:
    """Return the first whole minute that is not before a moment, counted from 1970."""
    return -int(-moment.timestamp() // SECONDS)


def window(from_: datetime, to: datetime, *, at: datetime) -> Window:
    """Return a stretch of time as the index sees it."""
    return Window(minute(from_), minute(to), minute(at))


def packed(starts: Iterable[datetime], step: timedelta) -> tuple[list[Range], int]:
    """Return free times as ranges of minutes, and how many minutes lie between starts in each."""
    minutes = [minute(each) for each in starts]
    apart = int(step / timedelta(minutes=1))
    found: list[list[int]] = []
    for each in minutes:
        if found and each - found[-1][1] == apart:
            found[-1][1] = each
        else:
            found.append([each, each])
    ranges = [(first, last + 1) for first, last in found]
    if _stand_apart(ranges):
        return ranges, apart
    return [(each, each + 1) for each in minutes], 1


def as_multirange(ranges: Sequence[Range]) -> str:
    """Return ranges as PostgreSQL writes them."""
    return "{" + ",".join(f"[{first},{end})" for first, end in ranges) + "}"


def _stand_apart(ranges: Sequence[Range]) -> bool:
    """Tell whether PostgreSQL will keep each range as it is: those that touch, it would join."""
    return all(one[1] < other[0] for one, other in pairwise(ranges))
