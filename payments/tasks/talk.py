"""What providers tell us, in the background."""

from uuid import UUID

from celery import shared_task

from payments.actions.receive_event import refresh_object as refresh_object_now
from payments.actions.receive_event import route_event as route_event_now
from payments.models import ProviderObject
from payments.tasks.again import or_again


@shared_task(name="payments.tasks.route_event", acks_late=True)
def route_event(*, provider_event_id: str, **_: object) -> None:
    """Find out whom an event concerns, and go on there. Runs for the house."""
    found = route_event_now(provider_event_id=UUID(provider_event_id))
    if found is not None:
        tenant_id, object_id = found
        refresh_object.apply_async(kwargs={"object_id": object_id}, headers={"tenant": tenant_id})


@shared_task(name="payments.tasks.refresh_object", acks_late=True)
def refresh_object(*, object_id: str, **_: object) -> None:
    """Look what became of one of our things at the provider."""
    ours = ProviderObject.objects.get(object_id=object_id)
    or_again("payments.refresh_object", ours.pk, lambda _: refresh_object_now(object_id=object_id))
