"""A customer reviews a visit. Nobody else can read it until it is revealed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.events import publish
from marketplace.bookings.models import Booking
from marketplace.bookings.queries import booking_of, history_of
from reviews.actions.reveal import reveal
from reviews.actions.screen import screen
from reviews.events import ReviewSubmitted
from reviews.models import Review, ReviewPhoto, ReviewStep
from reviews.queries.reviews import side_of, visit_of
from reviews.rules.content import (
    check_criteria,
    check_photos,
    check_stars,
    check_tags,
    check_text,
    language_of,
)
from reviews.rules.counting import is_verified
from reviews.rules.eligibility import AlreadyReviewed, NotEligible, may_review
from reviews.tenant_settings import ReviewSettings
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.queries import settings_of


@transaction.atomic
def submit_review(
    *,
    by: Actor,
    booking_id: UUID,
    stars: int,
    text: str = "",
    criteria: Mapping[str, int] | None = None,
    photos: Sequence[File[bytes]] = (),
    consent: bool = False,
    device: str = "",
) -> Review:
    """Write a customer's review of a visit; it stays sealed until both sides have spoken."""
    check_stars(stars)
    check_criteria(criteria or {})
    check_text(text)
    check_photos(len(photos), consent=consent)
    said: dict[str, Any] = {"stars": stars, "text": text.strip(), "criteria": dict(criteria or {})}
    review = _submit(by, Role.CUSTOMER, booking_id, device=device, **said)
    for position, photo in enumerate(photos, 1):
        stored = take_upload(by=by, upload=photo, purpose="review")
        ReviewPhoto.objects.create(review=review, file=stored, position=position)
    screen(review, moment="submit")
    return _revealed(review, by)


@transaction.atomic
def submit_private(
    *, by: Actor, booking_id: UUID, stars: int, tags: Sequence[str] = (), note: str = ""
) -> Review:
    """Write what a worker says about a visit; only the author and moderators ever read it."""
    check_stars(stars)
    check_tags(tags)
    check_text(note)
    said: dict[str, Any] = {"stars": stars, "text": note.strip(), "tags": list(tags)}
    return _revealed(_submit(by, Role.WORKER, booking_id, **said), by)


def _submit(by: Actor, role: Role, booking_id: UUID, **said: Any) -> Review:
    if by.role != role or by.member_id is None:
        raise NotEligible
    booking = booking_of(by=by, booking_id=booking_id)
    Booking.objects.select_for_update().get(pk=booking.pk)  # Both sides may submit at once.
    window_days = settings_of(ReviewSettings).window_days
    if Review.objects.filter(booking=booking, side=side_of(by)).exists():
        raise AlreadyReviewed
    may_review(visit_of(booking), at=clock.now(), window_days=window_days)
    review = Review.objects.create(
        side=side_of(by),
        booking=booking,
        author_id=by.member_id,
        worker=booking.worker,
        language=language_of(str(said["text"])),
        label=Review.VERIFIED if _is_verified(booking) else Review.DECLARED,
        submitted_at=clock.now(),
        **said,
    )
    ReviewStep.objects.create(
        review=review, step="submit", state=review.state, actor_role=by.role, actor_id=by.member_id
    )
    fact = ReviewSubmitted(review_id=str(review.pk), booking_id=str(booking.pk), side=review.side)
    publish(fact, by=by)
    return review


def _is_verified(booking: Booking) -> bool:
    return is_verified(
        captured=booking.money == "captured",
        check_in_source=booking.check_in_source,
        customer_confirmed=history_of(booking).filter(step="confirm").exists(),
    )


def _revealed(review: Review, by: Actor) -> Review:
    reveal(booking_id=review.booking_id, by=by)
    review.refresh_from_db()
    return review
