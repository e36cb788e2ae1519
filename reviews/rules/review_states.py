"""The life of a review. The table is the whole truth: what is not in it cannot happen."""

from enum import StrEnum

from kernel.errors import Conflict


class State(StrEnum):
    """Where a review stands."""

    SEALED = "sealed"
    PUBLISHED = "published"
    DELAYED = "delayed"
    HELD = "held"
    NOT_COUNTED = "not_counted"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can happen to a review."""

    EDIT = "edit"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"
    DELAY = "delay"
    HOLD = "hold"
    NOT_COUNT = "not_count"
    REMOVE = "remove"
    CONFIRM = "confirm"
    UPHOLD_APPEAL = "uphold_appeal"


TABLE = {
    (State.SEALED, Step.EDIT): State.SEALED,
    (State.SEALED, Step.WITHDRAW): State.WITHDRAWN,
    (State.SEALED, Step.PUBLISH): State.PUBLISHED,
    (State.SEALED, Step.DELAY): State.DELAYED,
    (State.SEALED, Step.HOLD): State.HELD,
    (State.SEALED, Step.NOT_COUNT): State.NOT_COUNTED,
    (State.DELAYED, Step.PUBLISH): State.PUBLISHED,
    (State.DELAYED, Step.HOLD): State.HELD,
    (State.DELAYED, Step.NOT_COUNT): State.NOT_COUNTED,
    (State.HELD, Step.PUBLISH): State.PUBLISHED,
    (State.HELD, Step.NOT_COUNT): State.NOT_COUNTED,
    (State.PUBLISHED, Step.NOT_COUNT): State.NOT_COUNTED,
    (State.NOT_COUNTED, Step.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Step.CONFIRM): State.PUBLISHED,
    (State.NOT_COUNTED, Step.CONFIRM): State.NOT_COUNTED,
    (State.REMOVED, Step.CONFIRM): State.REMOVED,
    (State.HELD, Step.REMOVE): State.REMOVED,
    (State.PUBLISHED, Step.REMOVE): State.REMOVED,
    (State.NOT_COUNTED, Step.REMOVE): State.REMOVED,
    (State.HELD, Step.UPHOLD_APPEAL): State.PUBLISHED,
    (State.NOT_COUNTED, Step.UPHOLD_APPEAL): State.PUBLISHED,
    (State.REMOVED, Step.UPHOLD_APPEAL): State.PUBLISHED,
    (State.PUBLISHED, Step.WITHDRAW): State.WITHDRAWN,
    (State.NOT_COUNTED, Step.WITHDRAW): State.WITHDRAWN,
}
VISIBLE = (State.PUBLISHED, State.NOT_COUNTED)
WAITING = (State.DELAYED, State.HELD)


class IllegalStep(Conflict):
    code = "review.illegal_step"
    title = "That cannot be done with this review any more."


def take(step: Step, *, state: State) -> State:
    """Return the state after a step, or refuse it."""
    try:
        return TABLE[state, step]
    except KeyError:
        raise IllegalStep(state=state.value, step=step.value) from None
