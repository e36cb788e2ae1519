"""The life of a batch of bank transfers, and who may let it go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kernel.errors import Conflict, Invalid, NotAllowed

DRAFT, APPROVED, EXPORTED, RECONCILED, DROPPED = (
    "draft",
    "approved",
    "exported",
    "reconciled",
    "dropped",
)
STEPS = {
    (DRAFT, "approve"): APPROVED,
    (DRAFT, "drop"): DROPPED,
    (APPROVED, "export"): EXPORTED,
    (EXPORTED, "export"): EXPORTED,
    (RECONCILED, "export"): RECONCILED,
    (APPROVED, "reconcile"): RECONCILED,
    (EXPORTED, "reconcile"): RECONCILED,
}
STATES = (DRAFT, APPROVED, EXPORTED, RECONCILED, DROPPED)
LINE_STATES = ("waiting", "left_out", "sent", "paid", "rejected", "returned")
ALONE_WAITS = timedelta(minutes=10)


class BatchStepImpossible(Conflict):
    code = "batch.step_impossible"
    title = "This batch has moved on; that is not possible any more."


class NothingToPay(Conflict):
    code = "batch.empty"
    title = "Nobody waits to be paid by bank transfer."


class BatchChanged(Conflict):
    code = "batch.changed"
    title = "This batch has changed since you looked at it. Please look again."


class MakerCannotApprove(NotAllowed):
    code = "batch.maker"
    title = "Whoever made a batch cannot approve it. Somebody else has to look."


class TooSoonAlone(Conflict):
    code = "batch.too_soon"
    title = "You work alone: wait ten minutes after making the batch, then look at it again."


class TrackingKeyMissing(Invalid):
    code = "bank.tracking_key"
    title = "Write the tracking key that the bank gave this transfer."


class TrackingKeyUsed(Conflict):
    code = "bank.tracking_key_used"
    title = "This tracking key belongs to another transfer already."


class ProofMissing(Invalid):
    code = "bank.receipt"
    title = "Add the bank's receipt for this transfer."


class LineAnswered(Conflict):
    code = "batch.line_answered"
    title = "The bank has answered this transfer already."


class TransferDiffers(Invalid):
    code = "transfer.amount"
    title = "This is not the amount that was asked for."


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Who looks at a batch that somebody made, and whether anybody else could."""

    made_by: UUID
    made_at: datetime
    by: UUID
    alone: bool
    at: datetime


def after(state: str, step: str) -> str:
    """Return the state that a step leads to, or refuse the step."""
    try:
        return STEPS[state, step]
    except KeyError:
        raise BatchStepImpossible(state=state, step=step) from None


def check_checker(asked: Checker) -> None:
    """Refuse the maker of a batch, unless there is nobody else and some time has passed."""
    if asked.by != asked.made_by:
        return
    if not asked.alone:
        raise MakerCannotApprove
    if asked.at - asked.made_at < ALONE_WAITS:
        raise TooSoonAlone
