"""What happened to a booking, as a line of stations that people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.bookings.models import Booking, StepTaken, TimeProposal
from marketplace.bookings.rules.process import State


@dataclass(frozen=True, slots=True)
class Station:
    """One station: its code (put in words by the page), when it was reached, and how it stands."""

    code: str
    at: datetime | None
    standing: str
    was: datetime | None = None  # Of a move: when the visit was to be, and when it is.
    becomes: datetime | None = None


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
    """Return the stations of a booking: reached, moved, next, to come; or where it ended."""
    return with_moves(_stations(booking), moves_of(booking))


def moves_of(booking: Booking) -> list[Station]:
    """Return how a visit's time was changed, oldest first: from when to when."""
    if not booking.moves:
        return []
    was, found = booking.quote.starts_at, []
    for each in booking.proposals.filter(state=TimeProposal.ACCEPTED).order_by("made_at", "pk"):
        found.append(Station("moved", each.made_at, "done", was=was, becomes=each.starts_at))
        was = each.starts_at
    return found


def with_moves(stations: Sequence[Station], moves: Sequence[Station]) -> list[Station]:
    """Put moves where they belong: after what had been reached before them."""
    told = list(stations)
    for move in moves:
        before = [
            place for place, each in enumerate(told) if each.at and move.at and each.at <= move.at
        ]
        told.insert(max(before, default=-1) + 1, move)
    return told


def _stations(booking: Booking) -> list[Station]:
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
