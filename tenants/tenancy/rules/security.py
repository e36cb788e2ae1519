"""What may be an attack, and when there is more of it than usual."""

from collections.abc import Mapping

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


CAPS = frozenset({"day_limit", "day_sum", "week_sum", "rail_day"})
NOT_YET_PROVED = frozenset({"step_up_required", "handoff.second_factor_needed"})


def suspicion(
    *, status: int, code: str, details: Mapping[str, object], about_money: bool
) -> str | None:
    """Return what kind of event a refusal is, if it is one: a limit, or money that is not theirs.

    Whoever only has to prove who they are was refused nothing.
    """
    reasons = details.get("reasons")
    capped = bool(CAPS.intersection(reasons)) if isinstance(reasons, (list, tuple)) else False
    if status == 429 or capped:
        return "limit"
    denied = status in (403, 404) and code not in NOT_YET_PROVED
    return "denied" if denied and about_money else None
