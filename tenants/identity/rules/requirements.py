"""Which checks are needed, which are in order, and what to do about the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tenants.identity.rules.check_states import State
from tenants.identity.rules.check_types import type_of

SOON = timedelta(days=30)


class Status(StrEnum):
    """How one requirement stands."""

    OK = "ok"
    EXPIRING = "expiring"
    IN_GRACE = "in_grace"
    EXPIRED = "expired"
    MISSING = "missing"
    IN_REVIEW = "in_review"
    FAILED = "failed"


HOLDS = (Status.OK, Status.EXPIRING, Status.IN_GRACE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the requirements need to know of one attempt."""

    kind: str
    state: str
    level: int
    valid_until: datetime | None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One requirement: how it stands, until when, and whether more was asked for."""

    kind: str
    status: Status
    until: datetime | None = None
    asked_again: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the requirement is met."""
        return self.status in HOLDS

    @property
    def shown(self) -> str:
        """How to call it: something asked for again matters more than that it is missing."""
        return "asked_again" if self.asked_again and not self.holds else self.status.value


Gap = Standing  # A requirement that is not met.


def standing(kind: str, attempts: Iterable[Seen], *, at: datetime, min_level: int = 2) -> Standing:
    """Tell how one requirement stands at a moment, given all attempts at it, newest first."""
    own = [each for each in attempts if each.kind == kind]
    asked_again = any(each.state == State.NEEDS_MORE for each in own)
    best = _best(own, min_level)
    if best is not None and best >= at:
        status = Status.EXPIRING if best - at <= SOON else Status.OK
        return Standing(kind, status, best, asked_again)
    if best is not None and best + type_of(kind).grace >= at:
        return Standing(kind, Status.IN_GRACE, best, asked_again)
    return Standing(kind, _without(own, ended=best is not None), best, asked_again)


def counts(seen: Seen) -> bool:
    """Tell whether an attempt passed, and was not taken back (a proposal alone takes nothing)."""
    pending_revoke = seen.state == State.ADVERSE_PENDING and seen.target == State.REVOKED
    return seen.state in (State.PASSED, State.EXPIRED) or pending_revoke


def _best(attempts: list[Seen], min_level: int) -> datetime | None:
    """Return until when the longest-lasting attempt that counts is valid."""
    ends = [
        each.valid_until
        for each in attempts
        if each.valid_until is not None and each.level >= min_level and counts(each)
    ]
    return max(ends, default=None)


def _without(attempts: list[Seen], *, ended: bool) -> Status:
    """Tell how a requirement stands that nothing fulfils."""
    states = [each.state for each in attempts]
    if State.SUBMITTED in states or State.IN_REVIEW in states or State.APPEALED in states:
        return Status.IN_REVIEW
    if states and states[0] in (State.FAILED, State.REVOKED, State.ADVERSE_PENDING):
        return Status.FAILED
    return Status.EXPIRED if ended else Status.MISSING
