"""When a worker may be kept from working: by a person, for a reason, with notice and evidence.

Only danger and fraud act at once, and then for 72 hours unless a decision is written meanwhile.
Declining offers, or not being there, is never a reason.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import Invalid

AT_ONCE = frozenset({"safety", "fraud"})
REASONS = ("safety", "fraud", "documents", "conduct", "other")
LAPSES_AFTER = timedelta(hours=72)
SHORTEST_WORDS = 10


class SuspensionUnfounded(Invalid):
    """A suspension without a reason, words or evidence."""

    code = "suspension.unfounded"
    title = "Choose a reason, and write what happened and what shows it: the worker will read it."


class DecisionMissing(Invalid):
    """A decision that is not written."""

    code = "suspension.decision_missing"
    title = "Write the decision in at least 10 characters: the worker will read it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """When a suspension begins, and when it ends by itself; never, once it was decided."""

    effective_at: datetime
    lapses_at: datetime | None

    def begins_now(self, at: datetime) -> bool:
        """Tell whether it acts at once."""
        return self.effective_at <= at


def check_grounds(reason: str, note: str, evidence: str) -> None:
    """Refuse what does not say why, in words and with evidence."""
    wrong = [] if reason in REASONS else ["reason"]
    wrong += ["note"] if len(note.strip()) < SHORTEST_WORDS else []
    wrong += ["evidence"] if len(evidence.strip()) < SHORTEST_WORDS else []
    if wrong:
        raise SuspensionUnfounded(fields=wrong)


def course_of(reason: str, *, at: datetime, notice: timedelta) -> Course:
    """Return when a suspension begins and lapses."""
    if reason in AT_ONCE:
        return Course(effective_at=at, lapses_at=at + LAPSES_AFTER)
    return Course(effective_at=at + notice, lapses_at=None)


def check_decision(decision: str) -> None:
    """Refuse a decision that nobody could read."""
    if len(decision.strip()) < SHORTEST_WORDS:
        raise DecisionMissing(fields=["decision"])
