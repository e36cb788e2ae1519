"""The life of a worker at a tenant. The table is the whole truth: what is not in it is refused."""

from datetime import datetime, timedelta
from enum import StrEnum

from kernel.actor import OFFICE, Role
from kernel.errors import Conflict, Invalid, NotAllowed
from marketplace.catalog.rules.suspensions import REASONS

AGAIN_AFTER = timedelta(days=30)
SHORTEST_NOTE = 10
LONGEST_PAUSE = timedelta(days=366)


class State(StrEnum):
    """Where a worker stands with this tenant."""

    APPLIED = "applied"
    IN_REVIEW = "in_review"
    NEEDS_INFO = "needs_info"
    REJECTED = "rejected"
    APPROVED = "approved"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    LEFT = "left"


class Step(StrEnum):
    """What can happen to a worker's standing."""

    APPLY = "apply"
    START_REVIEW = "start_review"
    ASK_INFO = "ask_info"
    REJECT = "reject"
    APPROVE = "approve"
    PAUSE = "pause"
    RESUME = "resume"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    LEAVE = "leave"
    REMOVE = "remove"


TABLE: dict[tuple[State | None, Step], State] = {
    (None, Step.APPLY): State.APPLIED,
    (State.REJECTED, Step.APPLY): State.APPLIED,
    (State.APPLIED, Step.START_REVIEW): State.IN_REVIEW,
    (State.NEEDS_INFO, Step.START_REVIEW): State.IN_REVIEW,
    (State.IN_REVIEW, Step.ASK_INFO): State.NEEDS_INFO,
    (State.IN_REVIEW, Step.REJECT): State.REJECTED,
    (State.IN_REVIEW, Step.APPROVE): State.APPROVED,
    (State.APPROVED, Step.PAUSE): State.PAUSED,
    (State.PAUSED, Step.RESUME): State.APPROVED,
    (State.APPROVED, Step.SUSPEND): State.SUSPENDED,
    (State.PAUSED, Step.SUSPEND): State.SUSPENDED,
    (State.SUSPENDED, Step.REINSTATE): State.APPROVED,
    (State.APPROVED, Step.LEAVE): State.LEFT,
    (State.PAUSED, Step.LEAVE): State.LEFT,
    (State.SUSPENDED, Step.LEAVE): State.LEFT,
    (State.APPROVED, Step.REMOVE): State.LEFT,
    (State.PAUSED, Step.REMOVE): State.LEFT,
    (State.SUSPENDED, Step.REMOVE): State.LEFT,
}

_WORKER = frozenset({Role.WORKER})
_OFFICE = frozenset(OFFICE)
WHO: dict[Step, frozenset[Role]] = {
    Step.APPLY: _WORKER,
    Step.START_REVIEW: _OFFICE,
    Step.ASK_INFO: _OFFICE,
    Step.REJECT: _OFFICE,
    Step.APPROVE: _OFFICE,
    Step.PAUSE: _WORKER,
    Step.RESUME: _WORKER | {Role.SYSTEM},
    Step.SUSPEND: _OFFICE,
    Step.REINSTATE: _OFFICE | {Role.SYSTEM},
    Step.LEAVE: _WORKER,
    Step.REMOVE: _OFFICE,
}

REASONED = frozenset({Step.ASK_INFO, Step.REJECT, Step.SUSPEND, Step.REMOVE})
SUSPENSION_REASONS = REASONS

# Who stands here has, or keeps, a profile that customers can see.
VISIBLE = frozenset({State.APPROVED, State.PAUSED})
# Who stands here may still change an application.
OPEN_APPLICATION = frozenset({State.APPLIED, State.NEEDS_INFO})


class IllegalStep(Conflict):
    """This step does not lead anywhere from where the worker stands."""

    code = "wrong_state"
    title = "That is not possible for a worker in this state."


class NotYours(NotAllowed):
    """Somebody else takes this step."""

    code = "worker.not_yours"
    title = "This decision is not yours to take."


class ReasonMissing(Invalid):
    """The worker has a right to know why."""

    code = "worker.reason_missing"
    title = "Write a reason of at least {least} characters: the worker will read it."


class PauseInvalid(Invalid):
    """A pause that ends in the past, or never in sight."""

    code = "worker.pause_invalid"
    title = "A pause ends in the future, within a year."


class TooSoon(Conflict):
    """A rejected person may come back, but not yet."""

    code = "worker.too_soon"
    title = "You can apply again from {again_on}."


def take(step: Step, *, state: State | None, role: Role) -> State:
    """Return the state after a step, or refuse it: first for the state, then for who asks."""
    if (state, step) not in TABLE:
        raise IllegalStep(state=state.value if state else "", step=step.value)
    if role not in WHO[step]:
        raise NotYours(step=step.value)
    return TABLE[state, step]


def check_reason(step: Step, note: str) -> None:
    """Refuse a decision against somebody that does not say why."""
    if step in REASONED and len(note.strip()) < SHORTEST_NOTE:
        raise ReasonMissing(least=SHORTEST_NOTE, fields=["note"])


def check_pause(until: datetime | None, at: datetime) -> None:
    """Refuse a pause that is over before it begins, or lasts longer than a year."""
    if until is not None and not at < until <= at + LONGEST_PAUSE:
        raise PauseInvalid(fields=["until"])


def check_again(rejected_at: datetime, at: datetime) -> None:
    """Refuse an application that comes too soon after a rejection."""
    if at < rejected_at + AGAIN_AFTER:
        raise TooSoon(again_on=(rejected_at + AGAIN_AFTER).date().isoformat())


def steps_from(state: State, *, role: Role) -> list[Step]:
    """Return what somebody can do about a worker in this state, in the order of the life."""
    return [step for step in Step if (state, step) in TABLE and role in WHO[step]]
