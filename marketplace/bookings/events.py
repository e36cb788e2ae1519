"""What bookings announce: ids and plain values, nothing personal."""

from kernel.events import Event, event


@event("bookings.requested")
class BookingRequested(Event):
    """A customer has paid for a request; the worker has to answer."""

    booking_id: str
    worker_id: str
    customer_id: str


@event("bookings.confirmed")
class BookingConfirmed(Event):
    """The visit will take place."""

    booking_id: str
    worker_id: str
    customer_id: str
    starts_at: str


@event("bookings.declined")
class BookingDeclined(Event):
    """The worker said no to a request."""

    booking_id: str
    worker_id: str
    customer_id: str


@event("bookings.expired")
class BookingExpired(Event):
    """Nobody answered a request in time."""

    booking_id: str
    worker_id: str
    customer_id: str


@event("bookings.cancelled")
class BookingCancelled(Event):
    """A visit will not take place. `by` says who called it off."""

    booking_id: str
    worker_id: str
    customer_id: str
    by: str
    kept_bp: int


@event("bookings.started")
class BookingStarted(Event):
    """Customer and worker have met; the work began. `source` says how we know."""

    booking_id: str
    worker_id: str
    customer_id: str
    source: str


@event("bookings.delivered")
class BookingDelivered(Event):
    """The worker has finished; the customer may confirm."""

    booking_id: str
    worker_id: str
    customer_id: str
    flagged: bool


@event("bookings.completed")
class BookingCompleted(Event):
    """The work is done and accepted."""

    booking_id: str
    worker_id: str
    customer_id: str
    completed_at: str


@event("bookings.missed")
class BookingMissed(Event):
    """A visit did not take place because somebody did not come: `accused` says who."""

    booking_id: str
    worker_id: str
    customer_id: str
    accused: str
    kept_bp: int


@event("bookings.disputed")
class BookingDisputed(Event):
    """Somebody says that something was not right with a visit."""

    booking_id: str
    worker_id: str
    customer_id: str
    reason: str
    by: str


@event("bookings.resolved")
class BookingResolved(Event):
    """A disagreement about a visit is over; amounts say what went back, and who paid it."""

    booking_id: str
    worker_id: str
    customer_id: str
    outcome: str
    fault: str
    refund_minor: int
    debit_minor: int
