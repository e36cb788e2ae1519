"""The visit cost much less than this worker's visits usually do."""

from statistics import median

from reviews.detectors.base import UNKNOWN, Seen, detector, ramp
from reviews.rules.snapshot import Snapshot

ENOUGH = 8


@detector(family="money", weight=1.5, reason="The price of the visit was much lower than is usual.")
def look(snapshot: Snapshot) -> Seen:
    """Compare with the usual price, a public promotion added back: .8 is nothing, .35 is all."""
    if snapshot.paid_minor is None or len(snapshot.usual_paid_minor) < ENOUGH:
        return UNKNOWN
    share = (snapshot.paid_minor + snapshot.promotion_minor) / median(snapshot.usual_paid_minor)
    return ramp(share, nothing_at=0.8, all_at=0.35), 1.0
