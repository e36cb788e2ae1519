"""A kind of question: its scale and its words. One file per kind, next to this one."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A scale from `low` to `high`; `question` is an English msgid that may name {tenant}."""

    key: str
    audience: Literal["customer", "worker"]
    low: int
    high: int
    question: str
    low_means: str
    high_means: str

    @property
    def scale(self) -> range:
        """All answers that can be given."""
        return range(self.low, self.high + 1)


KINDS: dict[str, Kind] = {}


def kind(value: Kind) -> Kind:
    """Register a kind under its key."""
    KINDS[value.key] = value
    return value
