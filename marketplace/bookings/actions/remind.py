"""Around a visit's deadlines people are reminded; of what has happened meanwhile, they are not."""

from collections.abc import Callable
from uuid import UUID

from kernel import clock
from marketplace.bookings import notices
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker
from marketplace.bookings.actions.effects_visit import way_to
from marketplace.bookings.actions.effects_way import tell_late
from marketplace.bookings.actions.moves import due_times
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import way
from marketplace.bookings.queries.bookings import booking
from marketplace.bookings.rules.process import State

Telling = Callable[[Booking], None]


def remind(*, booking_id: UUID, which: str) -> Booking:
    """Tell whoever has to know, if the booking still is where it was; a repeat tells nothing."""
    found = booking(booking_id)
    state, tell = REMINDERS[which]
    if found.at == state:
        tell(found)
    return found


def _soon(which: str) -> Telling:
    """Remind both people of a visit that still stands."""

    def tell(booking: Booking) -> None:
        tell_customer(booking, notices.REMINDER_CUSTOMER, which)
        tell_worker(booking, notices.REMINDER_WORKER, which)

    return tell


def _answer_soon(booking: Booking) -> None:
    tell_worker(booking, way.ANSWER_SOON_WORKER, "half")


def _still_looking(booking: Booking) -> None:
    until = due_times(booking)["no_match"]
    tell_customer(booking, way.STILL_LOOKING_CUSTOMER, "half", found_at=until.isoformat())


def _leave_now(booking: Booking) -> None:
    if booking.departed_at is None and booking.arrived_at is None:
        tell_worker(booking, way.LEAVE_NOW_WORKER, "leave")


def _is_late(booking: Booking) -> None:
    if booking.arrived_at is None:
        left_at = booking.departed_at or clock.now()
        tell_late(booking, eta_at=max(clock.now(), left_at + way_to(booking)))


def _confirm_soon(booking: Booking) -> None:
    tell_customer(booking, way.CONFIRM_SOON_CUSTOMER, "soon")


REMINDERS: dict[str, tuple[State, Telling]] = {
    "reminder_day": (State.CONFIRMED, _soon("day")),
    "reminder_hours": (State.CONFIRMED, _soon("hours")),
    "answer_soon": (State.REQUESTED, _answer_soon),
    "still_looking": (State.MATCHING, _still_looking),
    "leave_now": (State.CONFIRMED, _leave_now),
    "is_late": (State.CONFIRMED, _is_late),
    "confirm_soon": (State.DELIVERED, _confirm_soon),
}
