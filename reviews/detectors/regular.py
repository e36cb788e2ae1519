"""A customer of several paid visits is more likely to be one."""

from reviews.detectors.base import Seen, detector
from reviews.rules.snapshot import Snapshot

ENOUGH = 3


@detector(family="trust", weight=-1.5, reason="A regular customer of this worker.")
def look(snapshot: Snapshot) -> Seen:
    """Give trust to whoever paid for three earlier visits."""
    return float(snapshot.paid_visits_before >= ENOUGH), 1.0
