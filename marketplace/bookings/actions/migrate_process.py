"""Bookings that run on one version of a process go on with another."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.timers import cancel_timers
from marketplace.bookings.actions.moves import own_timers, set_timers
from marketplace.bookings.models import Booking, StepTaken
from marketplace.bookings.rules.migration import ProcessUnknown, placed
from marketplace.bookings.rules.process import PROCESSES, Process, State


@dataclass(frozen=True, slots=True)
class Migrated:
    """How many bookings went from which state to which."""

    counts: Mapping[tuple[State, State], int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@transaction.atomic
def migrate_bookings(
    *,
    code: str,
    from_version: int,
    to_version: int,
    by_map: Mapping[State, State],
    apply: bool = False,
    by: Actor = SYSTEM,
) -> Migrated:
    """Say where this tenant's bookings of a version would go on; with `apply`, let them.

    Refused as a whole if one of their states has no place in the other version.
    """
    old, new = _known(code, from_version), _known(code, to_version)
    rows = list(
        Booking.objects.select_for_update(of=("self",))
        .select_related("worker_service__service")
        .filter(process=old.code, process_version=old.version)
        .order_by("pk")
    )
    goals = placed({row.at for row in rows}, old=old, to=new, by_map=by_map)
    counts = Counter((row.at, goals[row.at]) for row in rows)
    if apply:
        for row in rows:
            _migrate(row, to=new, goal=goals[row.at], by=by)
    return Migrated(counts)


def _known(code: str, version: int) -> Process:
    try:
        return PROCESSES[code, version]
    except KeyError:
        raise ProcessUnknown(code=code, version=version) from None


def _migrate(booking: Booking, *, to: Process, goal: State, by: Actor) -> None:
    origin, at = booking.state, clock.now()
    cancel_timers(booking.pk, *own_timers(booking))
    booking.process_version, booking.state = to.version, goal
    booking.version += 1
    booking.entry += 1
    booking.save()
    StepTaken.objects.create(
        booking=booking,
        step="migrate",
        origin=origin,
        state=goal,
        version=booking.version,
        actor_role=by.role,
        actor_id=by.member_id,
        facts={"process_version": to.version},
        at=at,
    )
    set_timers(booking)
