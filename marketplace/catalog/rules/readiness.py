"""What a worker still lacks before customers can book: this floor's list, open to floors above."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: what, in words, and where to mend it."""

    code: str
    title: str
    path: str


Check = Callable[[UUID], Gap | None]
_checks: dict[str, Check] = {}


def readiness_check(check: Check) -> Check:
    """Add a question that a floor above answers about a worker (by id), such as having a plan."""
    _checks[f"{check.__module__}.{check.__qualname__}"] = check
    return check


def checks() -> list[Check]:
    """Return the questions of floors above."""
    return [_checks[name] for name in sorted(_checks)]
