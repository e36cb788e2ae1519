"""Taking a message in hand, and saying what became of it: the two ends of every attempt."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction

from kernel import clock
from tenants.messaging.channels.base import CHANNELS, Parcel, TryLater, Undeliverable
from tenants.messaging.models import Delivery, LoginCode
from tenants.messaging.rules.delivery_states import LEASE, after, wait_after

S = TypeVar("S", Delivery, LoginCode)
LONGEST_ERROR = 200


def take(sending: S) -> datetime:
    """Hold a message for one attempt; return when the lease ends. The caller has locked it."""
    sending.state = after(sending.state, "claim")
    sending.attempts += 1
    sending.free_at = clock.system_now() + LEASE
    sending.save(update_fields=["state", "attempts", "free_at"])
    return sending.free_at


def attempt(sending: S, parcel: Parcel) -> S:
    """Send, outside any transaction, and write down what happened."""
    try:
        provider_id = CHANNELS[sending.channel].send(parcel)
    except TryLater as error:
        return _note(sending, "postpone", error=str(error))
    except Undeliverable as error:
        return _note(sending, "fail", error=str(error))
    return _note(sending, "accept", provider_id=provider_id)


@transaction.atomic
def _note(sending: S, step: str, *, error: str = "", provider_id: str = "") -> S:
    """Write down the outcome, unless the lease ran out and somebody else took over."""
    row: S = type(sending).objects.select_for_update().get(pk=sending.pk)
    if row.attempts != sending.attempts:
        return row
    wait = wait_after(row.attempts)
    if step == "postpone" and wait is None:
        step = "fail"
    row.state = after(row.state, step)
    row.error, row.provider_id = error[:LONGEST_ERROR], provider_id
    row.free_at = clock.system_now() + (wait if step == "postpone" and wait else LEASE)
    row.sent_at = clock.now() if step == "accept" else None
    row.save(update_fields=["state", "error", "provider_id", "free_at", "sent_at"])
    return row
