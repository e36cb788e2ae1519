"""The life of a job post and of an offer for it: who may take which step, from where to where.

Tables, not code: what is not in them is refused, a wrong state before a wrong party.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from marketplace.bookings.rules.process import NotYourStep, Party, WrongState


class JobState(StrEnum):
    """Where a job post can be."""

    DRAFT = "draft"
    PENDING_REVIEW = "pending_review"
    OPEN = "open"
    AWARDED = "awarded"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class OfferState(StrEnum):
    """Where an offer can be."""

    SENT = "sent"
    COUNTERED = "countered"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LOST = "lost"


LIVE = (OfferState.SENT, OfferState.COUNTERED)  # Somebody may still say yes to it.


class MovedOn(WrongState):
    code = "wrong_state"
    title = "This is not possible any more: the job or the offer has moved on."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table. `when` tells apart rows of the same state and step."""

    step: str
    origins: tuple[StrEnum | None, ...]
    parties: tuple[Party, ...]
    to: StrEnum
    when: str = ""
    reason: bool = False
    effects: tuple[str, ...] = ()
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A declared life: its states, its rows, and the timers that run in a state."""

    code: str
    states: type[StrEnum]
    transitions: tuple[Row, ...]
    version: int = 1
    timers: dict[StrEnum, tuple[str, ...]] = field(default_factory=dict)

    def take(self, step: str, *, origin: str | None, party: Party, branch: str = "") -> Row:
        """Return the row that applies, or refuse: a wrong state first, then a wrong party."""
        here = [row for row in self.transitions if row.step == step and origin in row.origins]
        rows = [row for row in here if row.when in ("", branch)]
        if not rows:
            raise MovedOn(state=origin, step=step)
        mine = [row for row in rows if party in row.parties]
        if not mine:
            raise NotYourStep(state=origin, step=step)
        return mine[0]

    def steps_of(self, party: Party, *, origin: str) -> list[str]:
        """Return the steps that a party may ask for now, in the order of the table."""
        rows = [row for row in self.transitions if origin in row.origins and party in row.parties]
        return list(dict.fromkeys(row.step for row in rows))

    @property
    def terminal(self) -> tuple[StrEnum, ...]:
        """The states that nothing leads out of."""
        left = {origin for row in self.transitions for origin in row.origins}
        return tuple(state for state in self.states if state not in left)


def _row(
    origins: StrEnum | tuple[StrEnum, ...] | None, step: str, party: Party, to: StrEnum,
    *, when: str = "", reason: bool = False,
) -> Row:  # fmt: skip
    return Row(
        step=step,
        origins=origins if isinstance(origins, tuple) else (origins,),
        parties=(party,),
        to=to,
        when=when,
        reason=reason,
    )


CUSTOMER, WORKER, STAFF, _, SYSTEM = Party
J, O = JobState, OfferState  # noqa: E741 -- Two letters keep the tables readable.
REVIEW, FREE = "review", "free"

JOB = Table(
    code="job",
    states=JobState,
    transitions=(
        _row(None, "create", CUSTOMER, J.DRAFT),
        _row(J.DRAFT, "edit", CUSTOMER, J.DRAFT),
        _row(J.DRAFT, "post", CUSTOMER, J.OPEN, when=FREE),
        _row(J.DRAFT, "post", CUSTOMER, J.PENDING_REVIEW, when=REVIEW),
        _row(J.PENDING_REVIEW, "approve", STAFF, J.OPEN),
        _row(J.PENDING_REVIEW, "send_back", STAFF, J.DRAFT, reason=True),
        _row((J.DRAFT, J.PENDING_REVIEW, J.OPEN), "withdraw", CUSTOMER, J.WITHDRAWN),
        _row((J.PENDING_REVIEW, J.OPEN), "take_down", STAFF, J.WITHDRAWN, reason=True),
        _row(J.OPEN, "award", CUSTOMER, J.AWARDED),
        _row(J.OPEN, "expire", SYSTEM, J.EXPIRED),
    ),
    timers={J.OPEN: ("send_out", "expire")},
)
OFFER = Table(
    code="job_offer",
    states=OfferState,
    transitions=(
        _row(None, "send", WORKER, O.SENT),
        _row(O.SENT, "counter", CUSTOMER, O.COUNTERED),
        _row(O.COUNTERED, "answer", WORKER, O.SENT),
        _row((O.SENT, O.COUNTERED), "retime", WORKER, O.SENT),
        _row(O.SENT, "slot_gone", SYSTEM, O.SENT),
        _row(O.COUNTERED, "slot_gone", SYSTEM, O.COUNTERED),
        _row((O.SENT, O.COUNTERED), "accept", CUSTOMER, O.ACCEPTED),
        _row((O.SENT, O.COUNTERED), "withdraw", WORKER, O.WITHDRAWN),
        _row((O.SENT, O.COUNTERED), "expire", SYSTEM, O.EXPIRED),
        _row((O.SENT, O.COUNTERED), "lose", SYSTEM, O.LOST),
    ),
    timers={O.SENT: ("offer_expires",), O.COUNTERED: ("offer_expires",)},
)
PROCESSES = {(each.code, each.version): each for each in (JOB, OFFER)}


def faults(table: Table) -> Sequence[str]:
    """Return what is wrong with a table: states that cannot be reached, or have no way out."""
    found: set[StrEnum] = set()
    while new := _next(table, found) - found:
        found |= new
    wrong = [f"{state} cannot be reached" for state in table.states if state not in found]
    for state in found - set(table.terminal):
        if not {row.to for row in table.transitions if state in row.origins} - {state}:
            wrong.append(f"{state} has no way out")
    return wrong


def _next(table: Table, known: set[StrEnum]) -> set[StrEnum]:
    return {row.to for row in table.transitions if None in row.origins or known & set(row.origins)}
