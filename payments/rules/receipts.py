"""What receipts are for, and how they are numbered: without gaps, in a series for each kind."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kernel.money import Money

PAYMENT, REFUND, TIP, CASH_OUT = "payment", "refund", "tip", "cash_out"
KINDS = (PAYMENT, REFUND, TIP, CASH_OUT)
SERIES = {PAYMENT: "P", REFUND: "R", TIP: "T", CASH_OUT: "C"}


def number_of(series: str, number: int) -> str:
    """Return a receipt's number as people write it: P-000042."""
    return f"{series}-{number:06d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDraft:
    """A receipt before it has a number. `content` is codes and minor units, words come later."""

    kind: str
    subject_id: UUID
    reference: str
    title: str
    total: Money
    happened_at: datetime
    payer_id: UUID | None = None
    worker_id: UUID | None = None
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """A fingerprint of everything it says."""
        said = {
            "kind": self.kind,
            "subject": str(self.subject_id),
            "reference": self.reference,
            "title": self.title,
            "total": [self.total.currency, self.total.minor],
            "happened_at": self.happened_at.isoformat(),
            "content": self.content,
        }
        canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
