"""How suspicious is a review, and what follows? Log-odds, added up family by family.

Each detector gives a value from 0 to 1 with a coverage; its weight of evidence turns that into
points. A family adds at most FAMILY_CAP. Nothing known adds nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log

PRIOR = log(0.03 / 0.97)
FAMILY_CAP = 4.0
TRUST_FLOOR = -2.0
HARD_FROM = 3.0
DELAY_FROM, HOLD_FROM, NOT_COUNT_FROM = 0.30, 0.60, 0.90


class Outcome(StrEnum):
    """What screening decides. It never removes."""

    PUBLISH = "publish"
    DELAY = "delay"
    HOLD = "hold"
    NOT_COUNT = "not_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one detector saw: value None is "cannot tell" and adds nothing."""

    code: str
    family: str
    value: float | None
    coverage: float
    weight: float
    hard: bool
    reason: str

    @property
    def points(self) -> float:
        """Log-odds before the family's cap."""
        return 0.0 if self.value is None else self.coverage * self.value * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Log-odds and what they are made of; contributions and prior sum to `log_odds`."""

    log_odds: float
    contributions: dict[str, float]
    outcome: Outcome

    @property
    def probability(self) -> float:
        """The chance that the review is not genuine."""
        return 1 / (1 + exp(-self.log_odds))


def contributions_of(findings: Sequence[Finding]) -> dict[str, float]:
    """Return each detector's points after its family's cap, shared in proportion."""
    families: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.points:
            families[finding.family].append(finding)
    contributions: dict[str, float] = {}
    for members in families.values():
        total = sum(member.points for member in members)
        capped = max(TRUST_FLOOR, min(FAMILY_CAP, total))
        for member in members:
            contributions[member.code] = member.points * capped / total if total else 0.0
    return contributions


def score(findings: Sequence[Finding]) -> Score:
    """Add up what detectors saw and decide.

    Below .30 publish; from .30 delay a day; from .60 hold for a person; from .90, with two families
    and one hard detector among them, publish without counting until a person confirms.
    """
    contributions = contributions_of(findings)
    log_odds = PRIOR + sum(contributions.values())
    outcome = decide(log_odds, findings, contributions)
    return Score(log_odds=log_odds, contributions=contributions, outcome=outcome)


def decide(
    log_odds: float, findings: Sequence[Finding], contributions: dict[str, float]
) -> Outcome:
    """Return what follows from a score: see `score`."""
    probability = 1 / (1 + exp(-log_odds))
    if probability >= NOT_COUNT_FROM and is_certain(findings, contributions):
        return Outcome.NOT_COUNT
    if probability >= HOLD_FROM:
        return Outcome.HOLD
    return Outcome.DELAY if probability >= DELAY_FROM else Outcome.PUBLISH


def is_certain(findings: Sequence[Finding], contributions: dict[str, float]) -> bool:
    """Tell whether two families agree and one of the detectors is a hard one."""
    against = [each for each in findings if contributions.get(each.code, 0) > 0]
    return len({each.family for each in against}) >= 2 and any(each.hard for each in against)


def main_reasons(findings: Sequence[Finding], contributions: dict[str, float]) -> list[str]:
    """Return at most three reason codes, the heaviest first."""
    against = [each for each in findings if contributions.get(each.code, 0) > 0]
    heaviest = sorted(against, key=lambda each: (-contributions[each.code], each.code))
    return [each.reason for each in heaviest[:3]]
