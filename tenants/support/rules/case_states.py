"""The life of a case: who may move it where, and how fast somebody has to call."""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.errors import Conflict, Invalid

NEW, ASSIGNED, CONTACTED, RESOLVED = "new", "assigned", "contacted", "resolved"
COMMUNICATED, VERIFIED, REOPENED, DISMISSED = "communicated", "verified", "reopened", "dismissed"
STATES = (NEW, ASSIGNED, CONTACTED, RESOLVED, COMMUNICATED, VERIFIED, REOPENED, DISMISSED)
WAITING = (NEW, ASSIGNED, REOPENED)  # Nobody has spoken with the person yet (or again).
OPEN = (*WAITING, CONTACTED)

STEPS: Mapping[tuple[str, str], str] = {
    (NEW, "assign"): ASSIGNED,
    (ASSIGNED, "assign"): ASSIGNED,
    (REOPENED, "assign"): ASSIGNED,
    (CONTACTED, "assign"): CONTACTED,
    (ASSIGNED, "contact"): CONTACTED,
    (REOPENED, "contact"): CONTACTED,
    (CONTACTED, "contact"): CONTACTED,
    (CONTACTED, "resolve"): RESOLVED,
    (RESOLVED, "communicate"): COMMUNICATED,
    (COMMUNICATED, "verify"): VERIFIED,
    (RESOLVED, "reopen"): REOPENED,
    (COMMUNICATED, "reopen"): REOPENED,
    (VERIFIED, "reopen"): REOPENED,
    (NEW, "dismiss"): DISMISSED,
    (ASSIGNED, "dismiss"): DISMISSED,
    (CONTACTED, "dismiss"): DISMISSED,
    (REOPENED, "dismiss"): DISMISSED,
}

# The stages of a visit, first to last: where something can go wrong.
STAGES = ("match", "confirm", "travel", "checkin", "service", "payment", "support")


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon a person is contacted: minutes on the clock, or working minutes."""

    minutes: int
    around_the_clock: bool = False


PRIORITIES: Mapping[str, Promise] = {
    "P1": Promise(15, around_the_clock=True),
    "P2": Promise(240),
    "P3": Promise(1_440),
}


class NotNow(Conflict):
    code = "case.not_now"
    title = "The case is not at that point."


class CauseMissing(Invalid):
    code = "case.cause_missing"
    title = "Say at which stage it went wrong and what you did about it."


class ReasonMissing(Invalid):
    code = "case.reason_missing"
    title = "Say why."


def after(state: str, step: str) -> str:
    """Return the state a step leads to, or refuse."""
    try:
        return STEPS[state, step]
    except KeyError:
        raise NotNow(state=state, step=step) from None


def more_urgent(one: str, other: str) -> bool:
    """Tell whether a priority is higher than another."""
    return one < other


def check_cause(root_cause: str, action: str) -> None:
    """Refuse to call a case resolved without its cause and what was done."""
    wrong = [] if root_cause in STAGES else ["root_cause"]
    wrong += [] if action.strip() else ["action"]
    if wrong:
        raise CauseMissing(fields=wrong)
