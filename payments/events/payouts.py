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
