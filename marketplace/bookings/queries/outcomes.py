"""What became of bookings, for figures: steps and finished jobs, without names."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from marketplace.bookings.models import Booking, StepTaken


class Job(NamedTuple):
    """A completed job: the members who had it and did it, and when it was completed."""

    customer_id: UUID
    worker_id: UUID
    at: datetime


def steps_since(since: datetime) -> set[tuple[UUID, str, str]]:
    """Return what was done to bookings asked for since a moment, as (booking, step, role)."""
    taken = StepTaken.objects.filter(booking__requested_at__gte=since)
    return set(taken.values_list("booking_id", "step", "actor_role"))


def finished_jobs(at: datetime) -> list[Job]:
    """Return every job completed until a moment, oldest first."""
    done = Booking.objects.filter(completed_at__lte=at).order_by("completed_at")
    columns = done.values_list("customer_id", "worker__member_id", "completed_at")
    return [Job(customer, worker, when) for customer, worker, when in columns if when]
