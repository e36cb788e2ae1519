"""What can happen to a check, and when: one table of (state, step) → state."""

from enum import StrEnum

from kernel.errors import Conflict

MOST_ROUNDS = 5  # How often a worker can be asked for more.


class State(StrEnum):
    """Where one attempt stands."""

    NOT_STARTED = "not_started"
    AWAITING_WORKER = "awaiting_worker"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    NEEDS_MORE = "needs_more"
    PASSED = "passed"
    ADVERSE_PENDING = "adverse_pending"
    FAILED = "failed"
    REVOKED = "revoked"
    EXPIRED = "expired"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What somebody does, or time does."""

    REQUEST = "request"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    PASS = "pass"
    ASK_MORE = "more"
    FAIL = "fail"
    REVOKE = "revoke"
    ANSWER = "answer"
    FALL_SILENT = "fall_silent"
    RUN_OUT = "run_out"
    APPEAL = "appeal"


OPEN = (
    State.NOT_STARTED,
    State.AWAITING_WORKER,
    State.NEEDS_MORE,
    State.SUBMITTED,
    State.IN_REVIEW,
)
WITH_WORKER = (State.AWAITING_WORKER, State.NEEDS_MORE)
FOR_REVIEW = (State.SUBMITTED, State.IN_REVIEW, State.APPEALED)

TARGET = "target"  # Stands for the state that the adverse notice named.

TABLE: dict[tuple[State, Step], str] = {
    (State.NOT_STARTED, Step.REQUEST): State.AWAITING_WORKER,
    (State.AWAITING_WORKER, Step.SUBMIT): State.SUBMITTED,
    (State.NEEDS_MORE, Step.SUBMIT): State.SUBMITTED,
    **{(state, Step.WITHDRAW): State.WITHDRAWN for state in OPEN},
    (State.SUBMITTED, Step.CLAIM): State.IN_REVIEW,
    (State.IN_REVIEW, Step.PASS): State.PASSED,
    (State.IN_REVIEW, Step.ASK_MORE): State.NEEDS_MORE,
    (State.IN_REVIEW, Step.FAIL): State.ADVERSE_PENDING,
    (State.PASSED, Step.REVOKE): State.ADVERSE_PENDING,
    (State.ADVERSE_PENDING, Step.ANSWER): State.IN_REVIEW,
    (State.ADVERSE_PENDING, Step.FALL_SILENT): TARGET,
    (State.PASSED, Step.RUN_OUT): State.EXPIRED,
    (State.FAILED, Step.APPEAL): State.APPEALED,
    (State.REVOKED, Step.APPEAL): State.APPEALED,
    (State.APPEALED, Step.CLAIM): State.IN_REVIEW,
}


class InvalidTransition(Conflict):
    code = "invalid_transition"
    title = "This check is not in a state where that is possible."


class TooManyRounds(Conflict):
    code = "check.too_many_rounds"
    title = "More was already asked for five times. Decide with what is there."


def next_state(
    state: str, step: Step, *, target: str = "", rounds: int = 0, answered: bool = False
) -> State:
    """Return where a step leads from a state, or refuse it.

    What is not accepted even after the worker's answer fails at once.
    """
    if (led_to := TABLE.get((State(state), step))) is None:
        raise InvalidTransition(state=state, step=step.value)
    if step == Step.ASK_MORE and rounds > MOST_ROUNDS:
        raise TooManyRounds
    if step == Step.FAIL and answered:
        return State.FAILED
    return State(target if led_to == TARGET else led_to)
