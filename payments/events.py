"""What payments announces. Amounts are in minor units; `reference` is a word of floors above."""

from kernel.events import Event, event


@event("payments.payment_authorised")
class PaymentAuthorised(Event):
    """The payer's bank keeps the money ready; `capture` takes it, `void` lets it go."""

    payment_id: str
    reference: str
    amount_minor: int
    tip_minor: int
    currency: str


@event("payments.payment_captured")
class PaymentCaptured(Event):
    """The payer has paid."""

    payment_id: str
    reference: str
    payer_id: str
    amount_minor: int
    tip_minor: int
    currency: str


@event("payments.payment_failed")
class PaymentFailed(Event):
    """The payer's bank said no; the payer may try again on the same page."""

    payment_id: str
    reference: str
    reason: str


@event("payments.payment_expired")
class PaymentExpired(Event):
    """Nobody paid in time."""

    payment_id: str
    reference: str


@event("payments.payment_cancelled")
class PaymentCancelled(Event):
    """A payment was called off before any money was taken."""

    payment_id: str
    reference: str


@event("payments.capture_asked")
class CaptureAsked(Event):
    """An authorised payment is to be taken."""

    payment_id: str


@event("payments.void_asked")
class VoidAsked(Event):
    """A payment is to be called off."""

    payment_id: str


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


@event("payments.money_released")
class MoneyReleased(Event):
    """What a worker earned with a job may be taken out."""

    reference: str
    worker_member_id: str
    amount_minor: int
    tip_minor: int
    currency: str


@event("payments.tip_earned")
class TipEarned(Event):
    """A tip has reached its worker, all of it."""

    payment_id: str
    reference: str
    worker_member_id: str
    amount_minor: int
    currency: str


@event("payments.payee_opened")
class PayeeOpened(Event):
    """A member has begun to open a payout account."""

    payee_id: str
    member_id: str


@event("payments.payee_activated")
class PayeeActivated(Event):
    """A member can be paid."""

    payee_id: str
    member_id: str


@event("payments.payee_restricted")
class PayeeRestricted(Event):
    """A member cannot be paid for now; the provider asks for something."""

    payee_id: str
    member_id: str


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


@event("payments.provider_event_received")
class ProviderEventReceived(Event):
    """A provider has told us something; the house finds out whom it concerns."""

    provider_event_id: str
