"""A disagreement about a visit: what may be contested, how it may end, who pays what of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kernel.errors import Conflict, Invalid, NotAllowed
from marketplace.bookings.rules.process import Party


class Reason(StrEnum):
    """What somebody says was not right."""

    NOT_DELIVERED = "not_delivered"
    PARTIAL = "partial"
    QUALITY = "quality"
    DAMAGE = "damage"
    WRONG_WORKER = "wrong_worker"
    OVERCHARGE = "overcharge"
    LATE = "late"
    SAFETY = "safety"
    NO_SHOW = "no_show"
    OTHER = "other"


class Outcome(StrEnum):
    """How a dispute may end."""

    DISMISSED = "dismissed"
    PARTIAL = "partial"
    FULL = "full"
    REDO = "redo"
    GOODWILL = "goodwill"


FAULTS = ("worker", "customer", "platform", "none")
BETWEEN_PARTIES = (Outcome.DISMISSED, Outcome.PARTIAL, Outcome.FULL, Outcome.REDO)
URGENT = {Reason.SAFETY: "P1", Reason.DAMAGE: "P2", Reason.WRONG_WORKER: "P1"}
MOST_FILES = 10
SHORTEST_FINDING = 10


class ReasonUnknown(Invalid):
    code = "dispute.reason_unknown"
    title = "Say what was not right."


class WordsMissing(Invalid):
    code = "dispute.words_missing"
    title = "Tell what happened, in at least 10 characters."


class TooLate(Conflict):
    code = "dispute.too_late"
    title = "Until {days} days after the visit you could say so here. Please write to the team."


class AmountOutside(Invalid):
    code = "dispute.amount_outside"
    title = "The amount has to be more than nothing and at most what is contested."


class OutcomeUnknown(Invalid):
    code = "dispute.outcome_unknown"
    title = "Say how it should end."


class FaultMissing(Invalid):
    code = "dispute.fault_missing"
    title = "Say whose fault it was, or that it was nobody's."


class FindingMissing(Invalid):
    code = "dispute.finding_missing"
    title = "Write down what you found, in at least 10 characters. Both read it."


class NothingToAgreeTo(Conflict):
    code = "dispute.nothing_to_agree_to"
    title = "The other side has not proposed anything yet."


class NotASide(NotAllowed):
    code = "dispute.not_a_side"
    title = "Only the two sides of the visit can do this."


class TooManyFiles(Invalid):
    code = "dispute.too_many_files"
    title = "At most 10 files a side."


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Who pays what of an amount R of the work that goes back, in minor units."""

    amount: int
    fee_back: int
    debit: int

    @property
    def refund(self) -> int:
        """What the customer gets: the amount, and the fee's part of it."""
        return self.amount + self.fee_back

    @property
    def reversal(self) -> int:
        """What of the amount does not come from the worker: the commission's part, or all."""
        return self.amount - self.debit


def divide(
    *, amount: int, work: int, commission: int, fee: int, share: int, fault: str
) -> Division:
    """Divide an amount of the work that goes back; only a worker at fault pays a part of it."""
    debit = min(_part(amount, work - commission, work), share) if fault == "worker" else 0
    return Division(amount=amount, fee_back=_part(amount, fee, work), debit=debit)


def _part(amount: int, part: int, whole: int) -> int:
    """Return amount·part/whole, rounded half up."""
    return (2 * amount * part + whole) // (2 * whole) if whole > 0 else 0


def check_open(*, ends_at: datetime, at: datetime, days: int) -> None:
    """Refuse a dispute too long after the visit."""
    if at > ends_at + timedelta(days=days):
        raise TooLate(days=days)


def check_claim(*, reason: str, words: str, contested: int | None, work: int) -> tuple[Reason, int]:
    """Return the reason and what is contested of the work: all of it, if nothing was named."""
    if reason not in tuple(Reason):
        raise ReasonUnknown(fields=["about"])
    if len(words.strip()) < SHORTEST_FINDING:
        raise WordsMissing(fields=["reason"])
    amount = work if contested is None else contested
    if not 0 < amount <= work:
        raise AmountOutside(fields=["amount"])
    return Reason(reason), amount


def amount_of(
    outcome: str, *, asked: int | None, contested: int, allowed: tuple[Outcome, ...]
) -> int:
    """Return how much of the work goes back with an outcome."""
    if outcome not in allowed:
        raise OutcomeUnknown(fields=["outcome"])
    if outcome == Outcome.FULL:
        return contested
    if outcome in (Outcome.PARTIAL, Outcome.GOODWILL):
        if asked is None or not 0 < asked <= contested:
            raise AmountOutside(fields=["amount"])
        return asked
    return 0


def check_finding(*, outcome: str, fault: str, finding: str) -> None:
    """Refuse a decision without a fault and a finding; goodwill is nobody's fault to pay for."""
    wrong = fault not in FAULTS or (outcome == Outcome.GOODWILL and fault == "worker")
    if wrong:
        raise FaultMissing(fields=["fault"])
    if len(finding.strip()) < SHORTEST_FINDING:
        raise FindingMissing(fields=["reason"])


def other(party: Party) -> Party:
    """Return the other side of a visit."""
    sides = {Party.CUSTOMER: Party.WORKER, Party.WORKER: Party.CUSTOMER}
    if party not in sides:
        raise NotASide
    return sides[party]
