"""Who may decide on a check, and whether one person is enough."""

from enum import StrEnum

from kernel.errors import Conflict, Invalid
from tenants.identity.rules.check_states import Step
from tenants.identity.rules.check_types import ALL_CLEAR, REASONS


class Outcome(StrEnum):
    """What a reviewer may say."""

    PASS = "pass"
    MORE = "more"
    FAIL = "fail"


class OutcomeUnknown(Invalid):
    code = "check.unknown_outcome"
    title = "Choose one of the three decisions."


class ReasonMissing(Invalid):
    code = "check.reason_missing"
    title = "Choose one of the reasons."


class SecondPersonNeeded(Conflict):
    code = "check.second_person"
    title = "You have proposed this. A second person has to confirm it."


def needs_two(outcome: Outcome, *, two_people: bool) -> bool:
    """Tell whether an outcome takes effect only when a second person says the same."""
    return outcome == Outcome.FAIL or (two_people and outcome == Outcome.PASS)


def weigh(
    outcome: Outcome, *, two_people: bool, proposal: str, proposer: object, decider: object
) -> Step | None:
    """Return the step that a decision takes, or None if it is a proposal until somebody agrees."""
    if not needs_two(outcome, two_people=two_people):
        return Step(outcome)
    if proposal != outcome:
        return None
    if proposer == decider:
        raise SecondPersonNeeded
    return Step(outcome)


def reason_for(outcome: Outcome, reason: str) -> str:
    """Return the reason of a decision: one of the known ones, and all clear for a pass."""
    if outcome == Outcome.PASS:
        return ALL_CLEAR
    if reason not in REASONS:
        raise ReasonMissing(fields=["reason_code"])
    return reason


def outcome_of(text: str) -> Outcome:
    """Read an outcome."""
    if text not in tuple(Outcome):
        raise OutcomeUnknown(fields=["outcome"])
    return Outcome(text)
