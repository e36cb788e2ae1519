"""Who could come soon after somebody who was to come did not. Nothing here writes."""

from datetime import timedelta

from kernel import clock
from marketplace.bookings.models import Booking
from marketplace.bookings.rules.process import State
from marketplace.catalog.models import WorkerService
from marketplace.catalog.queries.areas import area_of
from marketplace.catalog.rules.areas import Place
from marketplace.matching.queries.anybody import first_slots, offers_of_service
from marketplace.matching.queries.candidates import blocked_workers
from marketplace.matching.rules.slots import Slot

WITHIN = timedelta(days=3)
MOST = 3


def replacements_for(booking: Booking) -> list[tuple[WorkerService, Slot]]:
    """Return up to three others for the same work at the same place, whoever is free first.

    Only after a visit that counts as missed by its worker: the money has gone back, and the
    customer may still need somebody today.
    """
    if booking.at != State.NO_SHOW or booking.accused != "worker":
        return []
    without = {booking.worker_id, *blocked_workers(booking.customer_id)}
    offers = offers_of_service(booking.worker_service.service_id, without=without)
    if booking.latitude is not None and booking.longitude is not None:
        there = Place(booking.latitude, booking.longitude)
        offers = [each for each in offers if area_of(each).contains(there)]
    minutes = int((booking.ends_at - booking.starts_at) / timedelta(minutes=1))
    now = clock.now()
    free = first_slots(offers, minutes=minutes, from_=now, to=now + WITHIN)
    soonest = sorted(free, key=lambda found: (found[1].starts_at, found[0].pk))
    return soonest[:MOST]
