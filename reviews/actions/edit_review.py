"""An author changes their mind: freely while sealed, later only by taking everything back."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from reviews.actions.screen import screen
from reviews.actions.take_step import locked, take_step
from reviews.models import Review
from reviews.queries.reviews import own_review
from reviews.rules.content import check_criteria, check_stars, check_text, language_of
from reviews.rules.eligibility import Revealed
from reviews.rules.review_states import State, Step, take


@transaction.atomic
def edit_review(
    *,
    by: Actor,
    review_id: UUID,
    stars: int,
    text: str,
    criteria: Mapping[str, int] | None = None,
) -> Review:
    """Change one's own review while it is sealed."""
    review = locked(own_review(by=by, review_id=review_id).pk)
    if review.at != State.SEALED:
        raise Revealed
    check_stars(stars)
    check_criteria(criteria or {})
    check_text(text)
    review.stars, review.text = stars, text.strip()
    review.criteria = review.criteria if criteria is None else dict(criteria)
    review.language = language_of(text)
    take_step(review, Step.EDIT, by=by)
    if review.side == Review.CUSTOMER:
        screen(review, moment="submit")
    return review


@transaction.atomic
def withdraw_review(*, by: Actor, review_id: UUID) -> Review:
    """Take one's own review back: what it said goes, that there was one stays."""
    review = locked(own_review(by=by, review_id=review_id).pk)
    take(Step.WITHDRAW, state=review.at)
    review.stars, review.text, review.language = None, "", ""
    review.criteria, review.tags = {}, []
    take_step(review, Step.WITHDRAW, by=by)
    review.photos.all().delete()
    return review
