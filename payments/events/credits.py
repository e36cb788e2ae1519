"""What payments announces of money given for good."""

from kernel.events import Event, event


@event("payments.credit_granted")
class CreditGranted(Event):
    """A customer has a credit."""

    credit_id: str
    customer_id: str
    amount_minor: int
    currency: str


@event("payments.worker_compensated")
class WorkerCompensated(Event):
    """A worker got money out of the business's pocket."""

    entry_id: str
    worker_member_id: str
    reference: str
    amount_minor: int
    currency: str
