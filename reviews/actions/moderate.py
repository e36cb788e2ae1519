"""A person decides about a review; whoever wrote it is told what, why, and how to object."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.timers import cancel_timers
from reviews.actions.reveal import APPEAL, POLICY, publish_review
from reviews.actions.take_step import locked, take_step
from reviews.actions.tell import tell_author
from reviews.kinds import REASON_CODES
from reviews.models import ModeratorDecision, Review
from reviews.notices import DECIDED
from reviews.queries.reviews import parties_of, review_for_office
from reviews.rules.content import LONGEST_REPLY, check_text
from reviews.rules.counting import MODERATOR
from reviews.rules.moderation import (
    DecisionInvalid,
    Past,
    Person,
    may_moderate,
    step_of,
)
from reviews.rules.review_states import State, Step
from tenants.support.actions.record_decision import record_decision
from tenants.tenancy.queries import member

TIMERS = ("reviews.delay_over", "reviews.hold_over", "reviews.confirm_by", "reviews.appeal_over")


@transaction.atomic
def moderate(
    *, by: Actor, review_id: UUID, decision: str, reason_code: str, note: str = ""
) -> ModeratorDecision:
    """Publish, not count, or remove a review. Removing takes two moderators."""
    if by.member_id is None:
        raise NotFound(what="review")
    review = locked(review_for_office(by=by, review_id=review_id).pk)
    _may(by.member_id, review)
    if reason_code not in REASON_CODES:
        raise DecisionInvalid(fields=["reason_code"])
    check_text(note, limit=LONGEST_REPLY)
    on_appeal = _is_appealed(review)
    step = step_of(
        decision, state=review.at, by_id=by.member_id, past=_past(review), on_appeal=on_appeal
    )
    row = ModeratorDecision.objects.create(
        review=review,
        moderator_id=by.member_id,
        decision=decision,
        reason_code=reason_code,
        note=note,
        on_appeal=on_appeal,
        at=clock.now(),
    )
    if step is not None:
        _carry_out(review, step, by)
        _record(row, review, by)
        tell_author(review, DECIDED, about=f":{row.pk}")
    return row


def _may(member_id: UUID, review: Review) -> None:
    who = member(member_id)
    person = Person(user_id=who.user_id, role=who.role, moderates=who.moderates, active=who.active)
    may_moderate(person, parties=parties_of(review))


def _is_appealed(review: Review) -> bool:
    answered = review.decisions.filter(on_appeal=True).exists()
    return review.appealed_at is not None and not answered


def _past(review: Review) -> list[Past]:
    rows = review.decisions.values_list("moderator_id", "decision")
    return [Past(moderator_id=who, decision=what) for who, what in rows]


def _carry_out(review: Review, step: Step, by: Actor) -> None:
    cancel_timers(review.pk, *TIMERS)
    if step == Step.PUBLISH and review.at in (State.HELD, State.DELAYED):
        publish_review(review, by=by)
        return
    confirmed = review.reason if step == Step.CONFIRM else MODERATOR
    take_step(review, step, by=by, reason=confirmed if step != Step.UPHOLD_APPEAL else "")


def _record(row: ModeratorDecision, review: Review, by: Actor) -> None:
    record_decision(
        by=by,
        kind="review_removal" if row.decision == ModeratorDecision.REMOVE else "fraud_flag",
        subject_kind="review",
        subject_id=review.pk,
        policy_version=POLICY,
        outcome=row.decision,
        automated="assisted",
        human_id=by.member_id,
        reasons=[REASON_CODES[row.reason_code]],
        concerns_id=review.author_id,
        appeal_deadline=clock.now() + APPEAL,
    )
