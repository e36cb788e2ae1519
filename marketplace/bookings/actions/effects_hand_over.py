"""Somebody else comes instead: only whose price fits, for the same total, and free at that time."""

from dataclasses import replace

from kernel.errors import Refusal
from marketplace.bookings.actions.keep_time import check_free, take_slot
from marketplace.bookings.actions.moves import Move, effect
from marketplace.bookings.actions.quote import price_wish, wish_of
from marketplace.bookings.actions.reprice import give_to
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import alternatives_to
from marketplace.bookings.rules import changes
from marketplace.catalog.models import WorkerService
from marketplace.catalog.queries import readiness
from marketplace.catalog.rules.areas import Place as Point


def substitutes_for(booking: Booking) -> list[WorkerService]:
    """Return up to three others who could come instead, best rated first."""
    return [each for each in alternatives_to(booking, at_most=10) if _fits(booking, each)][:3]


def _fits(booking: Booking, offer: WorkerService) -> bool:
    """Tell whether somebody is ready, near enough, free, and no dearer than what was agreed."""
    if readiness(offer.worker) or not _reaches(booking, offer):
        return False
    wish = replace(wish_of(booking.quote), worker_service_id=offer.pk, starts_at=booking.starts_at)
    try:
        check_free(offer, starts_at=booking.starts_at, ends_at=booking.ends_at)
        return price_wish(wish=wish).price.work_minor <= booking.work_minor
    except Refusal:
        return False


def _reaches(booking: Booking, offer: WorkerService) -> bool:
    if booking.latitude is None or booking.longitude is None:
        return True
    area = offer.worker.area
    return area is not None and area.contains(Point(booking.latitude, booking.longitude))


@effect
def hand_over(move: Move) -> None:
    """Let another worker do the job: the customer pays the same, the rules are the new worker's."""
    booking = move.booking
    asked = str(move.facts.get("worker_service_id", ""))
    offer = next((each for each in substitutes_for(booking) if str(each.pk) == asked), None)
    if offer is None:
        raise changes.NoSubstitute
    take_slot(booking, offer=offer, starts_at=booking.starts_at, ends_at=booking.ends_at)
    give_to(booking, offer)
