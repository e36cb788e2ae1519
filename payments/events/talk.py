"""What payments announces of our talk with providers."""

from kernel.events import Event, event


@event("payments.provider_event_received")
class ProviderEventReceived(Event):
    """A provider has told us something; the house finds out whom it concerns."""

    provider_event_id: str
