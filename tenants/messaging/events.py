"""What messaging announces."""

from kernel.events import Event, event


@event("messaging.notification_queued")
class NotificationQueued(Event):
    """A person is to be told something; the inbox shows it already."""

    notification_id: str


@event("messaging.code_queued")
class CodeQueued(Event):
    """A code to sign in waits to be sent."""

    code_id: str


@event("messaging.person_not_reached")
class PersonNotReached(Event):
    """No channel could take a message: somebody has to call."""

    notification_id: str
    member_id: str
    purpose: str
