"""What steps do where the one who comes is found: ask around, hand over, give up."""

from uuid import UUID

from kernel.events import publish
from kernel.timers import set_timer
from marketplace.bookings import events
from marketplace.bookings.actions.effects_news import tell_customer, who
from marketplace.bookings.actions.keep_time import slot_of, take_slot
from marketplace.bookings.actions.moves import Move, due_times, effect
from marketplace.bookings.actions.reprice import give_to
from marketplace.bookings.actions.run_wave import NEXT_WAVE
from marketplace.bookings.models import Offered
from marketplace.bookings.notices import dispatch as notices
from marketplace.bookings.rules.offers import AlreadyTaken
from marketplace.matching.actions.free import free


@effect
def look_for_somebody(move: Move) -> None:
    """Ask the first few at once; the customer is told until when somebody should be found."""
    booking = move.booking
    set_timer(NEXT_WAVE, subject_id=booking.pk, at=move.at, entry=f"{booking.entry}:first")
    until = due_times(booking)["no_match"]
    tell_customer(booking, notices.LOOKING_CUSTOMER, found_at=until.isoformat())


@effect
def look_for_substitute(move: Move) -> None:
    """Ask around who comes instead, for the same price; the customer has agreed to that.

    Until somebody takes it nobody comes, and nobody's page shows it as theirs.
    """
    booking = move.booking
    booking.reason = move.reason or booking.reason
    booking.sought_at, booking.confirmed_at = move.at, None
    booking.departed_at = booking.arrived_at = booking.contacted_at = None
    set_timer(NEXT_WAVE, subject_id=booking.pk, at=move.at, entry=f"{booking.entry}:first")
    until = due_times(booking)["no_match"]
    tell_customer(
        booking,
        notices.SUBSTITUTE_SOUGHT_CUSTOMER,
        reason=booking.reason or "—",
        found_at=until.isoformat(),
    )


@effect
def give_to_taker(move: Move) -> None:
    """Let the worker who took it be the one who comes: their time is taken, the rest hear no more.

    The customer pays what was agreed; commission and taxes are this worker's. Only an offer that
    is still open can be taken.
    """
    booking = move.booking
    offered = Offered.objects.select_related("offer__worker__member", "offer__service").filter(
        pk=UUID(str(move.facts.get("offer_id") or UUID(int=0))), booking=booking, state=Offered.OPEN
    )
    mine = offered.first()
    if mine is None:
        raise AlreadyTaken
    free(ref=slot_of(booking))
    take_slot(booking, offer=mine.offer, starts_at=booking.starts_at, ends_at=booking.ends_at)
    give_to(booking, mine.offer)
    mine.state, mine.answered_at = Offered.TAKEN, move.at
    mine.save(update_fields=["state", "answered_at"])
    booking.matched_at = move.at
    close_offers(move)


@effect
def close_offers(move: Move) -> None:
    """Nobody can take it any more."""
    left = Offered.objects.filter(booking=move.booking, state=Offered.OPEN)
    left.update(state=Offered.GONE)


@effect
def nobody_found(move: Move) -> None:
    """Nobody took it; the customer has the money back and can choose somebody."""
    booking = move.booking
    close_offers(move)
    publish(events.BookingExpired(**who(booking)), by=move.by)
    tell_customer(booking, notices.NOBODY_CUSTOMER)
