"""Author and worker are told how a review stands; never what a sealed one says."""

from reviews.models import Review
from tenants.messaging.actions.notify import notify
from tenants.messaging.notice import Notice


def tell_author(review: Review, notice: Notice, *, about: str = "") -> None:
    """Tell the author, once per notice (and occasion)."""
    notify(
        to_id=review.author_id,
        notice=notice,
        about=f"{review.pk}{about}",
        review_id=str(review.pk),
        code=review.booking.code,
        worker=review.worker.name,
        service=review.booking.service_name,
    )


def tell_worker(review: Review, notice: Notice) -> None:
    """Tell the worker, in words that are the same whatever the stars."""
    notify(
        to_id=review.worker.member_id,
        notice=notice,
        about=str(review.pk),
        review_id=str(review.pk),
        code=review.booking.code,
        service=review.booking.service_name,
    )
