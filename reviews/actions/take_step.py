"""A review moves to another state, and everything that follows from it."""

from uuid import UUID

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.actions.rate_worker import Reputation, rate_workers
from reviews.events import ReviewStateChanged
from reviews.models import Review, ReviewStep
from reviews.queries.figures import counted_here
from reviews.queries.reviews import all_reviews
from reviews.rules.average import Counted, average, tenant_mean
from reviews.rules.counting import SUPERSEDED, newest_first
from reviews.rules.review_states import State, Step, take


def locked(review_id: UUID) -> Review:
    """Return a review that nobody else changes until we have."""
    found = all_reviews().select_for_update(of=("self",)).filter(pk=review_id).first()
    if found is None:
        raise NotFound(what="review")
    return found


def take_step(review: Review, step: Step, *, by: Actor = SYSTEM, reason: str = "") -> Review:
    """Move a review, write it down, announce it, and count again."""
    _move(review, step, by=by, reason=reason)
    if review.side == Review.CUSTOMER and review.revealed_at is not None:
        _settle_pair(review)
        recount(review.worker_id)
    return review


def _move(review: Review, step: Step, *, by: Actor, reason: str = "") -> None:
    origin = review.at
    review.state = take(step, state=origin)
    review.reason = reason if review.state == State.NOT_COUNTED else ""
    review.save()
    ReviewStep.objects.create(
        review=review,
        step=step,
        origin=origin,
        state=review.state,
        actor_role=by.role,
        actor_id=by.member_id,
        reason=reason,
        at=clock.now(),
    )
    if review.side == Review.CUSTOMER and review.state != origin:
        fact = ReviewStateChanged(
            review_id=str(review.pk),
            booking_id=str(review.booking_id),
            worker_id=str(review.worker_id),
            state=review.state,
        )
        publish(fact, by=by)


def _settle_pair(review: Review) -> None:
    """Let one review of the same two people count in 180 days: the newest."""
    pair = Review.objects.filter(
        side=Review.CUSTOMER, author_id=review.author_id, worker_id=review.worker_id
    )
    standing = [
        each
        for each in pair.order_by("-submitted_at", "-id")
        if each.at == State.PUBLISHED or each.reason == SUPERSEDED
    ]
    counts = newest_first([each.submitted_at for each in standing])
    for each, counted in zip(standing, counts, strict=True):
        if each.at == State.PUBLISHED and not counted:
            _move(each, Step.NOT_COUNT, by=SYSTEM, reason=SUPERSEDED)
        elif each.reason == SUPERSEDED and counted:
            _move(each, Step.PUBLISH, by=SYSTEM)
    review.refresh_from_db(fields=["state", "reason"])


def recount(worker_id: UUID) -> None:
    """Tell the catalogue what workers' reviews add up to, now that one worker's have changed.

    All of them, because every average leans on the mean of all reviews here.
    """
    counted = counted_here()
    mean = tenant_mean(each for some in counted.values() for each in some)
    rate_workers(
        reputations={
            each: _reputation(counted.get(each, []), mean=mean) for each in {worker_id, *counted}
        }
    )


def _reputation(counted: list[Counted], *, mean: float) -> Reputation:
    """Return one worker's figures; the sum is of whole stars whose mean is the weighted one."""
    weight = sum(each.weight for each in counted)
    stars = sum(each.weight * each.stars for each in counted)
    shown = average(counted, mean=mean)
    return Reputation(
        average=shown,
        stars_sum=round(len(counted) * stars / weight) if weight else 0,
        count=len(counted),
    )
