"""When events that may be an attack are more than usual."""

UNUSUAL_TIMES = 10
DAYS = 7
AT_ONCE = frozenset({"contradiction"})  # One is enough: somebody speaks in another's name.


def unusual(*, kind: str, today: int, days_before: int) -> bool:
    """Tell whether an alarm is due: at once, or as today's count passes ten times the mean.

    `days_before` is the sum of the seven days before. It is due once a day, not at every event.
    """
    if kind in AT_ONCE:
        return True
    mean = max(1, days_before // DAYS)
    return today == UNUSUAL_TIMES * mean


def worth_keeping(count: int) -> bool:
    """Tell whether one of many alike is kept: the first, the tenth, the hundredth …"""
    while count > 1 and count % 10 == 0:
        count //= 10
    return count == 1
