"""A visit's time in the worker's calendar: kept, moved, and another one held meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from marketplace.bookings.models import Booking, TimeProposal
from marketplace.bookings.rules.changes import beyond
from marketplace.catalog.models import WorkerService
from marketplace.catalog.rules.areas import Place
from marketplace.matching.actions.free import free
from marketplace.matching.actions.hold import hold, lock_person
from marketplace.matching.actions.occupy import confirm
from marketplace.matching.queries import free_slots, limits_for
from marketplace.matching.rules.occupancy import SlotTaken

Stretch = tuple[datetime, datetime]
A_MINUTE = timedelta(minutes=1)


def slot_of(booking: Booking) -> str:
    """Return what the calendar calls a booking's time."""
    return f"quote:{booking.quote_id}"


def held_for(booking: Booking) -> str:
    """Return what the calendar calls the time that is held for a booking to move to."""
    return f"move:{booking.pk}"


def let_go(booking: Booking) -> None:
    """Hold no other time for a booking any more."""
    for place in (0, 1):
        free(ref=f"{held_for(booking)}:{place}")


def drop_proposals(booking: Booking, *, state: str = TimeProposal.LAPSED) -> None:
    """Let the present time stand: whatever else was proposed is not waited for any more."""
    if TimeProposal.objects.filter(booking=booking, state=TimeProposal.OPEN).update(state=state):
        let_go(booking)


def move_slot(booking: Booking, *, starts_at: datetime, ends_at: datetime) -> None:
    """Give a booking another time in the same calendar, or refuse with `SlotTaken`."""
    lock_person(booking.worker)
    let_go(booking)
    free(ref=slot_of(booking))
    take_slot(booking, offer=booking.worker_service, starts_at=starts_at, ends_at=ends_at)


def take_slot(
    booking: Booking, *, offer: WorkerService, starts_at: datetime, ends_at: datetime
) -> None:
    """Book a free slot of an offer for a booking that has none, or refuse with `SlotTaken`."""
    lock_person(offer.worker)
    check_free(offer, starts_at=starts_at, ends_at=ends_at)
    limits = limits_for(offer, place=_place(booking))
    held = hold(
        worker_id=offer.worker_id,
        starts_at=starts_at,
        minutes=_minutes((starts_at, ends_at)),
        buffer_before=limits.buffer_before,
        buffer_after=limits.buffer_after,
        lanes=limits.lanes,
        offer_id=offer.pk,
        ref=slot_of(booking),
        until=ends_at,
    )
    confirm(occupancy_id=held.pk, ref=slot_of(booking))


def hold_slot(booking: Booking, *, starts_at: datetime, ends_at: datetime, until: datetime) -> None:
    """Hold another time for a booking, beside its own; where they overlap, what is new of it."""
    lock_person(booking.worker)
    let_go(booking)
    with _for_a_look():
        free(ref=slot_of(booking))
        check_free(booking.worker_service, starts_at=starts_at, ends_at=ends_at)
    limits = limits_for(booking.worker_service, place=_place(booking))
    before, after = limits.job.before, limits.job.after
    pieces = beyond(
        old=(booking.starts_at - before, booking.ends_at + after),
        new=(starts_at - before, ends_at + after),
    )
    for place, piece in enumerate(pieces):
        hold(
            worker_id=booking.worker_id,
            starts_at=piece[0],
            minutes=_minutes(piece),
            lanes=limits.lanes,
            ref=f"{held_for(booking)}:{place}",
            until=until,
        )


@contextmanager
def _for_a_look() -> Iterator[None]:
    """Let something be done and taken back at the end."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def check_free(offer: WorkerService, *, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a time at which this worker could not be booked."""
    slots = free_slots(
        worker_service=offer,
        minutes=_minutes((starts_at, ends_at)),
        from_=starts_at,
        to=starts_at + A_MINUTE,
    )
    if not any(slot.starts_at == starts_at for slot in slots):
        raise SlotTaken


def _place(booking: Booking) -> Place | None:
    """Return where a visit is, if it is somewhere."""
    if booking.latitude is None or booking.longitude is None:
        return None
    return Place(booking.latitude, booking.longitude)


def _minutes(stretch: Stretch) -> int:
    return int((stretch[1] - stretch[0]).total_seconds() // 60)
