"""Counting by day and by week, with the days on which nothing happened."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta


def by_day(days: Iterable[date], *, last: date, count: int) -> list[tuple[date, int]]:
    """Return how many fell on each of the last days, zeros included, oldest first."""
    found = Counter(days)
    wanted = [last - timedelta(days=back) for back in reversed(range(count))]
    return [(day, found[day]) for day in wanted]


def by_week(days: Iterable[date], *, last: date, count: int) -> list[tuple[date, int]]:
    """Return how many fell into each of the last seven-day spans, by their first day."""
    found = Counter((last - day).days // 7 for day in days if day <= last)
    return [(last - timedelta(days=7 * back + 6), found[back]) for back in reversed(range(count))]
