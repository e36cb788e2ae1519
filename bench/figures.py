"""A figure: what was measured, in which unit, against which goal."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

Measure = Callable[[], Iterator["Figure"]]
MEASURES: dict[str, Measure] = {}


@dataclass(slots=True)
class Options:
    """What the command line decides for all measurements."""

    size: int = 1_000_000


OPTIONS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the report. `n` is how many rounds or requests the value stands on."""

    name: str
    value: float
    unit: str
    goal: float | None
    better: Literal["higher", "lower"]
    n: int
    command: str

    @property
    def met(self) -> bool | None:
        """Tell whether the goal is met; None when there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.better == "higher" else self.value <= self.goal

    def as_json(self) -> str:
        """Return the figure as one JSON object."""
        return json.dumps(asdict(self))

    def as_text(self) -> str:
        """Return the figure for people."""
        sign = "≥" if self.better == "higher" else "≤"
        goal = "" if self.goal is None else f"  goal {sign} {self.goal:g}"
        verdict = {None: "", True: "  met", False: "  MISSED"}[self.met]
        return f"{self.name:<44} {self.value:>10.3f} {self.unit:<8}{goal}{verdict}  (n={self.n})"


def measure(name: str) -> Callable[[Measure], Measure]:
    """Register a measurement under the name it has on the command line."""

    def register(function: Measure) -> Measure:
        MEASURES[name] = function
        return function

    return register
