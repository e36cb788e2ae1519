"""A customer takes a free slot for some minutes, to look at the price and pay."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction

from kernel import clock
from marketplace.catalog.models import WorkerService
from marketplace.catalog.rules.areas import Place
from marketplace.matching.actions.free import free
from marketplace.matching.actions.hold import hold, lock_person
from marketplace.matching.models import Occupancy
from marketplace.matching.queries import blocks_at_once, calendar_of, limits_for
from marketplace.matching.rules.occupancy import MOST_HOLDS, SlotTaken, TooManyHolds
from marketplace.matching.rules.slots import is_slot

MOST_DAYS_AHEAD = 366


@transaction.atomic
def hold_slot(
    *,
    offer: WorkerService,
    starts_at: datetime,
    minutes: int,
    owner: str,
    until: datetime,
    place: Place | None = None,
    any_day: bool = False,
) -> Occupancy:
    """Hold a slot of an offer under the rules in force, or refuse with `SlotTaken`.

    An owner, however they call themselves, holds one slot of each offer and at most three in all:
    another slot of the same offer moves the hold. `any_day`: however far ahead that is.
    """
    _one_at_a_time(owner)
    lock_person(offer.worker)  # Before any row of theirs, as whoever books a hold does.
    ref = f"{owner}{offer.pk.hex[-16:]}"  # The end of an id is chance.
    free(ref=ref)
    at = clock.now()
    mine = Occupancy.objects.filter(ref__startswith=owner, active=True, expires_at__gt=at)
    if mine.count() >= MOST_HOLDS:
        raise TooManyHolds
    limits = limits_for(offer, minutes=minutes, place=place)
    if any_day:
        limits = replace(limits, horizon_days=MOST_DAYS_AHEAD)
    calendar = calendar_of(offer.worker, from_=starts_at, to=starts_at + timedelta(minutes=minutes))
    if not is_slot(calendar, limits, starts_at, at=at):
        raise SlotTaken
    return hold(
        worker_id=offer.worker_id,
        starts_at=starts_at,
        minutes=minutes,
        buffer_before=limits.buffer_before,
        buffer_after=limits.buffer_after,
        lanes=limits.lanes,
        ref=ref,
        until=until,
        offer_id=offer.pk,
        waits=not blocks_at_once(offer),
    )


def _one_at_a_time(owner: str) -> None:
    """Let one transaction at a time count an owner's holds."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [owner])
