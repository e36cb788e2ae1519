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
