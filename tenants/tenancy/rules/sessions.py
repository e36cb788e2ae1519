"""How long a session lives: from its beginning, and from when the person was last seen."""

from datetime import datetime, timedelta

IDLE, IDLE_STRONG = timedelta(days=30), timedelta(minutes=30)
ABSOLUTE, ABSOLUTE_STRONG = timedelta(days=90), timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)


def idle_limit(*, strong: bool) -> timedelta:
    """Return how long a session may rest. One that opens the office may rest less."""
    return IDLE_STRONG if strong else IDLE


def alive(*, started_at: datetime, seen_at: datetime, at: datetime, strong: bool) -> bool:
    """Tell whether a session still counts."""
    longest = ABSOLUTE_STRONG if strong else ABSOLUTE
    return at - seen_at <= idle_limit(strong=strong) and at - started_at <= longest


def worth_noting(*, seen_at: datetime, at: datetime) -> bool:
    """Tell whether to store that the person was seen: not at every click."""
    return at - seen_at >= NOTED_EVERY
