"""The average that people see: honest with few reviews, and half as sure of unverified ones."""

from collections.abc import Iterable
from dataclasses import dataclass

PRIOR_REVIEWS = 10
PRIOR_MEAN = 4.5
ENOUGH_FOR_OWN_MEAN = 50
FEW_REVIEWS = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """A review that counts: 1 to 5 stars, and whether the visit was verified."""

    stars: int
    verified: bool

    @property
    def weight(self) -> float:
        """A verified review counts whole, any other half."""
        return 1.0 if self.verified else 0.5


def tenant_mean(reviews: Iterable[Counted]) -> float:
    """Return the mean that averages lean on: the tenant's own once it has 50 reviews."""
    counted = list(reviews)
    if len(counted) < ENOUGH_FOR_OWN_MEAN:
        return PRIOR_MEAN
    weight = sum(each.weight for each in counted)
    return sum(each.weight * each.stars for each in counted) / weight


def average(reviews: Iterable[Counted], *, mean: float = PRIOR_MEAN) -> float | None:
    """Return b = (10m + Σws)/(10 + Σw), the Bayesian mean; None without any review."""
    counted = list(reviews)
    if not counted:
        return None
    weight = sum(each.weight for each in counted)
    stars = sum(each.weight * each.stars for each in counted)
    return (PRIOR_REVIEWS * mean + stars) / (PRIOR_REVIEWS + weight)
