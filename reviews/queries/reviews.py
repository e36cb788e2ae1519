"""Reviews, for whoever may read them. A sealed one is its author's alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.bookings.models import Booking
from reviews.models import Review, ReviewPhoto, Screening
from reviews.rules.eligibility import Visit, closes_at
from reviews.rules.review_states import WAITING, State
from reviews.tenant_settings import ReviewSettings
from tenants.tenancy.queries import settings_of

PAID = ("captured", "refund_pending", "refunded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one side may know about the reviews of a visit."""

    mine: Review | None
    theirs: Review | None
    other_submitted: bool
    may_write: bool
    closes_at: datetime | None


def all_reviews() -> QuerySet[Review]:
    """Return every review with what is shown beside it; for those who authorise themselves."""
    return Review.objects.select_related(
        "author__user", "booking__customer", "booking__worker__member", "worker__member", "reply"
    )


def side_of(by: Actor) -> str:
    """Return on which side of a visit somebody is."""
    sides = {Role.CUSTOMER: Review.CUSTOMER, Role.WORKER: Review.WORKER}
    if by.role not in sides or by.member_id is None:
        raise NotFound(what="review")
    return sides[by.role]


def visit_of(booking: Booking) -> Visit:
    """Return a booking as the rule of eligibility reads it."""
    return Visit(completed_at=booking.completed_at, paid=booking.money in PAID)


def window_ends(booking: Booking) -> datetime | None:
    """Return until when a visit can be reviewed."""
    if booking.completed_at is None:
        return None
    return closes_at(booking.completed_at, window_days=settings_of(ReviewSettings).window_days)


def standing_of(booking: Booking, *, by: Actor) -> Standing:
    """Return how the reviews of a visit stand, for one of its two sides.

    What a worker says is never the customer's to read; what a customer says is the worker's as
    soon as everybody may read it.
    """
    side, until = side_of(by), window_ends(booking)
    found = {each.side: each for each in all_reviews().filter(booking=booking)}
    mine, theirs = found.get(side), found.get(_other(side))
    visit = visit_of(booking)
    return Standing(
        mine=mine,
        theirs=theirs if theirs is not None and theirs.is_public else None,
        other_submitted=theirs is not None and theirs.at != State.WITHDRAWN,
        may_write=mine is None and visit.paid and until is not None and clock.now() <= until,
        closes_at=until,
    )


def _other(side: str) -> str:
    return Review.WORKER if side == Review.CUSTOMER else Review.CUSTOMER


def own_review(*, by: Actor, review_id: UUID) -> Review:
    """Return a review that whoever asks has written."""
    return _the(all_reviews().filter(pk=review_id, author_id=by.member_id, side=side_of(by)))


def review_of_me(*, by: Actor, review_id: UUID) -> Review:
    """Return a review that everybody may read and that is about the worker who asks."""
    found = public_review(review_id)
    if by.role != Role.WORKER or found.worker.member_id != by.member_id:
        raise NotFound(what="review")
    return found


def public_review(review_id: UUID) -> Review:
    """Return a review that everybody may read."""
    found = _the(all_reviews().filter(pk=review_id))
    if not found.is_public:
        raise NotFound(what="review")
    return found


def review_for_office(*, by: Actor, review_id: UUID) -> Review:
    """Return a customer's review for the office: never a sealed one, never a withdrawn one's words.

    What a worker says is for moderators only, and they decide nothing about it.
    """
    if not by.works_in_office:
        raise NotFound(what="review")
    return _the(all_reviews().filter(pk=review_id, side=Review.CUSTOMER, revealed_at__isnull=False))


def _the(found: QuerySet[Review]) -> Review:
    if (one := found.first()) is None:
        raise NotFound(what="review")
    return one


def held_reviews() -> QuerySet[Review]:
    """Return the reviews that wait: held for a person, or delayed a day. Oldest first."""
    return all_reviews().filter(side=Review.CUSTOMER, state__in=WAITING).order_by("revealed_at")


def queue(*, by: Actor) -> list[Review]:
    """Return what moderators look at: what waits, what was flagged, what was appealed."""
    if not by.works_in_office:
        raise NotFound(what="review")
    customers = all_reviews().filter(side=Review.CUSTOMER, revealed_at__isnull=False)
    undecided = customers.filter(state=State.NOT_COUNTED, reason="screening", decisions=None)
    appealed = customers.filter(appealed_at__isnull=False).exclude(decisions__on_appeal=True)
    half_removed = customers.filter(decisions__decision="remove").exclude(state=State.REMOVED)
    found = {each.pk: each for each in [*held_reviews(), *undecided, *appealed, *half_removed]}
    return [each for each in found.values() if each.at != State.WITHDRAWN]


def last_screening(review: Review) -> Screening | None:
    """Return what the engine last saw of a review."""
    return Screening.objects.filter(review=review).order_by("-at", "-id").first()


def photo_for(*, by: Sequence[Actor], photo_id: UUID) -> ReviewPhoto:
    """Return a photo for those who may see its review: all, its author, or the office."""
    photos = ReviewPhoto.objects.select_related("review", "file")
    if (photo := photos.filter(pk=photo_id).first()) is None:
        raise NotFound(what="photo")
    review = photo.review
    is_mine = any(each.member_id == review.author_id for each in by)
    office = any(each.works_in_office for each in by) and review.revealed_at is not None
    if not (review.is_public or is_mine or office):
        raise NotFound(what="photo")
    return photo


def parties_of(review: Review) -> list[UUID]:
    """Return the people who have a part in a review."""
    return [review.booking.customer.user_id, review.worker.member.user_id]
