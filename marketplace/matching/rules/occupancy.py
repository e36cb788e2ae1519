"""One calendar for a person, whoever they work for: numbers, lanes and blocked time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kernel.errors import Conflict, Invalid
from marketplace.matching.rules.lanes import Lanes
from marketplace.matching.rules.slots import Taken
from marketplace.matching.rules.spans import Span

LONGEST_MINUTES = 14 * 24 * 60
MOST_HOLDS = 3


class SlotTaken(Conflict):
    """Somebody was faster, here or at another business."""

    code = "slot_taken"
    title = "This time has just been taken. Please choose another."


class TooManyHolds(Conflict):
    """Somebody keeps too much time that they have not booked."""

    code = "too_many_holds"
    title = "You keep three times reserved already. Finish or wait a few minutes."


class TimeInvalid(Invalid):
    """A stretch of time that ends before it begins, or never."""

    code = "calendar.time_invalid"
    title = "The end has to come after the beginning."


def person_no(user_id: UUID) -> int:
    """Return a person's number: the lowest 63 bits of the account's id, as the database has it."""
    return user_id.int & (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """A job's own time, and the time around it that nobody else may have."""

    starts_at: datetime
    ends_at: datetime
    blocked_from: datetime
    blocked_until: datetime


def stretch(
    starts_at: datetime, *, minutes: int, buffer_before: int = 0, buffer_after: int = 0
) -> Stretch:
    """Return the time a job takes and blocks."""
    if not 0 < minutes <= LONGEST_MINUTES or buffer_before < 0 or buffer_after < 0:
        raise TimeInvalid(fields=["minutes"])
    ends_at = starts_at + timedelta(minutes=minutes)
    return Stretch(
        starts_at,
        ends_at,
        starts_at - timedelta(minutes=buffer_before),
        ends_at + timedelta(minutes=buffer_after),
    )


def first_free(choices: Sequence[Lanes], blocked: Span, taken: Sequence[Taken]) -> Lanes:
    """Return the first lanes in which nothing is at a time, or refuse."""
    for lanes in choices:
        if not any(each.lanes.meets(lanes) and each.blocked.meets(blocked) for each in taken):
            return lanes
    raise SlotTaken
