"""What payments announces of money that goes back."""

from kernel.events import Event, event


@event("payments.refund_due")
class RefundDue(Event):
    """Money is to go back to whoever paid."""

    refund_id: str


@event("payments.refund_succeeded")
class RefundSucceeded(Event):
    """Money has gone back to whoever paid."""

    refund_id: str
    payment_id: str
    reference: str
    payer_id: str
    amount_minor: int
    tip_minor: int
    currency: str
    to_credit: bool = False  # It did not go back as money, but became a credit.


@event("payments.refund_failed")
class RefundFailed(Event):
    """Money could not be given back the way it came; a person chooses another way."""

    refund_id: str
    payment_id: str
    reference: str
    payer_id: str
    amount_minor: int
    tip_minor: int
    currency: str
    reason: str


@event("payments.share_reclaimed")
class ShareReclaimed(Event):
    """A part of what a worker earned with a job goes back, because the worker was at fault."""

    refund_id: str
    worker_member_id: str
    reference: str
    amount_minor: int
    owed_minor: int
    currency: str


@event("payments.take_back_planned")
class TakeBackPlanned(Event):
    """Money is to come back from a payee's account at the provider."""

    member_id: str
