"""What providers tell us: brought to whom it concerns."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.events import ProviderEventReceived
from payments.models import ProviderObject
from payments.tasks.talk import refresh_object, route_event


@on(ProviderEventReceived)
def find_whom_it_concerns(fact: ProviderEventReceived) -> None:
    """Bring an event to its tenant."""
    route_event.delay(provider_event_id=fact.provider_event_id)


@timer("payments.refresh_object")
def look_again(subject_id: UUID) -> None:
    """Look at one of our things at the provider, again."""
    object_id = ProviderObject.objects.get(pk=subject_id).object_id
    refresh_object.delay(object_id=object_id)


@timer("payments.route_event")
def route_again(subject_id: UUID) -> None:
    """Look again whom an event concerns."""
    route_event.delay(provider_event_id=str(subject_id))
