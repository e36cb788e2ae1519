"""Somebody may not work for now, or at all: for every visit ahead somebody else is looked for."""

from uuid import UUID

from kernel import clock
from kernel.actor import SYSTEM
from marketplace.bookings.actions.moves import move
from marketplace.bookings.models import Booking
from marketplace.bookings.notices.way import RELEASED_WORKER
from marketplace.bookings.rules.process import State
from tenants.messaging.actions.notify import notify

GIVEN_AWAY = (State.CONFIRMED, State.PAYMENT_DUE)


def release_worker(*, worker_id: UUID) -> list[Booking]:
    """Let every visit ahead of a worker be looked for anew, or ask its customer what now."""
    ahead = Booking.objects.filter(
        worker_id=worker_id, state__in=GIVEN_AWAY, starts_at__gt=clock.now()
    )
    given = list(ahead.select_related("worker").order_by("starts_at", "pk"))
    for each in given:
        notify(
            to_id=each.worker.member_id,
            notice=RELEASED_WORKER,
            about=f"{each.code}:{each.entry}:released",
            code=each.code,
            service=each.service_name,
            starts_at=each.starts_at.isoformat(),
            zone=each.zone,
        )
    return [move(by=SYSTEM, booking_id=each.pk, step="cancel") for each in given]
