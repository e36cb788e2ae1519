"""Who may decide about a review, and what a decision does."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import Conflict, Invalid, NotAllowed
from reviews.rules.review_states import State, Step

NEEDED_TO_REMOVE = 2


class NotModerator(NotAllowed):
    code = "review.not_moderator"
    title = "Only a moderator who has no part in this review decides about it."


class DecidedBefore(Conflict):
    code = "review.decided_before"
    title = "You have decided about this review already. Somebody else has to look at it."


class DecisionInvalid(Invalid):
    code = "review.decision_invalid"
    title = "Choose a decision and a reason."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who wants to decide: what they are here."""

    user_id: UUID
    role: str
    moderates: bool
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A decision somebody took."""

    moderator_id: UUID
    decision: str


def may_moderate(person: Person, *, parties: Sequence[UUID]) -> None:
    """Refuse whoever is no moderator, owns the business, or has a part in the review."""
    is_moderator = person.active and person.moderates and person.role == "staff"
    if not is_moderator or person.user_id in parties:
        raise NotModerator


def step_of(
    decision: str, *, state: State, by_id: UUID, past: Sequence[Past], on_appeal: bool
) -> Step | None:
    """Return what a decision does; None when another moderator has to agree first.

    On appeal nobody who decided before may decide again.
    """
    if on_appeal:
        if any(each.moderator_id == by_id for each in past):
            raise DecidedBefore
        return Step.UPHOLD_APPEAL if decision == "publish" else Step.CONFIRM
    if decision == "remove":
        return _removal(by_id, past)
    wanted = {"publish": Step.PUBLISH, "not_count": Step.NOT_COUNT}.get(decision)
    if wanted is None:
        raise DecisionInvalid(fields=["decision"])
    same = {Step.PUBLISH: State.PUBLISHED, Step.NOT_COUNT: State.NOT_COUNTED}[wanted]
    return Step.CONFIRM if state == same else wanted


def _removal(by_id: UUID, past: Sequence[Past]) -> Step | None:
    agreed = {each.moderator_id for each in past if each.decision == "remove"}
    if by_id in agreed:
        raise DecidedBefore
    return Step.REMOVE if len(agreed) + 1 >= NEEDED_TO_REMOVE else None
