"""What happens to money that rests."""

from kernel.events import Event, event


@event("payments.hold_opened")
class HoldOpened(Event):
    """A part of a worker's money rests for a while."""

    hold_id: str
    member_id: str
    reason: str
    amount_minor: int
    currency: str


@event("payments.hold_released")
class HoldReleased(Event):
    """Money of a worker that rested may be taken out again."""

    hold_id: str
    member_id: str
    reason: str
    amount_minor: int
    currency: str
