"""The text is nearly the same as one that another account wrote."""

from reviews.detectors.base import UNKNOWN, Seen, detector, ramp
from reviews.rules.likeness import likeness, shingles
from reviews.rules.snapshot import Snapshot


@detector(
    family="text", weight=2.0, reason="The text is nearly the same as another person's review."
)
def look(snapshot: Snapshot) -> Seen:
    """Rate the likeness to the most similar text: .4 is nothing, .8 is all."""
    if not shingles(snapshot.text):
        return UNKNOWN
    closest = max((likeness(snapshot.text, other) for other in snapshot.other_texts), default=0.0)
    return ramp(closest, nothing_at=0.4, all_at=0.8), 1.0
