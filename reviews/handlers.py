"""What reviews do when a visit is over, and when something is due."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from marketplace.bookings.events import BookingCompleted
from reviews.actions import let_time_pass
from reviews.actions.invite import invite, remind
from reviews.actions.reveal import reveal


@on(BookingCompleted)
def invite_both(fact: BookingCompleted) -> None:
    """A visit is over: both may say how it was."""
    invite(booking_id=UUID(fact.booking_id))


@timer("reviews.remind")
def remind_both(booking_id: UUID) -> None:
    remind(booking_id=booking_id)


@timer("reviews.window_ends")
def close_window(booking_id: UUID) -> None:
    reveal(booking_id=booking_id)


@timer("reviews.delay_over")
def a_day_later(review_id: UUID) -> None:
    let_time_pass.end_delay(review_id=review_id)


@timer("reviews.hold_over")
def three_days_later(review_id: UUID) -> None:
    let_time_pass.end_hold(review_id=review_id)


@timer("reviews.confirm_by")
def nobody_confirmed(review_id: UUID) -> None:
    let_time_pass.end_flag(review_id=review_id)


@timer("reviews.appeal_over")
def nobody_answered(review_id: UUID) -> None:
    let_time_pass.end_appeal(review_id=review_id)
