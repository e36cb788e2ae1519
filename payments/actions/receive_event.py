"""What providers tell us: kept as it came, then brought to the tenant it concerns."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from kernel import clock
from kernel.actor import PSP
from kernel.events import publish
from kernel.timers import set_timer
from payments.actions.ask_person import ask_person, close_question
from payments.events import ProviderEventReceived
from payments.models import ProviderEvent, RefusedSignal
from payments.providers.base import Signal
from payments.rules.signals import WAITING, wait_before
from tenants.tenancy.actions.note_security import note_security
from tenants.tenancy.rules.security import worth_keeping

BALANCE = "balance.available"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a message goes: to a tenant, with what it is about and by which thing of ours."""

    tenant_id: int
    facts: dict[str, Any]


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
            "parents": list(signal.parents),
            "claims": signal.claims,
            "created_at": signal.created_at,
            "payload": signal.payload,
            "state": "new" if signal.object_id else "ignored",
        },
    )
    if first and signal.object_id:
        publish(ProviderEventReceived(provider_event_id=str(row.pk)), by=PSP)
    return row


@transaction.atomic
def count_refusal(*, provider: str, endpoint: str) -> None:
    """Count a message that was not signed as it should be. It is not kept."""
    row, _ = RefusedSignal.objects.get_or_create(
        provider=provider, endpoint=endpoint, day=clock.now().date()
    )
    RefusedSignal.objects.filter(pk=row.pk).update(count=F("count") + 1)
    row.refresh_from_db(fields=["count"])
    if worth_keeping(row.count):
        note_security(
            by=PSP,
            kind="forged_signal",
            object_kind="webhook",
            object_id=f"{provider}/{endpoint}",
            count=row.count,
        )


def tenant_of_object(object_id: str) -> int | None:
    """Return whose a provider's object is, by our own list of them. Crosses tenants."""
    with connection.cursor() as cursor:
        cursor.execute("select payments_tenant_of(%s)", [object_id])
        found: int | None = cursor.fetchone()[0]
        return found


@transaction.atomic
def route_event(*, provider_event_id: UUID) -> list[Route]:
    """Return the tenant and object an event concerns, and be done with it; or look again later.

    An event may be faster than the answer to our own call: then its object is not ours yet. One
    that is older than what we have heard of the same thing says nothing new.
    """
    row = ProviderEvent.objects.select_for_update().get(pk=provider_event_id)
    if row.state not in WAITING:
        return []
    routes: list[Route] = []
    if _overtaken(row):
        row.state = "ignored"
    elif row.kind == BALANCE and not row.account:
        row.state, routes = "done", _to_all_who_wait(row)
    elif routes := _find(row):
        row.state = "done"
        close_question(key=_question(row), note="found")
    else:
        _park(row)
    row.save(update_fields=["state", "tries"])
    return routes


def _to_all_who_wait(row: ProviderEvent) -> list[Route]:
    """The collecting account is everybody's: tell the tenants that wait for money."""
    with connection.cursor() as cursor:
        cursor.execute("select payments_tenants_waiting()")
        facts = {"kind": row.kind, "object_id": "", "known_by": "", "claims": {}}
        return [Route(tenant_id=tenant_id, facts=facts) for (tenant_id,) in cursor.fetchall()]


def _overtaken(row: ProviderEvent) -> bool:
    """Tell whether a newer message of this kind about this thing has been heard."""
    newer = ProviderEvent.objects.filter(
        object_id=row.object_id, kind=row.kind, state="done", created_at__gt=row.created_at
    )
    return newer.exists()


def _find(row: ProviderEvent) -> list[Route]:
    for known_by in (row.object_id, *row.parents):
        tenant_id = tenant_of_object(known_by)
        if tenant_id is not None:
            facts = {
                "kind": row.kind,
                "object_id": row.object_id,
                "known_by": known_by,
                "claims": row.claims,
            }
            return [Route(tenant_id=tenant_id, facts=facts)]
    return []


def _park(row: ProviderEvent) -> None:
    """Let an event wait for its object; after three days a person has to look."""
    wait = wait_before(row.tries)
    if wait is None:
        row.state = "dead"
        ask_person(
            kind="dead_event",
            key=_question(row),
            about=row.object_id,
            event_id=str(row.pk),
            event=row.kind,
        )
        return
    row.state = "parked"
    row.tries += 1
    now = clock.now()
    entry = f"{now:%Y%m%d%H%M%S}:{row.tries}"
    set_timer("payments.route_event", subject_id=row.pk, at=now + wait, entry=entry)


def _question(row: ProviderEvent) -> str:
    return f"event:{row.pk}"


@transaction.atomic
def replay_one(*, provider_event_id: UUID) -> None:
    """Work on one kept event once more."""
    _replay(ProviderEvent.objects.select_for_update().get(pk=provider_event_id))


def _replay(row: ProviderEvent) -> None:
    row.state, row.tries = "new", 0
    row.save(update_fields=["state", "tries"])
    publish(ProviderEventReceived(provider_event_id=str(row.pk)), by=PSP)


@transaction.atomic
def replay_events(
    *,
    states: tuple[str, ...] = ("parked", "dead"),
    received_since: timedelta | None = None,
    event_id: str = "",
) -> int:
    """Work on kept events once more; return how many. Repeating changes nothing twice."""
    rows = ProviderEvent.objects.select_for_update().filter(state__in=states).exclude(object_id="")
    if received_since is not None:
        rows = rows.filter(received_at__gte=clock.now() - received_since)
    if event_id:
        rows = rows.filter(event_id=event_id)
    found = list(rows.order_by("created_at", "pk"))
    for row in found:
        _replay(row)
    return len(found)
