"""Codes of six digits: how long they live, how often one may guess, and how it went."""

from dataclasses import dataclass
from datetime import timedelta

LIVES = timedelta(minutes=10)
TRIES = 3


@dataclass(frozen=True, slots=True)
class CodeOutcome:
    """Whether a code was right, how many tries are left, and where the right one had been sent."""

    ok: bool
    left: int
    sent_to: str = ""
