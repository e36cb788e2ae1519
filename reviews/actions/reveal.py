"""Both sides have spoken, or the time is over: what was sealed is decided about, at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.events import publish
from kernel.timers import set_timer
from marketplace.bookings.queries import booking as booking_by_id
from reviews.actions.screen import screen
from reviews.actions.take_step import take_step
from reviews.actions.tell import tell_author, tell_worker
from reviews.events import ReviewRevealed
from reviews.kinds import EXCLUDED
from reviews.models import Review, Screening
from reviews.notices import HELD, NOT_COUNTED, ON_HOLD_WORKER, PUBLISHED, RECEIVED
from reviews.queries.reviews import all_reviews, window_ends
from reviews.rules.counting import SCREENING, Circumstances, exclusion
from reviews.rules.review_states import State, Step
from reviews.rules.score import Finding, Outcome, main_reasons
from tenants.support.actions.record_decision import record_decision
from tenants.tenancy.queries import roles_of

POLICY = "reviews-1"
DELAY = timedelta(hours=24)
HOLD = timedelta(hours=72)
CONFIRM = timedelta(days=14)
APPEAL = timedelta(days=180)
RECORDED_AS = {Step.DELAY: "hold", Step.HOLD: "hold", Step.NOT_COUNT: "fraud_flag"}


@transaction.atomic
def reveal(*, booking_id: UUID, by: Actor = SYSTEM) -> list[Review]:
    """Reveal what both sides said, once both have or the window is over; else change nothing."""
    booking = booking_by_id(booking_id)
    found = list(all_reviews().select_for_update(of=("self",)).filter(booking=booking))
    sealed = [each for each in found if each.at == State.SEALED]
    until = window_ends(booking)
    is_over = until is not None and clock.now() >= until
    if len(found) < 2 and not is_over:
        return []
    for review in sealed:
        review.revealed_at = clock.now()
    for review in sealed:
        _reveal(review, by)
    return sealed


def _reveal(review: Review, by: Actor) -> None:
    fact = ReviewRevealed(
        review_id=str(review.pk), booking_id=str(review.booking_id), side=review.side
    )
    publish(fact, by=by)
    if review.side == Review.WORKER:
        take_step(review, Step.PUBLISH)
        return
    screening = screen(review, moment="reveal")
    follow(review, screening, outcome=Outcome(screening.outcome))


def follow(review: Review, screening: Screening, *, outcome: Outcome) -> None:
    """Do what an outcome asks for; whoever wrote the review is told why."""
    if outcome == Outcome.PUBLISH:
        publish_review(review)
        return
    step = Step(outcome.value)
    _wait(review, outcome)
    findings = [Finding(**each) for each in screening.findings]
    reasons = main_reasons(findings, screening.contributions)
    _decline(review, step, reason=SCREENING, reasons=reasons, screening=screening)


def publish_review(review: Review, *, by: Actor = SYSTEM) -> None:
    """Let everybody read a review; it counts unless a rule, blind to its stars, says no."""
    why = exclusion(_circumstances(review))
    if why:
        _decline(review, Step.NOT_COUNT, reason=why, reasons=[EXCLUDED[why]])
    else:
        take_step(review, Step.PUBLISH, by=by)
        tell_author(review, PUBLISHED)
    tell_worker(review, RECEIVED)


def _wait(review: Review, outcome: Outcome) -> None:
    name, wait = {
        Outcome.DELAY: ("reviews.delay_over", DELAY),
        Outcome.HOLD: ("reviews.hold_over", HOLD),
        Outcome.NOT_COUNT: ("reviews.confirm_by", CONFIRM),
    }[outcome]
    set_timer(name, subject_id=review.pk, at=clock.now() + wait)


def _decline(
    review: Review,
    step: Step,
    *,
    reason: str,
    reasons: list[str],
    screening: Screening | None = None,
) -> None:
    """Take a step that publishes less than the author hoped for, and leave a record of it."""
    take_step(review, step, reason=reason)
    record_decision(
        by=SYSTEM,
        kind=RECORDED_AS[step],
        subject_kind="review",
        subject_id=review.pk,
        policy_version=POLICY,
        outcome=step.value,
        automated="full",
        reasons=reasons,
        concerns_id=review.author_id,
        appeal_deadline=clock.now() + APPEAL,
        **_figures(screening),
    )
    tell_author(review, NOT_COUNTED if step == Step.NOT_COUNT else HELD)
    if step in (Step.HOLD, Step.DELAY):
        tell_worker(review, ON_HOLD_WORKER)
    elif reason == SCREENING:
        tell_worker(review, RECEIVED)


def _figures(screening: Screening | None) -> dict[str, Any]:
    if screening is None:
        return {}
    weights = {each["code"]: each["weight"] for each in screening.findings}
    return {
        "inputs": [{"snapshot": screening.snapshot_hash}],
        "weights": weights,
        "contributions": screening.contributions,
        "score": screening.score,
    }


def _circumstances(review: Review) -> Circumstances:
    booking = review.booking
    return Circumstances(
        author_roles=frozenset(roles_of(review.author.user_id)),
        paid_minor=booking.total.minor,
        refunded_minor=booking.refund_minor if booking.money == "refunded" else 0,
    )
