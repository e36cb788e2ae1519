"""The visit was booked, or the review written, on a device that the worker uses."""

from reviews.detectors.base import UNKNOWN, Seen, detector
from reviews.rules.snapshot import Snapshot

ONLY_WRITTEN_THERE = 0.3  # Elders may write on the worker's phone after the visit.


@detector(
    family="identity",
    weight=4.0,
    reason="The visit was booked on a device that the worker also uses.",
)
def look(snapshot: Snapshot) -> Seen:
    """Compare the devices of booking and review with the worker's."""
    if set(snapshot.booking_devices) & set(snapshot.worker_devices):
        return 1.0, 1.0
    if snapshot.review_device in snapshot.worker_devices:
        return ONLY_WRITTEN_THERE, 1.0
    known = snapshot.booking_devices or snapshot.review_device
    return (0.0, 1.0) if known else UNKNOWN
