"""What payments announces of cash-outs."""

from kernel.events import Event, event


@event("payments.payout_requested")
class PayoutRequested(Event):
    """A worker takes money out."""

    payout_id: str
    payee_member_id: str
    amount_minor: int
    currency: str
    requested_at: str


@event("payments.payout_paid")
class PayoutPaid(Event):
    """The money is at the worker's bank."""

    payout_id: str
    payee_member_id: str
    amount_minor: int
    currency: str
    requested_at: str
    paid_at: str


@event("payments.payout_failed")
class PayoutFailed(Event):
    """The money did not arrive, and is back in the wallet, fee included."""

    payout_id: str
    payee_member_id: str
    amount_minor: int
    currency: str
    requested_at: str
    reason: str


@event("payments.payout_cancelled")
class PayoutCancelled(Event):
    """A worker thought better of it before it was sent; the money is back in the wallet."""

    payout_id: str
    payee_member_id: str


@event("payments.payout_finished")
class PayoutFinished(Event):
    """The money is at the worker's bank for good: it cannot come back any more."""

    payout_id: str
    payee_member_id: str


@event("payments.payouts_stopped")
class PayoutsStopped(Event):
    """Nothing is sent by one way, or by any (no name), until a moment or until it is lifted."""

    stop_id: str
    rail: str
    reason: str


@event("payments.wallet_locked")
class WalletLocked(Event):
    """A worker's wallet cannot be emptied for now."""

    freeze_id: str
    member_id: str


@event("payments.wallet_unlocked")
class WalletUnlocked(Event):
    """A worker's wallet is free again."""

    freeze_id: str
    member_id: str


@event("payments.destination_doubted")
class DestinationDoubted(Event):
    """Nothing is sent to a worker's bank account before somebody has looked at it."""

    payee_id: str
    member_id: str
    reason: str
