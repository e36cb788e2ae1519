"""A detector looks at a snapshot and says how much it sees, how surely, and why. A file each.

A detector is pure: no clock, database, network or chance. It gets no stars and no opinion.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reviews.rules.score import HARD_FROM, Finding
from reviews.rules.snapshot import Snapshot

Seen = tuple[float | None, float]
Look = Callable[[Snapshot], Seen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """How to look, and what it weighs at most (log-odds). `reason` is told to people."""

    code: str
    family: str
    weight: float
    reason: str
    look: Look

    def find(self, snapshot: Snapshot) -> Finding:
        """Return what this detector sees, as a finding with its weight."""
        value, coverage = self.look(snapshot)
        return Finding(
            code=self.code,
            family=self.family,
            value=value,
            coverage=coverage,
            weight=self.weight,
            hard=self.weight >= HARD_FROM,
            reason=self.reason,
        )


DETECTORS: dict[str, Detector] = {}
UNKNOWN: Seen = (None, 0.0)


def detector(*, family: str, weight: float, reason: str) -> Callable[[Look], Look]:
    """Register a function as the detector named after its module."""

    def register(look: Look) -> Look:
        code = look.__module__.rpartition(".")[2]
        DETECTORS[code] = Detector(
            code=code, family=family, weight=weight, reason=reason, look=look
        )
        return look

    return register


def ramp(value: float, *, nothing_at: float, all_at: float) -> float:
    """Return 0 at one end and 1 at the other, in a straight line between."""
    return max(0.0, min(1.0, (value - nothing_at) / (all_at - nothing_at)))


def look_all(snapshot: Snapshot) -> list[Finding]:
    """Ask every detector."""
    return [DETECTORS[code].find(snapshot) for code in sorted(DETECTORS)]
