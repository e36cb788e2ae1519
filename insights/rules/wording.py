"""Times and caution in numbers: how long, how sure."""

from typing import NamedTuple

MINUTES_A_DAY = 1_440


class Span(NamedTuple):
    """A length of time in the largest unit that tells it: 45 min, 3 h, 2 d."""

    amount: int
    unit: str


def span(minutes: int | None) -> Span | None:
    """Return how long minutes are, rounded; None stays unknown."""
    if minutes is None:
        return None
    if minutes < 90:
        return Span(minutes, "min")
    if minutes < 2 * MINUTES_A_DAY:
        return Span(round(minutes / 60), "h")
    return Span(round(minutes / MINUTES_A_DAY), "d")


def per_cent(share: float | None) -> float | None:
    """Return a share from 0 to 1 in per cent; None stays unknown."""
    return None if share is None else 100 * share
