"""The worker left because it was not safe: somebody looks at once, and the worker is paid."""

from uuid import UUID

from django.db import transaction

from kernel.actor import SYSTEM
from kernel.events import publish
from marketplace.bookings import events
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker, who
from marketplace.bookings.actions.moves import Move, effect, locked_booking
from marketplace.bookings.actions.settle_dispute import is_earned
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import changes as notices
from marketplace.bookings.rules.process import State
from marketplace.catalog.actions.rate_worker import count_job
from payments.actions.release import release
from tenants.support.actions.open_case import open_case
from tenants.support.models import Case


def case_key(booking: Booking) -> str:
    """Return what support calls the case of a worker who left."""
    return f"{booking.reference}:unsafe"


@effect
def leave_unsafe(move: Move) -> None:
    """Note why the worker left, and call a person at once: safety comes before money."""
    booking = move.booking
    booking.unsafe = True
    booking.completed_at = move.at
    open_case(
        by=move.by,
        kind="left_unsafe",
        priority="P1",
        about_kind="booking",
        about_id=booking.pk,
        title=f"{booking.code}: {booking.service_name}",
        key=case_key(booking),
        person_id=booking.worker.member_id,
    )


@effect
def left_unsafe(move: Move) -> None:
    """Tell both; the reason is for the office, and for nobody else."""
    booking = move.booking
    count_job(worker_id=booking.worker_id)
    fact = events.BookingCompleted(**who(booking), completed_at=move.at.isoformat())
    publish(fact, by=move.by)
    tell_customer(booking, notices.LEFT_CUSTOMER)
    tell_worker(booking, notices.LEFT_WORKER)


@transaction.atomic
def release_unsafe(*, booking_id: UUID) -> Booking:
    """Let the worker have the money: the case is closed, or three days have passed."""
    booking = locked_booking(booking_id, by=SYSTEM)
    if booking.unsafe and booking.at == State.COMPLETED and is_earned(booking):
        release(reference=booking.reference, key=f"{booking.reference}:completed")
    return booking


def case_closed(*, case_id: UUID) -> None:
    """Somebody has looked at what was not safe: the worker's money waits no longer."""
    case = Case.objects.filter(pk=case_id, kind="left_unsafe").first()
    if case is not None and case.about_id is not None:
        release_unsafe(booking_id=case.about_id)
