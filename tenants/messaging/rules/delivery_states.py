"""What becomes of a message on one channel, and when a failed attempt is made again."""

from collections.abc import Mapping
from datetime import timedelta

from kernel.errors import Conflict

QUEUED, SENDING, SENT, DELIVERED, READ = "queued", "sending", "sent", "delivered", "read"
FAILED, SUPPRESSED, EXPIRED = "failed", "suppressed", "expired"
STATES = (QUEUED, SENDING, SENT, DELIVERED, READ, FAILED, SUPPRESSED, EXPIRED)

STEPS: Mapping[tuple[str, str], str] = {
    (QUEUED, "claim"): SENDING,
    (QUEUED, "expire"): EXPIRED,
    (QUEUED, "suppress"): SUPPRESSED,
    (SENDING, "claim"): SENDING,  # The lease ran out: whoever held it is gone.
    (SENDING, "expire"): EXPIRED,
    (SENDING, "accept"): SENT,
    (SENDING, "postpone"): QUEUED,
    (SENDING, "fail"): FAILED,
    (SENT, "arrive"): DELIVERED,
    (SENT, "read"): READ,
    (DELIVERED, "read"): READ,
}
FATES: Mapping[str, str] = {
    QUEUED: "waiting",
    SENDING: "waiting",
    SENT: "sent",
    DELIVERED: "sent",
    READ: "sent",
}  # Everything else has failed.

LEASE = timedelta(minutes=2)
AGAIN_AFTER = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
)


class NoSuchStep(Conflict):
    code = "delivery.no_such_step"
    title = "This message cannot do that any more."


def after(state: str, step: str) -> str:
    """Return the state that a step leads to, or refuse."""
    try:
        return STEPS[state, step]
    except KeyError:
        raise NoSuchStep(state=state, step=step) from None


def fate(state: str) -> str:
    """Tell what a state means for the next channel: waiting, sent or failed."""
    return FATES.get(state, "failed")


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts, or None when it is time to give up."""
    return AGAIN_AFTER[attempts - 1] if attempts <= len(AGAIN_AFTER) else None
