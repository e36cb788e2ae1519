"""What happened to a booking, as a line of stations that people read."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.bookings.models import Booking, StepTaken
from marketplace.bookings.rules.process import State


@dataclass(frozen=True, slots=True)
class Station:
    """One station: its code (put in words by the page), when it was reached, and how it stands."""

    code: str
    at: datetime | None
    standing: str


USUAL = ("asked", "accepted", "paid", "departed", "arrived", "started", "finished", "completed")
ENDED = (
    State.PAYMENT_EXPIRED,
    State.DECLINED,
    State.EXPIRED,
    State.CANCELLED,
    State.AWAITING_CHOICE,
    State.NO_SHOW,
)
OPEN_BETWEEN = (State.NO_SHOW_REPORTED, State.DISPUTED, State.RESOLVED)  # Between the two sides.


def story_of(booking: Booking) -> list[Station]:
    """Return the stations of a booking: reached, next, to come; or where it ended."""
    by_request = booking.mode == "request"
    reached = {
        "asked": _requested(booking) if by_request else None,
        "accepted": booking.confirmed_at if by_request else None,
        "paid": _paid(booking) if by_request else booking.confirmed_at,
        "departed": booking.departed_at,
        "arrived": booking.arrived_at,
        "started": booking.checked_in_at,
        "finished": booking.finished_at,
        "completed": booking.completed_at,
    }
    path = [
        name
        for name in USUAL
        if reached[name]
        or name in ("started", "finished", "completed")
        or (name == "paid" and not booking.in_cash)
        or (name in ("asked", "accepted") and by_request)
    ]
    if booking.at in ENDED:
        past = [Station(name, at, "done") for name in path if (at := reached[name])]
        return [*past, Station(booking.state, booking.entered_at, "bad")]
    if booking.at in OPEN_BETWEEN:
        past = [Station(name, at, "done") for name in path if (at := reached[name])]
        standing = "done" if booking.at == State.RESOLVED else "now"
        return [*past, Station(booking.state, booking.entered_at, standing)]
    return _with_next([(name, reached[name]) for name in path])


def _paid(booking: Booking) -> datetime | None:
    """Return when a request was paid; cash is paid at the visit, and that is no station."""
    return None if booking.in_cash else booking.paid_at


def _requested(booking: Booking) -> datetime | None:
    steps = StepTaken.objects.filter(booking=booking, step="pay_ok")
    return steps.values_list("at", flat=True).first()


def _with_next(path: list[tuple[str, datetime | None]]) -> list[Station]:
    last = max((place for place, (_, at) in enumerate(path) if at), default=-1)
    stations = []
    for place, (name, at) in enumerate(path):
        standing = "done" if place <= last else "now" if place == last + 1 else ""
        stations.append(Station(name, at, standing))
    return stations
