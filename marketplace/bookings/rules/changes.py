"""Another time for a visit: who has to agree, how long a proposal stands, how often it may be."""

from datetime import datetime

from kernel.errors import Conflict, Invalid, NotAllowed
from marketplace.bookings.rules.process import Party
from marketplace.bookings.rules.timers import choose_by


class TooManyMoves(Conflict):
    code = "booking.too_many_moves"
    title = "The time of this visit has changed {most} times already: that is as often as it may."


class SameTime(Invalid):
    code = "booking.same_time"
    title = "That is the time it has already."


class NothingProposed(Conflict):
    code = "booking.nothing_proposed"
    title = "No other time is waiting for an answer."


class NotYoursToAnswer(NotAllowed):
    code = "booking.not_yours_to_answer"
    title = "You have agreed to this time already; the other side has to answer."


class NoSubstitute(Conflict):
    code = "booking.no_substitute"
    title = "This person cannot come at this time for this price."


class TimeMissing(Invalid):
    code = "booking.time_missing"
    title = "Say which time would suit you."


class AnswerMissing(Invalid):
    code = "booking.answer_missing"
    title = "Say yes or no."


def check_moves(*, moves: int, most: int) -> None:
    """Refuse to change a visit's time too often."""
    if moves >= most:
        raise TooManyMoves(most=most)


def agreed_at_once(*, party: Party, mode: str, charged_bp: int) -> tuple[bool, bool]:
    """Return whether customer and worker agree as soon as a time is proposed.

    Who proposes agrees. Where customers book without asking, they also move without asking, as
    long as cancelling would cost nothing. Staff need the word of both.
    """
    if party == Party.CUSTOMER:
        return True, mode == "instant" and charged_bp == 0
    return False, party == Party.WORKER


def stands_until(*, made_at: datetime, starts_at: datetime) -> datetime:
    """Return until when a proposal may be answered; silence keeps the old time."""
    return choose_by(entered_at=made_at, starts_at=starts_at)


def beyond(
    *, old: tuple[datetime, datetime], new: tuple[datetime, datetime]
) -> list[tuple[datetime, datetime]]:
    """Return what a new stretch takes that an old one does not have yet: the time to hold."""
    if new[1] <= old[0] or old[1] <= new[0]:
        return [new]
    before = [(new[0], old[0])] if new[0] < old[0] else []
    after = [(old[1], new[1])] if old[1] < new[1] else []
    return before + after


def least_kept(*, before_bp: int, charged_bp: int, proposed_by: Party) -> int:
    """Return what a cancellation keeps at least, once the customer has moved a visit late."""
    return max(before_bp, charged_bp) if proposed_by == Party.CUSTOMER else before_bp
