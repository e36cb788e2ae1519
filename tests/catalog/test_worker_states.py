"""The life of a worker: what the table says, and that nothing else happens."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from kernel.actor import Role
from marketplace.catalog.rules.worker_states import (
    TABLE,
    WHO,
    IllegalStep,
    NotYours,
    ReasonMissing,
    State,
    Step,
    TooSoon,
    check_again,
    check_reason,
    steps_from,
    take,
)

EVERYTHING = list(product([None, *State], Step))
FORBIDDEN = [pair for pair in EVERYTHING if pair not in TABLE]


@pytest.mark.parametrize(("state", "step"), TABLE)
def test_every_step_in_the_table_is_taken_by_who_may_and_by_nobody_else(state, step):
    for role in Role:
        if role in WHO[step]:
            assert take(step, state=state, role=role) == TABLE[state, step]
        else:
            with pytest.raises(NotYours):
                take(step, state=state, role=role)


@pytest.mark.parametrize(("state", "step"), FORBIDDEN)
def test_every_other_step_is_refused_to_everybody(state, step):
    for role in Role:
        with pytest.raises(IllegalStep):
            take(step, state=state, role=role)


def test_the_table_has_eighteen_steps():
    assert (len(TABLE), len(FORBIDDEN)) == (18, 9 * 11 - 18)


def test_who_has_left_is_gone_for_good():
    assert all(steps_from(State.LEFT, role=role) == [] for role in Role)


def test_the_office_sees_what_it_can_do():
    assert steps_from(State.IN_REVIEW, role=Role.OWNER) == [
        Step.ASK_INFO,
        Step.REJECT,
        Step.APPROVE,
    ]


@pytest.mark.parametrize("step", [Step.REJECT, Step.ASK_INFO, Step.SUSPEND, Step.REMOVE])
def test_a_decision_against_somebody_says_why(step):
    check_reason(step, "ten letters")
    with pytest.raises(ReasonMissing):
        check_reason(step, "  too few  ")


def test_the_rejected_come_back_after_thirty_days():
    rejected_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    check_again(rejected_at, rejected_at + timedelta(days=30))
    with pytest.raises(TooSoon):
        check_again(rejected_at, rejected_at + timedelta(days=30, seconds=-1))
