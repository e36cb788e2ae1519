"""What providers tell us, in the background."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.db import transaction

from payments.actions.catch_up import hear_what_was_missed
from payments.actions.hear import announce_balance, look_at
from payments.actions.hear import hear as hear_now
from payments.actions.receive_event import BALANCE
from payments.actions.receive_event import route_event as route_event_now
from payments.models import ProviderObject
from payments.providers import provider_name
from payments.tasks.again import or_again

MISSED_WITHIN = timedelta(days=2)


@shared_task(name="payments.tasks.route_event", acks_late=True)
def route_event(*, provider_event_id: str, **_: object) -> None:
    """Find out whom an event concerns, and go on there. Runs for the house.

    It is only done with once it was passed on: who dies in between has the next one do it again.
    """
    with transaction.atomic():
        for route in route_event_now(provider_event_id=UUID(provider_event_id)):
            hear.apply_async(kwargs=route.facts, headers={"tenant": route.tenant_id})


@shared_task(name="payments.tasks.hear", acks_late=True)
def hear(*, kind: str, object_id: str, known_by: str, claims: dict[str, str], **_: object) -> None:
    """Look at the thing that a message is about."""
    if kind == BALANCE:
        announce_balance(account_ref=object_id)
        return
    ours = hear_now(kind=kind, object_id=object_id, known_by=known_by, claims=claims)
    _look_or_again(ours)


@shared_task(name="payments.tasks.refresh_object", acks_late=True)
def refresh_object(*, object_id: str, **_: object) -> None:
    """Look what became of one of our things at the provider."""
    _look_or_again(ProviderObject.objects.get(object_id=object_id))


def _look_or_again(ours: ProviderObject) -> None:
    or_again("payments.refresh_object", ours.pk, lambda _: look_at(object_id=ours.object_id))


@shared_task(name="payments.tasks.hear_missed", acks_late=True)
def hear_missed(**_: object) -> None:
    """Ask for what was told to nobody lately. Runs for the house."""
    hear_what_was_missed(provider=provider_name(), within=MISSED_WITHIN)
