"""What makes a ranking factor."""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.matching.rules.ranking import Facts, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One feature of a row, from 0 to 1.

    `expression` is SQL over a row of the index that also has `distance_km` and `text_rank`, with
    %(at)s and %(mean_rating)s; null is "absent". `title` and `explanation` are for people.
    """

    code: str
    expression: str
    title: str
    explanation: str
    reason: Callable[[Facts], Reason | None]


FACTORS: dict[str, Factor] = {}


def factor(declared: Factor) -> Factor:
    """Register a factor under the name its weight has in the tenant's settings."""
    FACTORS[declared.code] = declared
    return declared
