"""The visit was over much sooner than this worker's visits usually are."""

from statistics import median

from reviews.detectors.base import UNKNOWN, Seen, detector
from reviews.rules.snapshot import Snapshot

ENOUGH = 8
MUCH_SHORTER = 0.25


@detector(family="presence", weight=1.0, reason="The visit was much shorter than what was booked.")
def look(snapshot: Snapshot) -> Seen:
    """Compare the share of the booked time with the worker's usual share."""
    enough = len(snapshot.usual_visit_share) >= ENOUGH
    if not snapshot.booked_minutes or snapshot.visit_minutes is None or not enough:
        return UNKNOWN
    share = snapshot.visit_minutes / snapshot.booked_minutes
    return float(share < MUCH_SHORTER * median(snapshot.usual_visit_share)), 1.0
