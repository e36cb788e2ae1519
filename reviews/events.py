"""What reviews announce. Never what a sealed review says, nor its stars."""

from kernel.events import Event, event


@event("reviews.submitted")
class ReviewSubmitted(Event):
    """One side has reviewed a visit; it stays sealed."""

    review_id: str
    booking_id: str
    side: str


@event("reviews.revealed")
class ReviewRevealed(Event):
    """A review is no longer sealed; screening decides what becomes of it."""

    review_id: str
    booking_id: str
    side: str


@event("reviews.state_changed")
class ReviewStateChanged(Event):
    """A customer's review stands elsewhere now: published, delayed, held, not counted…"""

    review_id: str
    booking_id: str
    worker_id: str
    state: str
