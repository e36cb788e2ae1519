"""Both sides of a visit are invited to say how it was: everybody, in the same words."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.timers import set_timer
from marketplace.bookings.models import Booking
from marketplace.bookings.queries import booking as booking_by_id
from reviews.models import Review
from reviews.notices import INVITED_CUSTOMER, INVITED_WORKER
from reviews.queries.reviews import window_ends
from tenants.messaging.actions.notify import notify
from tenants.messaging.notice import Notice

REMIND_AFTER = timedelta(days=7)


@transaction.atomic
def invite(*, booking_id: UUID) -> None:
    """Invite both sides, and let the window end by itself."""
    booking = booking_by_id(booking_id)
    until = window_ends(booking)
    if until is None or booking.completed_at is None:
        return
    _ask(booking, Review.CUSTOMER)
    _ask(booking, Review.WORKER)
    set_timer("reviews.window_ends", subject_id=booking.pk, at=until)
    remind_at = booking.completed_at + REMIND_AFTER
    if remind_at < until:
        set_timer("reviews.remind", subject_id=booking.pk, at=remind_at)


@transaction.atomic
def remind(*, booking_id: UUID) -> None:
    """Ask once more whoever has not said anything yet."""
    booking = booking_by_id(booking_id)
    until = window_ends(booking)
    if until is None or clock.now() >= until:
        return
    said = set(Review.objects.filter(booking=booking).values_list("side", flat=True))
    for side in {Review.CUSTOMER, Review.WORKER} - said:
        _ask(booking, side, about=":again")


def _ask(booking: Booking, side: str, *, about: str = "") -> None:
    to_id, notice = _of(booking, side)
    until = window_ends(booking)
    assert until is not None
    notify(
        to_id=to_id,
        notice=notice,
        about=f"{booking.pk}{about}",
        code=booking.code,
        service=booking.service_name,
        worker=booking.worker.name,
        closes_at=until.isoformat(),
    )


def _of(booking: Booking, side: str) -> tuple[UUID, Notice]:
    if side == Review.CUSTOMER:
        return booking.customer_id, INVITED_CUSTOMER
    return booking.worker.member_id, INVITED_WORKER
