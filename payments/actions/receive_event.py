"""What providers tell us: kept as it came, then brought to the tenant it concerns."""

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from kernel import clock
from kernel.actor import PSP
from kernel.events import publish
from kernel.timers import set_timer
from payments.actions.onboard import refresh_payee
from payments.actions.send_payout import refresh_payout
from payments.actions.send_refund import refresh_refund
from payments.actions.settle_payment import refresh_payment
from payments.events import ProviderEventReceived
from payments.models import ProviderEvent, ProviderObject
from payments.providers.base import Signal

LOOK_AGAIN_SECONDS = (10, 30, 120, 600, 3_600, *(21_600,) * 12)  # Three days in all.


@transaction.atomic
def receive_event(*, provider: str, signal: Signal) -> ProviderEvent:
    """Keep a verified message, once. Runs for the house: whose it is, is found out afterwards."""
    row, first = ProviderEvent.objects.get_or_create(
        provider=provider,
        account=signal.account,
        event_id=signal.event_id,
        defaults={
            "kind": signal.kind,
            "object_id": signal.object_id,
            "created_at": signal.created_at,
            "payload": signal.payload,
            "state": "new" if signal.object_id else "ignored",
        },
    )
    if first and signal.object_id:
        publish(ProviderEventReceived(provider_event_id=str(row.pk)), by=PSP)
    return row


def tenant_of_object(object_id: str) -> int | None:
    """Return whose a provider's object is, by our own list of them. Crosses tenants."""
    with connection.cursor() as cursor:
        cursor.execute("select payments_tenant_of(%s)", [object_id])
        found: int | None = cursor.fetchone()[0]
        return found


@transaction.atomic
def route_event(*, provider_event_id: UUID) -> tuple[int, str] | None:
    """Return the tenant and object an event concerns, and be done with it; or look again later.

    An event may be faster than the answer to our own call: then its object is not ours yet.
    """
    row = ProviderEvent.objects.select_for_update().get(pk=provider_event_id)
    if row.state not in ("new", "parked"):
        return None
    tenant_id = tenant_of_object(row.object_id)
    if tenant_id is not None:
        row.state = "done"
    elif row.tries < len(LOOK_AGAIN_SECONDS):
        row.state = "parked"
        wait = timedelta(seconds=LOOK_AGAIN_SECONDS[row.tries])
        row.tries += 1
        set_timer(
            "payments.route_event",
            subject_id=row.pk,
            at=clock.now() + wait,
            entry=str(row.tries),
        )
    else:
        row.state = "dead"
    row.save(update_fields=["state", "tries"])
    return (tenant_id, row.object_id) if tenant_id is not None else None


def refresh_object(*, object_id: str) -> None:
    """Look at the provider what became of one of our things. Talks to it: no transactions."""
    ours = ProviderObject.objects.get(object_id=object_id)
    if ours.kind == "payment":
        refresh_payment(payment_id=ours.subject_id)
    elif ours.kind == "payee":
        refresh_payee(payee_id=ours.subject_id)
    elif ours.kind == "payout":
        refresh_payout(payout_id=ours.subject_id)
    elif ours.kind == "refund":
        refresh_refund(refund_id=ours.subject_id)
