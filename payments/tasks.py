"""What payments does in the background: everything that waits for a provider.

Each task is safe to repeat. Silence from a provider is not an error: a timer brings the task back
after seconds, minutes, then hours, with the same keys.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import transaction

from kernel import clock
from kernel.models import Timer
from kernel.timers import set_timer
from payments.actions.onboard import refresh_payee as refresh_payee_now
from payments.actions.receive_event import refresh_object as refresh_object_now
from payments.actions.receive_event import route_event as route_event_now
from payments.actions.send_allocations import send_allocations as send_allocations_now
from payments.actions.send_payout import send_payout as send_payout_now
from payments.actions.send_refund import send_refund as send_refund_now
from payments.actions.settle_payment import send_capture as send_capture_now
from payments.actions.settle_payment import send_void as send_void_now
from payments.models import ProviderObject
from payments.providers.base import NoAnswer
from payments.queries import payee_for, rails_here

WAITS_SECONDS = (1, 5, 30, 300, 1_800)
THEN_SECONDS = 3_600


@shared_task(acks_late=True)
def send_capture(*, payment_id: str, **_: object) -> None:
    """Take an authorised payment."""
    _or_again("payments.send_capture", UUID(payment_id), _on(send_capture_now, "payment_id"))


@shared_task(acks_late=True)
def send_void(*, payment_id: str, **_: object) -> None:
    """Call a payment off."""
    _or_again("payments.send_void", UUID(payment_id), _on(send_void_now, "payment_id"))


@shared_task(acks_late=True)
def send_refund(*, refund_id: str, **_: object) -> None:
    """Give money back."""
    _or_again("payments.send_refund", UUID(refund_id), _on(send_refund_now, "refund_id"))


@shared_task(acks_late=True)
def send_payout(*, payout_id: str, **_: object) -> None:
    """Send a cash-out on its way."""
    _or_again("payments.send_payout", UUID(payout_id), _on(send_payout_now, "payout_id"))


@shared_task(acks_late=True)
def send_allocations(*, member_id: str, **_: object) -> None:
    """Move what a member earned to the member's account, where that happens before cash-out."""
    payee = payee_for(UUID(member_id))
    if payee is None or rails_here().allocates_at != "release":
        return
    _or_again(
        "payments.send_allocations",
        UUID(member_id),
        lambda _: send_allocations_now(payee=payee),
    )


@shared_task(acks_late=True)
def refresh_payee(*, payee_id: str, **_: object) -> None:
    """Look what the provider thinks of a payee."""
    _or_again("payments.refresh_payee", UUID(payee_id), _on(refresh_payee_now, "payee_id"))


@shared_task(acks_late=True)
def route_event(*, provider_event_id: str, **_: object) -> None:
    """Find out whom an event concerns, and go on there. Runs for the house."""
    found = route_event_now(provider_event_id=UUID(provider_event_id))
    if found is not None:
        tenant_id, object_id = found
        refresh_object.apply_async(kwargs={"object_id": object_id}, headers={"tenant": tenant_id})


@shared_task(acks_late=True)
def refresh_object(*, object_id: str, **_: object) -> None:
    """Look what became of one of our things at the provider."""
    ours = ProviderObject.objects.get(object_id=object_id)
    _or_again("payments.refresh_object", ours.pk, lambda _: refresh_object_now(object_id=object_id))


def _on(action: Callable[..., Any], argument: str) -> Callable[[UUID], Any]:
    return lambda subject_id: action(**{argument: subject_id})


def _or_again(name: str, subject_id: UUID, work: Callable[[UUID], Any]) -> None:
    """Do the work; if the provider is silent, come back later."""
    try:
        work(subject_id)
    except NoAnswer:
        _come_back(name, subject_id)


@transaction.atomic
def _come_back(name: str, subject_id: UUID) -> None:
    tried = Timer.objects.filter(name=name, subject_id=subject_id).count()
    seconds = WAITS_SECONDS[tried] if tried < len(WAITS_SECONDS) else THEN_SECONDS
    at = clock.now() + timedelta(seconds=seconds)
    set_timer(name, subject_id=subject_id, at=at, entry=str(tried + 1))
