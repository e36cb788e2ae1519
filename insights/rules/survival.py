"""How long until something happens for the first time, when for some it has not happened yet.

The estimator of Kaplan and Meier (1958): whoever still waits counts for as long as they were
watched. Intervals are on the log-minus-log scale with Greenwood's variance, so they stay between 0
and 1 (Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, section 1.4).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import NamedTuple

Z_95 = 1.959963984540054
MARKS = (7, 14, 30)  # Days after which shares are told.


class Step(NamedTuple):
    """After a time: the share to whom it has not happened, and Greenwood's sum so far."""

    time: float
    waiting: float
    variance: float


class Share(NamedTuple):
    """The share to whom it has happened, with the interval that holds the true one 95 of 100."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """Who still waits, step by step; `n` people, of whom it happened to `happened`."""

    n: int
    happened: int
    until: float
    steps: tuple[Step, ...]

    @property
    def median(self) -> float | None:
        """The first time at which it has happened to half of them; None if not reached yet."""
        return next((step.time for step in self.steps if step.waiting <= 0.5), None)

    def share_by(self, time: float) -> Share | None:
        """Return to what share it has happened by a time; None if nobody was watched so long."""
        if not self.n or time > self.until:
            return None
        reached = [step for step in self.steps if step.time <= time]
        if not reached:
            return Share(0.0, None, None)
        _, waiting, variance = reached[-1]
        if waiting <= 0:
            return Share(1.0, None, None)
        spread = Z_95 * sqrt(variance) / log(waiting)
        ends = sorted((1 - waiting ** exp(spread), 1 - waiting ** exp(-spread)))
        return Share(1 - waiting, ends[0], ends[1])


def waiting_times(happened: Sequence[float], still_waiting: Sequence[float]) -> Curve:
    """Return the curve of waiting times: of those to whom it happened, and of the others so far.

    Who waits exactly as long as something took for another was still watched at that moment.
    """
    events, times = Counter(happened), sorted((*happened, *still_waiting))
    steps, share, variance = [], 1.0, 0.0
    for time in sorted(events):
        watched, now = len(times) - bisect_left(times, time), events[time]
        share *= 1 - now / watched
        if watched > now:
            variance += now / (watched * (watched - now))
        steps.append(Step(time, share, variance))
    until = times[-1] if times else 0.0
    return Curve(n=len(times), happened=len(happened), until=until, steps=tuple(steps))
