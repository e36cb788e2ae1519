"""What jobs announce: ids and plain values, nothing personal."""

from kernel.events import Event, event


@event("jobs.opened")
class JobOpened(Event):
    """Workers may make offers for a job."""

    job_id: str
    service_id: str
    customer_id: str
    open_until: str


@event("jobs.held")
class JobHeld(Event):
    """A job waits for the office to look at it."""

    job_id: str
    service_id: str
    customer_id: str


@event("jobs.closed")
class JobClosed(Event):
    """A job takes no more offers and was not awarded: `state` says how it ended."""

    job_id: str
    service_id: str
    customer_id: str
    state: str


@event("jobs.awarded")
class JobAwarded(Event):
    """A customer has chosen an offer; the booking is theirs to pay."""

    job_id: str
    offer_id: str
    worker_id: str
    customer_id: str
    booking_id: str


@event("jobs.offered")
class JobOffered(Event):
    """A worker has made an offer, or changed it."""

    job_id: str
    offer_id: str
    worker_id: str
    customer_id: str


@event("jobs.countered")
class JobCountered(Event):
    """A customer has asked a worker for other terms."""

    job_id: str
    offer_id: str
    worker_id: str
    customer_id: str
    round: int


@event("jobs.offer_ended")
class JobOfferEnded(Event):
    """An offer can no longer be chosen: `state` says how it ended."""

    job_id: str
    offer_id: str
    worker_id: str
    customer_id: str
    state: str
