"""The states of a check: what is in the table happens, nothing else does."""

import pytest

from tenants.identity.rules.check_states import (
    TABLE,
    InvalidTransition,
    State,
    Step,
    TooManyRounds,
    next_state,
)

FORBIDDEN = [(state, step) for state in State for step in Step if (state, step) not in TABLE]


def test_the_table_says_what_the_product_promises():
    assert {f"{state} {step}": str(led_to) for (state, step), led_to in TABLE.items()} == {
        "not_started request": "awaiting_worker",
        "awaiting_worker submit": "submitted",
        "needs_more submit": "submitted",
        "not_started withdraw": "withdrawn",
        "awaiting_worker withdraw": "withdrawn",
        "needs_more withdraw": "withdrawn",
        "submitted withdraw": "withdrawn",
        "in_review withdraw": "withdrawn",
        "submitted claim": "in_review",
        "in_review pass": "passed",
        "in_review more": "needs_more",
        "in_review fail": "adverse_pending",
        "passed revoke": "adverse_pending",
        "adverse_pending answer": "in_review",
        "adverse_pending fall_silent": "target",
        "passed run_out": "expired",
        "failed appeal": "appealed",
        "revoked appeal": "appealed",
        "appealed claim": "in_review",
    }


@pytest.mark.parametrize(("state", "step"), FORBIDDEN)
def test_every_other_pair_is_refused(state, step):
    with pytest.raises(InvalidTransition) as refused:
        next_state(state, step, target="failed")

    assert (refused.value.status, refused.value.code) == (409, "invalid_transition")


def test_silence_leads_to_what_the_notice_named():
    assert next_state(State.ADVERSE_PENDING, Step.FALL_SILENT, target="revoked") == State.REVOKED


def test_what_is_not_accepted_after_the_answer_fails_at_once():
    assert next_state(State.IN_REVIEW, Step.FAIL, answered=True) == State.FAILED


def test_more_can_be_asked_for_five_times():
    assert next_state(State.IN_REVIEW, Step.ASK_MORE, rounds=5) == State.NEEDS_MORE
    with pytest.raises(TooManyRounds):
        next_state(State.IN_REVIEW, Step.ASK_MORE, rounds=6)
