"""What a worker who will be away can do about a job that is booked then."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kernel import clock
from kernel.actor import Actor
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import party_in
from marketplace.matching.queries import free_slots

HAND_OVER = "hand_over"  # Calling it off, where the customer agreed that somebody else may come.
SLOT, AHEAD, MOST_OFFERED = "quote:", timedelta(days=21), 60


@dataclass(frozen=True, slots=True)
class Job:
    """A job, the steps its worker may take, and other times that would be free."""

    booking: Booking
    steps: tuple[str, ...]
    times: tuple[datetime, ...]


def job_at(ref: str, *, by: Actor) -> Job | None:
    """Return the job that a stretch of a worker's calendar is for, if it is still ahead."""
    if not ref.startswith(SLOT):
        return None
    rows = Booking.objects.select_related("worker", "worker_service__service")
    booking = rows.filter(quote_id=UUID(ref.removeprefix(SLOT))).first()
    if booking is None:
        return None
    party = party_in(booking, by)
    allowed = booking.rule.steps_of(party, origin=booking.at, branch=booking.mode)
    steps: tuple[str, ...] = tuple(step for step in ("propose_time", "cancel") if step in allowed)
    if "cancel" in steps and booking.substitute_ok and not booking.in_cash:
        steps = (*steps, HAND_OVER)
    return Job(booking, steps, _times(booking) if "propose_time" in steps else ())


def _times(booking: Booking) -> tuple[datetime, ...]:
    """Return other times of the next weeks at which the worker could come instead."""
    now = clock.now()
    minutes = int((booking.ends_at - booking.starts_at).total_seconds() // 60)
    found = free_slots(
        worker_service=booking.worker_service,
        minutes=minutes,
        from_=max(now, booking.starts_at - AHEAD / 3),
        to=max(now, booking.starts_at) + AHEAD,
    )
    return tuple(slot.starts_at for slot in found[:MOST_OFFERED])
