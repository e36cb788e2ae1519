"""What an offer may say, how often two people may go back and forth, and until when it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import Conflict, Invalid
from marketplace.jobs.rules.posting import Window

MOST_LINES, MOST_SLOTS, MOST_ROUNDS = 10, 3, 3
LONGEST_MESSAGE, LONGEST_LABEL = 1_000, 80
MINUTES = range(15, 721)
MOST_MINOR = 10**12
VALID_FOR = timedelta(hours=48)
RETIME_WITHIN = timedelta(hours=12)


class OfferInvalid(Invalid):
    code = "offer.invalid"
    title = "Please look at this part of the offer again."


class SlotOutside(OfferInvalid):
    code = "offer.slot_outside"
    title = "The customer needs it at another time. Please choose among the times of the job."


class NotFree(OfferInvalid):
    code = "offer.not_free"
    title = "Your own calendar is not free then. Please choose another time."


class JobFull(Conflict):
    code = "job.full"
    title = "This job has as many offers as it takes. If one is withdrawn, there is room again."


class JobClosed(Conflict):
    code = "job.closed"
    title = "This job takes no more offers."


class AlreadyOffered(Conflict):
    code = "offer.already"
    title = "You have made an offer for this job already."


class NoMoreRounds(Conflict):
    code = "offer.rounds"
    title = "You have asked three times. Now it is yes or no."


class NothingToRetime(Conflict):
    code = "offer.nothing_to_retime"
    title = "Nobody asked for other times."


class TimesMissing(Conflict):
    code = "offer.times_missing"
    title = "That time was taken meanwhile. New times will come within twelve hours."


class OfferChanged(Conflict):
    code = "version_conflict"
    title = "The offer has changed since you looked at it. Please look again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of what the work costs."""

    label: str
    unit_minor: int
    quantity: int = 1

    @property
    def amount_minor(self) -> int:
        """What the line adds."""
        return self.unit_minor * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a worker offers: for what money, how long it takes, when, and a word about it."""

    parts: tuple[Part, ...]
    minutes: int
    slots: tuple[datetime, ...]
    message: str = ""

    @property
    def amount_minor(self) -> int:
        """What the work costs in all, before the customer's fee."""
        return sum(part.amount_minor for part in self.parts)


def check_terms(terms: Terms, *, windows: Sequence[Window], at: datetime) -> Terms:
    """Return terms that make sense, or refuse naming what does not."""
    wrong = []
    if not 1 <= len(terms.parts) <= MOST_LINES or not all(map(_makes_sense, terms.parts)):
        wrong.append("lines")
    if not 0 < terms.amount_minor <= MOST_MINOR:
        wrong.append("lines")
    if terms.minutes not in MINUTES:
        wrong.append("minutes")
    if len(terms.message) > LONGEST_MESSAGE:
        wrong.append("message")
    if wrong:
        raise OfferInvalid(fields=list(dict.fromkeys(wrong)))
    check_slots(terms.slots, windows=windows, at=at)
    return terms


def _makes_sense(part: Part) -> bool:
    said = 0 < len(part.label.strip()) <= LONGEST_LABEL
    return said and part.unit_minor >= 0 and 1 <= part.quantity <= 1_000


def check_slots(slots: Sequence[datetime], *, windows: Sequence[Window], at: datetime) -> None:
    """Refuse no time, more than three, one that is over, or one the customer did not name."""
    if not 1 <= len(set(slots)) == len(slots) <= MOST_SLOTS or min(slots) <= at:
        raise OfferInvalid(fields=["slots"])
    if windows and not all(any(each.holds(slot) for each in windows) for slot in slots):
        raise SlotOutside(fields=["slots"])


def place_for(taken: Collection[int], *, most: int) -> int:
    """Return the first free place among a job's offers, from 1; or refuse when all are taken."""
    free = next((number for number in range(1, most + 1) if number not in taken), None)
    if free is None:
        raise JobFull(most=most)
    return free


def check_round(rounds: int) -> int:
    """Return the number of the next round of asking, if there is one."""
    if rounds >= MOST_ROUNDS:
        raise NoMoreRounds(most=MOST_ROUNDS)
    return rounds + 1


def valid_until(at: datetime, *, slots: Sequence[datetime] = ()) -> datetime:
    """Return until when an offer stands: two days, but never past the last of its times."""
    return min([at + VALID_FOR, *([max(slots)] if slots else [])])


def after_slot_gone(
    *, at: datetime, stood_until: datetime, left: Sequence[datetime]
) -> tuple[datetime, datetime]:
    """Return until when there may be new times, and until when the offer stands meanwhile."""
    retime = at + RETIME_WITHIN
    return retime, max(retime, stood_until) if left else retime


def closes_at(*, open_until: datetime, offers_until: Sequence[datetime]) -> datetime:
    """Return when a job is over: at its end, or when its last offer ends if that is later."""
    return max([open_until, *offers_until])
