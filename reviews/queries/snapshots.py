"""Gathers the facts that detectors may see: none that came later, none about the stars."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from marketplace.bookings.models import Booking
from marketplace.bookings.queries import completed_bookings
from payments.queries import instrument_of, instruments_of_person
from reviews.models import DeviceSeen, Review
from reviews.rules.likeness import likeness
from reviews.rules.snapshot import Snapshot

DEVICES_KEPT = timedelta(days=180)
SEEN_AGAIN_WITHIN = timedelta(days=1)
RECENT_TEXTS = 500
CLOSEST_TEXTS = 3
RECENT_VISITS = 60


def snapshot_of(review: Review, *, as_of: datetime) -> Snapshot:
    """Return what was known about a review at a moment."""
    booking = review.booking
    worker_user_id = booking.worker.member.user_id
    usual = _usual(booking, as_of)
    before = _before(booking)
    return Snapshot(
        as_of=as_of.isoformat(),
        booking_devices=_devices_at_booking(booking),
        review_device=review.device or None,
        worker_devices=_devices_of_worker(booking, as_of),
        instrument=instrument_of(booking.reference),
        worker_instruments=tuple(sorted(instruments_of_person(worker_user_id))),
        paid_minor=booking.work_minor,
        usual_paid_minor=tuple(each.work_minor for each in usual),
        booked_minutes=_minutes(booking.starts_at, booking.ends_at),
        visit_minutes=_minutes(booking.checked_in_at, booking.finished_at),
        usual_visit_share=tuple(_shares(usual)),
        text=review.text,
        other_texts=_closest_texts(review, as_of),
        minutes_to_review=_minutes(booking.completed_at, review.submitted_at),
        proved_visits_before=len(before),
        days_known=(booking.starts_at - before[0]).days if before else 0,
    )


def _devices_at_booking(booking: Booking) -> tuple[str, ...]:
    """Return the customer's devices that were in use when the visit was booked."""
    at = booking.requested_at
    seen = DeviceSeen.objects.filter(
        user_id=booking.customer.user_id,
        first_seen_at__lte=at + timedelta(hours=1),
        last_seen_at__gte=at - SEEN_AGAIN_WITHIN,
    )
    return tuple(sorted(seen.values_list("device", flat=True)))


def _devices_of_worker(booking: Booking, as_of: datetime) -> tuple[str, ...]:
    seen = DeviceSeen.objects.filter(
        user_id=booking.worker.member.user_id,
        first_seen_at__lte=as_of,
        last_seen_at__gte=as_of - DEVICES_KEPT,
    )
    return tuple(sorted(seen.values_list("device", flat=True)))


def _usual(booking: Booking, as_of: datetime) -> list[Booking]:
    """Return the worker's other visits of the same service, to compare with."""
    others: QuerySet[Booking] = completed_bookings().filter(
        worker_service_id=booking.worker_service_id, completed_at__lte=as_of
    )
    return list(others.exclude(pk=booking.pk).order_by("-completed_at", "id")[:RECENT_VISITS])


def _before(booking: Booking) -> list[datetime]:
    """Return when this customer had earlier visits of this worker that took place."""
    earlier = completed_bookings().filter(
        customer_id=booking.customer_id,
        worker_id=booking.worker_id,
        starts_at__lt=booking.starts_at,
        checked_in_at__isnull=False,
    )
    proved = earlier.exclude(check_in_source__in=("", "staff"))
    return list(proved.order_by("starts_at").values_list("starts_at", flat=True))


def _shares(bookings: list[Booking]) -> list[float]:
    """Return which share of the booked time visits took, where both are known."""
    found = []
    for each in bookings:
        booked = _minutes(each.starts_at, each.ends_at)
        visit = _minutes(each.checked_in_at, each.finished_at)
        if booked and visit is not None:
            found.append(round(visit / booked, 4))
    return found


def _closest_texts(review: Review, as_of: datetime) -> tuple[str, ...]:
    """Return the texts of other accounts that are most like this one."""
    others = (
        Review.objects.filter(side=Review.CUSTOMER, submitted_at__lte=as_of)
        .exclude(author_id=review.author_id)
        .exclude(text="")
        .order_by("-submitted_at", "id")
        .values_list("text", flat=True)[:RECENT_TEXTS]
    )
    rated = sorted(((likeness(review.text, text), text) for text in others), reverse=True)
    return tuple(text for share, text in rated[:CLOSEST_TEXTS] if share > 0)


def _minutes(start: datetime | None, end: datetime | None) -> int | None:
    if start is None or end is None:
        return None
    return round((end - start).total_seconds() / 60)
