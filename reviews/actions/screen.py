"""The engine looks at a review: facts frozen, scored, kept."""

from dataclasses import asdict

import reviews.detectors  # noqa: F401  Importing finds them all.
from kernel import clock
from reviews.detectors.base import look_all
from reviews.models import Review, Screening
from reviews.queries.snapshots import snapshot_of
from reviews.rules.score import score


def screen(review: Review, *, moment: str) -> Screening:
    """Look at a review now, and keep what was known and what it came to."""
    at = clock.now()
    snapshot = snapshot_of(review, as_of=at)
    findings = look_all(snapshot)
    result = score(findings)
    return Screening.objects.create(
        review=review,
        moment=moment,
        snapshot=snapshot.canonical(),
        snapshot_hash=snapshot.digest(),
        log_odds=result.log_odds,
        score=result.probability,
        contributions=result.contributions,
        findings=[asdict(each) for each in findings],
        outcome=result.outcome,
        at=at,
    )
