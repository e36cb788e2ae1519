"""A disagreement takes its time: the rest of the money is paid, people are reminded, all thaws."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from marketplace.bookings.actions.effects_dispute import open_case_of
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker
from marketplace.bookings.actions.moves import locked_booking
from marketplace.bookings.actions.settle_dispute import is_earned
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import disputes as notices
from marketplace.bookings.rules.process import Party, State
from payments.actions.hold import release_hold
from payments.actions.release import release


@transaction.atomic
def watch_dispute(*, booking_id: UUID, which: str) -> Booking:
    """Do what is due in a disagreement that is not over yet."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.at == State.DISPUTED:
        _DUE[which](booking)
    return booking


def _release_rest(booking: Booking) -> None:
    """What nobody contests is the worker's, as if nothing had happened."""
    if is_earned(booking):
        release(reference=booking.reference, key=f"{booking.reference}:completed")


def _remind(booking: Booking) -> None:
    """Remind whoever has not answered."""
    dispute = booking.dispute
    if dispute.answered_at is not None:
        return
    if dispute.by_party == Party.CUSTOMER:
        tell_worker(booking, notices.UNANSWERED_WORKER)
    else:
        tell_customer(booking, notices.UNANSWERED_CUSTOMER)


def _to_the_office(booking: Booking) -> None:
    """They have not come to terms: a person of the office decides."""
    open_case_of(booking, priority="P2")
    booking.dispute.escalated_at = clock.now()
    booking.dispute.save(update_fields=["escalated_at"])


def _thaw(booking: Booking) -> None:
    """A fortnight is enough: what rests is free, and the office still owes an answer."""
    if booking.dispute.hold_id:
        release_hold(hold_id=booking.dispute.hold_id)
    _release_rest(booking)
    open_case_of(booking, priority="P2")


_DUE: dict[str, Callable[[Booking], None]] = {
    "release_rest": _release_rest,
    "dispute_answer": _remind,
    "dispute_owner": _to_the_office,
    "dispute_thaw": _thaw,
}
