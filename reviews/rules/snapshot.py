"""What a detector may look at: facts of a review, frozen at a moment.

Stars, criteria and what the author thinks are not in it, so no opinion can ever count against a
review. None means that a fact is not known, and never that it is bad.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The facts. Keys are fingerprints that only the engine can make; money is in minor units."""

    as_of: str
    booking_devices: tuple[str, ...] = ()
    review_device: str | None = None
    worker_devices: tuple[str, ...] = ()
    instrument: str | None = None
    worker_instruments: tuple[str, ...] = ()
    paid_minor: int | None = None
    usual_paid_minor: tuple[int, ...] = ()
    promotion_minor: int = 0
    booked_minutes: int | None = None
    visit_minutes: int | None = None
    usual_visit_share: tuple[float, ...] = ()
    text: str = ""
    other_texts: tuple[str, ...] = ()
    minutes_to_review: int | None = None
    proved_visits_before: int = 0
    days_known: int = 0

    def canonical(self) -> str:
        """Return the facts as one string that is equal for equal facts."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def read(cls, canonical: str) -> "Snapshot":
        """Return the facts that a string stands for."""
        stored: dict[str, Any] = json.loads(canonical)
        lists = {name: tuple(each) for name, each in stored.items() if isinstance(each, list)}
        return cls(**{**stored, **lists})

    def digest(self) -> str:
        """Return the hash that a stored decision names."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()
