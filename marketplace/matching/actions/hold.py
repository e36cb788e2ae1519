"""Keep a stretch of somebody's time for a while: nobody else can have it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange
from psycopg import errors

from kernel import clock
from kernel.errors import Conflict
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import worker as worker_by_id
from marketplace.matching.models import Occupancy
from marketplace.matching.queries import taken_of
from marketplace.matching.rules.lanes import WHOLE_PERSON, Lanes
from marketplace.matching.rules.occupancy import (
    SlotTaken,
    TimeInvalid,
    first_free,
    person_no,
    stretch,
)
from marketplace.matching.rules.spans import Span


class AlreadyBooked(Conflict):
    """What this reference stands for is booked; it cannot be held as well."""

    code = "occupancy.already_booked"
    title = "This is booked already."


@transaction.atomic
def hold(
    *,
    worker_id: UUID,
    starts_at: datetime,
    minutes: int,
    ref: str,
    until: datetime,
    buffer_after: int = 0,
    buffer_before: int = 0,
    lanes: Sequence[Lanes] = (WHOLE_PERSON,),
    offer_id: UUID | None = None,
    waits: bool = False,
) -> Occupancy:
    """Hold a slot until a moment in the first free of some lanes, or refuse with `SlotTaken`.

    One reference holds one slot: holding another gives the first one back. What `waits` takes no
    time yet.
    """
    if until <= clock.now():
        raise TimeInvalid(fields=["until"])
    worker = worker_by_id(worker_id)
    time = stretch(
        starts_at, minutes=minutes, buffer_before=buffer_before, buffer_after=buffer_after
    )
    lock_person(worker)
    mine = Occupancy.objects.filter(ref=ref, active=True)
    if mine.filter(kind=Occupancy.BOOKING).exists():
        raise AlreadyBooked
    with refusing_clashes():
        mine.update(active=False)
        blocked = Span(time.blocked_from, time.blocked_until)
        lane = free_lane(worker, blocked, lanes)
        return Occupancy.objects.create(
            worker=worker,
            person_no=person_no(worker.member.user_id),
            lanes=NumericRange(lane.first, lane.end),
            during=DateTimeTZRange(blocked.starts_at, blocked.ends_at),
            starts_at=time.starts_at,
            ends_at=time.ends_at,
            ref=ref,
            expires_at=until,
            offer_id=offer_id,
            waits=waits,
            active=not waits,
        )


@transaction.atomic
def extend_hold(*, ref: str, until: datetime) -> int:
    """Keep a hold longer, for a payment that takes its time; return how many were extended."""
    held = Occupancy.objects.filter(ref=ref, active=True, kind=Occupancy.HOLD)
    return held.update(expires_at=until)


def lock_person(worker: Worker) -> None:
    """Let nobody else write this person's calendar until we commit; clear holds that ran out.

    Without the lock, insertions that check the same constraint at once wait for each other and
    end as deadlocks instead of refusals.
    """
    with connection.cursor() as cursor:
        cursor.execute("select lock_calendar(%s, %s)", [worker.pk, clock.now()])


def free_lane(worker: Worker, blocked: Span, lanes: Sequence[Lanes]) -> Lanes:
    """Return the first of some lanes in which nothing is at a time; the person is locked."""
    if len(lanes) == 1:
        return lanes[0]  # The database refuses by itself.
    taken = taken_of(worker.pk, from_=blocked.starts_at, to=blocked.ends_at)
    return first_free(lanes, blocked, taken)


@contextmanager
def refusing_clashes() -> Iterator[None]:
    """Turn two jobs at the same time into `SlotTaken`, and keep the transaction usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if isinstance(error.__cause__, errors.ExclusionViolation):
            raise SlotTaken from None
        raise
