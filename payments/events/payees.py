"""What payments announces of those who are paid."""

from kernel.events import Event, event


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
