"""A customer of several paid visits is more likely to be one."""

from reviews.detectors.base import Seen, detector
from reviews.rules.snapshot import Snapshot

ENOUGH = 3
LONG_ENOUGH_DAYS = 60


@detector(family="trust", weight=-1.5, reason="A regular customer of this worker.")
def look(snapshot: Snapshot) -> Seen:
    """Give trust to whoever paid for three earlier visits that took place, over two months."""
    enough = snapshot.proved_visits_before >= ENOUGH
    return float(enough and snapshot.days_known >= LONG_ENOUGH_DAYS), 1.0
