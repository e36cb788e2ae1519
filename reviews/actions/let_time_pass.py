"""What happens to a review by itself, when nobody has done anything in time."""

from uuid import UUID

from django.db import transaction

from reviews.actions.reveal import follow
from reviews.actions.screen import screen
from reviews.actions.take_step import take_step
from reviews.models import Review
from reviews.queries.reviews import all_reviews
from reviews.rules.counting import SCREENING
from reviews.rules.review_states import State, Step
from reviews.rules.score import Outcome


@transaction.atomic
def end_delay(*, review_id: UUID) -> None:
    """A day has passed: score again, and publish unless there is more to it now."""
    review = _waiting(review_id, State.DELAYED)
    if review is not None:
        screening = screen(review, moment="delay")
        outcome = Outcome(screening.outcome)
        follow(review, screening, outcome=Outcome.PUBLISH if outcome == Outcome.DELAY else outcome)


@transaction.atomic
def end_hold(*, review_id: UUID) -> None:
    """Nobody has decided in 72 hours: publish and count, unless it is certain by now."""
    review = _waiting(review_id, State.HELD)
    if review is not None:
        screening = screen(review, moment="hold")
        certain = screening.outcome == Outcome.NOT_COUNT
        follow(review, screening, outcome=Outcome.NOT_COUNT if certain else Outcome.PUBLISH)


@transaction.atomic
def end_flag(*, review_id: UUID) -> None:
    """Nobody has confirmed in 14 days that a review should not count: it counts."""
    review = _waiting(review_id, State.NOT_COUNTED)
    if review is not None and review.reason == SCREENING and not review.decisions.exists():
        take_step(review, Step.PUBLISH)


@transaction.atomic
def end_appeal(*, review_id: UUID) -> None:
    """Nobody has answered an appeal in 14 days: the author is right."""
    review = Review.objects.select_for_update().filter(pk=review_id).first()
    open_states = (State.HELD, State.NOT_COUNTED, State.REMOVED)
    if review is None or review.at not in open_states or review.appealed_at is None:
        return
    if not review.decisions.filter(on_appeal=True).exists():
        take_step(review, Step.UPHOLD_APPEAL)


def _waiting(review_id: UUID, state: State) -> Review | None:
    found = all_reviews().select_for_update(of=("self",)).filter(pk=review_id, state=state)
    return found.first()
