"""How a place in the list comes about: weighted features, and the reasons they give.

score = Σ w·f / Σ w over the features that are present; each f is between 0 and 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

VERSION = 1
MOST_REASONS = 3
NEWCOMER_JOBS = 5  # Fewer jobs than this is new here…
NEWCOMER_PLACE = 10  # …and one who is new is among the first so many.


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reason may speak of."""

    distance_km: float | None
    next_slot_at: datetime | None
    rating: float | None
    rating_count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody stands where they stand: a sentence in English and what goes into it."""

    code: str
    sentence: str
    km: float | None = None
    slot_at: datetime | None = None
    rating: float | None = None
    count: int = 0


def contributions(
    features: Mapping[str, float | None], weights: Mapping[str, float]
) -> dict[str, float]:
    """Return what each present feature adds to the score; they sum to it."""
    present = {code: f for code, f in features.items() if f is not None}
    whole = sum(weights[code] for code in present)
    if whole <= 0:
        return dict.fromkeys(present, 0.0)
    return {code: weights[code] * f / whole for code, f in present.items()}


def leading(added: Mapping[str, float]) -> list[str]:
    """Return which features added something, the largest first, ties by name."""
    return sorted(
        (code for code in added if added[code] > 0), key=lambda code: (-added[code], code)
    )
