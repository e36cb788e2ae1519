"""The visit was paid with a card or account of the very worker."""

from reviews.detectors.base import UNKNOWN, Seen, detector
from reviews.rules.snapshot import Snapshot


@detector(
    family="money",
    weight=4.0,
    reason="The visit was paid with a payment method that also belongs to the worker.",
)
def look(snapshot: Snapshot) -> Seen:
    """Compare the paying instrument with the worker's."""
    if snapshot.instrument is None:
        return UNKNOWN
    return float(snapshot.instrument in snapshot.worker_instruments), 1.0
