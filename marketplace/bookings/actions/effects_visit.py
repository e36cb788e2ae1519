"""What steps do to the calendar, to the expected visit, and to the booking's stamps."""

from datetime import timedelta
from math import ceil

from kernel.actor import Role
from marketplace.bookings.actions.keep_time import drop_proposals, slot_of
from marketplace.bookings.actions.moves import Move, effect
from marketplace.bookings.models import Booking
from marketplace.catalog.rules.areas import Place, distance_km
from marketplace.matching.actions.free import free
from marketplace.matching.actions.occupy import claim
from tenants.identity.actions import end_visit as identity_end
from tenants.identity.actions import expect_visit as identity_expect

ON_THE_WAY = timedelta(minutes=10)
MINUTES_PER_KM = 3


@effect
def free_slot(move: Move) -> None:
    """Give the worker's time back."""
    free(ref=slot_of(move.booking))
    drop_proposals(move.booking)


@effect
def keep_this_time(move: Move) -> None:
    """The time is what it is now: nobody moves the visit any more."""
    drop_proposals(move.booking)


@effect
def claim_slot(move: Move) -> None:
    """Take the worker's time, where a request did not do so yet; or refuse, the time being gone."""
    claim(ref=slot_of(move.booking))


@effect
def expect_visit(move: Move) -> None:
    """Let both sides recognise each other: codes, link, and when to set out."""
    move.booking.confirmed_at = move.at
    move.booking.matched_at = move.booking.matched_at or move.at
    expect(move.booking)


def expect(booking: Booking) -> None:
    """Expect a booking's worker at its time; another day or worker means other codes."""
    booking.should_depart_at = booking.starts_at - way_to(booking)
    identity_expect.expect_visit(
        visit_id=booking.pk,
        holder_id=booking.worker.member_id,
        customer_id=booking.customer_id,
        reference=booking.code,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        zone=booking.zone,
    )


def way_to(booking: Booking) -> timedelta:
    """Return how long a booking's worker needs to be there."""
    area = booking.worker.area
    if area is None or booking.latitude is None or booking.longitude is None:
        return ON_THE_WAY
    km = distance_km(area.base, Place(booking.latitude, booking.longitude))
    return max(ON_THE_WAY, timedelta(minutes=ceil(MINUTES_PER_KM * km)))


@effect
def end_visit(move: Move) -> None:
    """Expect nobody any more."""
    identity_end.end_visit(visit_id=move.booking.pk)


@effect
def stamp_checked_in(move: Move) -> None:
    """The work begins, and we know how we know."""
    move.booking.checked_in_at = move.at
    move.booking.check_in_source = move.facts["source"]


@effect
def check_out(move: Move) -> None:
    """The work is done."""
    move.booking.finished_at = move.at
    move.booking.check_out_note = move.facts.get("note", "")


@effect
def flag(move: Move) -> None:
    """Nobody said when it ended; the office and the figures can tell."""
    move.booking.flagged = True


def ended_by(move: Move) -> str:
    """Return in which capacity somebody called a booking off."""
    return {Role.OWNER: "staff"}.get(move.by.role, move.by.role.value)
