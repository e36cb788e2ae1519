"""Who sees what of a booking, and when. Serialisers ask; pages and answers follow.

Nobody ever sees a phone or an e-mail address.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.bookings.rules.process import Party, State

CODES_FROM = timedelta(hours=24)
CODES_UNTIL = timedelta(hours=2)
SHEET_UNTIL = timedelta(hours=24)


class Piece(StrEnum):
    """A piece of a booking that is not for everybody at every time."""

    ZONE = "zone"  # Roughly where: the point on a coarse grid, never the address.
    ADDRESS = "address"
    ANSWERS = "answers"  # To the tenant's own questions; the sensitive ones go with the note.
    NOTE = "note"  # How to get in.
    PREFERENCES = "preferences"  # What the customer would like, with consent.
    VISIT_CODE = "visit_code"
    START_PIN = "start_pin"
    VISIT_LINK = "visit_link"
    RECEIPT = "receipt"


AGREED = (State.CONFIRMED, State.PAYMENT_DUE, State.NO_SHOW_REPORTED, State.IN_PROGRESS)
OFFERED = (State.REQUESTED, State.MATCHING)
DONE = (State.DELIVERED, State.COMPLETED, State.DISPUTED, State.NO_SHOW, State.RESOLVED)
PAID = (*AGREED, *DONE, State.AWAITING_CHOICE, State.CANCELLED)


def pieces(
    *, party: Party, state: State, starts_at: datetime, ends_at: datetime, at: datetime
) -> frozenset[Piece]:
    """Return the pieces that one side sees now. Staff and the system see no codes."""
    near = starts_at - CODES_FROM <= at <= ends_at + CODES_UNTIL and state in AGREED
    if party == Party.WORKER:
        return frozenset(_of_worker(state, near=near, sheet=at <= ends_at + SHEET_UNTIL))
    found = {Piece.ZONE, Piece.ADDRESS, Piece.NOTE, Piece.ANSWERS}
    if state in PAID:
        found.add(Piece.RECEIPT)
    if party == Party.CUSTOMER and state in AGREED:
        found |= {Piece.VISIT_LINK, Piece.PREFERENCES}
    if party == Party.CUSTOMER and near:
        found |= {Piece.VISIT_CODE, Piece.START_PIN}
    return frozenset(found)


def _of_worker(state: State, *, near: bool, sheet: bool) -> set[Piece]:
    found = {Piece.ZONE}
    if state in OFFERED:
        found.add(Piece.ANSWERS)
    if sheet and state in (*AGREED, State.DELIVERED, State.COMPLETED):
        found |= {Piece.ADDRESS, Piece.NOTE, Piece.ANSWERS, Piece.PREFERENCES}
    if near:
        found.add(Piece.VISIT_CODE)
    return found
