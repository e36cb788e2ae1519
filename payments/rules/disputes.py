"""The life of a dispute, and which part of a payment it is about. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import Conflict, Invalid

DISPUTE_STATES = ("warned", "open", "submitted", "won", "lost", "closed")
# What a provider's report may change; a lost one can still be won, on appeal.
STEPS = {
    "warned": ("open", "submitted", "won", "lost", "closed"),
    "open": ("submitted", "won", "lost", "closed"),
    "submitted": ("won", "lost", "closed"),
    "lost": ("won",),
    "won": (),
    "closed": (),
}
REMIND_BEFORE = timedelta(hours=48)


class DisputeDecided(Conflict):
    code = "dispute.decided"
    title = "This dispute is decided; that is not possible any more."


class EvidenceSent(Conflict):
    code = "dispute.evidence_sent"
    title = "The evidence has been sent; the bank decides now."


class DisputeGivenUp(Conflict):
    code = "dispute.accepted"
    title = "You have accepted this dispute; it is not contested any more."


class AcceptanceUnconfirmed(Invalid):
    code = "dispute.unconfirmed"
    title = "Please confirm that the customer keeps the money."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What of a disputed amount is a refund that is still due, the job, the tip, or beyond both."""

    refunds: int
    job: int
    tip: int
    beyond: int


def moves(state: str, to: str) -> bool:
    """Tell whether a report moves a dispute; old and repeated ones do not."""
    return to in STEPS[state]


def stake(*, amount: int, refunds_due: int, job_left: int, tip_left: int) -> Stake:
    """Say what a disputed amount is about: a refund that waits first, the job, then the tip."""
    refunds = min(amount, refunds_due)
    job = min(amount - refunds, max(0, job_left))
    tip = min(amount - refunds - job, max(0, tip_left))
    return Stake(refunds=refunds, job=job, tip=tip, beyond=amount - refunds - job - tip)


def remind_at(*, due_at: datetime, now: datetime) -> datetime:
    """Return when to remind of the evidence: two days before it is due, or at once."""
    return max(now, due_at - REMIND_BEFORE)
