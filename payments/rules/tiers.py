"""How much of what has not settled may be advanced: by jobs done and days here, nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tier:
    """A step on the way from new to known. `rate_bp` is the advanced part of unsettled earnings."""

    name: str
    rate_bp: int
    jobs: int
    days: int


NEW = Tier("new", 5_000, jobs=0, days=0)
REGULAR = Tier("regular", 8_000, jobs=25, days=14)
TRUSTED = Tier("trusted", 9_500, jobs=100, days=90)
TIERS = (TRUSTED, REGULAR, NEW)


def tier_of(*, jobs: int, days: int) -> Tier:
    """Return the highest tier that somebody with so many jobs and days has reached."""
    return next(tier for tier in TIERS if jobs >= tier.jobs and days >= tier.days)
