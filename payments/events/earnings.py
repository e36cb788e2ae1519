"""What payments announces of what workers earn."""

from kernel.events import Event, event


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
