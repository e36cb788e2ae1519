"""What payments announces of customers' payments."""

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


@event("payments.payment_promised")
class PaymentPromised(Event):
    """The payer holds a voucher or bank code that can be paid until then (ISO 8601, UTC)."""

    payment_id: str
    reference: str
    until: str


@event("payments.card_saved")
class CardSaved(Event):
    """A payer left a card with us, to be charged later."""

    payment_id: str
    reference: str
    payer_id: str


@event("payments.payment_expired")
class PaymentExpired(Event):
    """Nobody paid in time; with a reason, money that was to come did not."""

    payment_id: str
    reference: str
    reason: str = ""


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


@event("payments.charge_asked")
class ChargeAsked(Event):
    """A payment is to be taken from a card that was kept."""

    payment_id: str
