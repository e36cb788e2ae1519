"""Closing a way of paying, or all of them, and opening it again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.errors import NotAllowed, NotFound
from kernel.events import publish
from payments.events.payouts import PayoutsStopped
from payments.models import Payout, PayoutStop
from payments.queries import stopped_rails
from payments.rules.breaker import CLOSED_FOR, LOOKED_AT, trips
from payments.rules.payout_states import OPEN


@transaction.atomic
def stop_rail(
    *, reason: str, rail: str = "", about: str = "", until: datetime | None = None
) -> PayoutStop:
    """Send nothing by a way of paying (by any, if none is named) until a moment, or until lifted.

    What was asked for waits; nothing more can be asked for. Once per way and reason.
    """
    open_ones = PayoutStop.objects.filter(rail=rail, reason=reason, lifted_at__isnull=True)
    known = open_ones.filter(Q(until__isnull=True) | Q(until__gt=clock.now())).first()
    if known:
        return known
    stop = PayoutStop.objects.create(
        rail=rail, reason=reason, about=about[:200], until=until, stopped_at=clock.now()
    )
    publish(PayoutsStopped(stop_id=str(stop.pk), rail=rail, reason=reason), by=SYSTEM)
    return stop


@transaction.atomic
def lift_stop(*, by: Actor, stop_id: UUID) -> PayoutStop:
    """Let somebody of the office, or the system, open a way of paying again."""
    if not by.works_in_office and by != SYSTEM:
        raise NotAllowed
    stop = PayoutStop.objects.select_for_update(no_key=True).filter(pk=stop_id).first()
    if stop is None:
        raise NotFound(what="stop")
    if stop.lifted_at is None:
        stop.lifted_at, stop.lifted_by_id = clock.now(), by.member_id
        stop.save(update_fields=["lifted_at", "lifted_by"])
    return stop


def count_failure(payout: Payout) -> None:
    """Close a way of paying for a while when too much of the last hour's has failed."""
    if payout.rail in stopped_rails():
        return
    since = clock.now() - LOOKED_AT
    recent = Payout.objects.filter(rail=payout.rail).aggregate(
        sent=Count(
            "pk",
            filter=Q(requested_at__gte=since, handed_at__isnull=False) & ~Q(state__in=OPEN)
            | Q(requested_at__gte=since, state="submitted"),
        ),
        failed=Count("pk", filter=Q(requested_at__gte=since, failed_at__gte=since)),
    )
    if trips(sent=recent["sent"], failed=recent["failed"]):
        stop_rail(
            reason=PayoutStop.BREAKER,
            rail=payout.rail,
            about=f"{recent['failed']} / {recent['sent']}",
            until=clock.now() + CLOSED_FOR,
        )
