"""Stretches of time: joining them, cutting holes into them, and where a job fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """Some time, in UTC: from a moment up to, and without, another."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at

    def meets(self, other: "Span") -> bool:
        """Tell whether two spans have any time in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time with nothing said twice: touching and overlapping spans become one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda each: each.starts_at):
        if result and span.starts_at <= result[-1].ends_at:
            longer = max(result[-1].ends_at, span.ends_at)
            result[-1] = Span(result[-1].starts_at, longer)
        else:
            result.append(span)
    return result


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """Return merged spans minus merged holes."""
    result: list[Span] = []
    for span in spans:
        at = span.starts_at
        for hole in holes:
            if hole.ends_at <= at or hole.starts_at >= span.ends_at:
                continue
            if hole.starts_at > at:
                result.append(Span(at, hole.starts_at))
            at = hole.ends_at
        if at < span.ends_at:
            result.append(Span(at, span.ends_at))
    return result


def starts_between(free: Iterable[Span], taken: Sequence[Span], job: "Job") -> list[Span]:
    """Return when a job may start: from the first to, and with, the last moment of each span.

    The job itself lies inside free time; with its buffers it meets nothing taken.
    """
    found = [
        Span(each.starts_at, each.ends_at - job.length)
        for each in free
        if each.length >= job.length
    ]
    for busy in taken:
        last = busy.starts_at - job.after - job.length
        first = busy.ends_at + job.before
        found = [part for each in found for part in _outside(each, last, first)]
    return found


@dataclass(frozen=True, slots=True)
class Job:
    """How long a job lasts, and what it keeps free around it."""

    length: timedelta
    before: timedelta
    after: timedelta


def _outside(starts: Span, last: datetime, first: datetime) -> list[Span]:
    """Return the moments of `starts`, both ends counting, up to `last` and from `first` on."""
    if last >= starts.ends_at or first <= starts.starts_at or last >= first:
        return [starts]
    parts = []
    if starts.starts_at <= last:
        parts.append(Span(starts.starts_at, last))
    if first <= starts.ends_at:
        parts.append(Span(first, starts.ends_at))
    return parts
