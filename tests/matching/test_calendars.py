"""Calendars as they are kept: dates, absence, parameters, lanes, holds, requests that wait."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.edge import working_for
from kernel.errors import NotFound
from marketplace.catalog.models import Service
from marketplace.matching.actions.free import free
from marketplace.matching.actions.hold_slot import hold_slot
from marketplace.matching.actions.occupy import claim, confirm
from marketplace.matching.actions.set_plan import set_date, set_plan, take_time_off
from marketplace.matching.actions.set_times import set_own_times, set_service_times
from marketplace.matching.models import DateRow, Occupancy, OwnTimes, PlanRow, TimeOff
from marketplace.matching.queries import free_slots, limits_for
from marketplace.matching.rules.local_time import Hours
from marketplace.matching.rules.occupancy import SlotTaken, TooManyHolds
from marketplace.matching.rules.plan import PlanInvalid, ServiceNotYours, StandInUnknown
from marketplace.matching.rules.times import OfficeOnly, TimesInvalid
from tests.support.worlds_market import NOW, owner, works

pytestmark = pytest.mark.usefixtures("on_monday")

NOON = NOW + timedelta(hours=3)
TOMORROW = date(2026, 3, 3)


def actor_of(offer) -> Actor:
    return Actor(role=Role.WORKER, member_id=offer.worker.member_id)


def times(offer, *, days: int = 2) -> list[str]:
    found = free_slots(worker_service=offer, from_=NOW, to=NOW + timedelta(days=days))
    return [f"{slot.starts_at - timedelta(hours=6):%d %H:%M}" for slot in found]


def holds(offer, *, owner="hold:c:", at=NOON):
    return hold_slot(
        offer=offer, starts_at=at, minutes=60, owner=owner, until=NOW + timedelta(minutes=15)
    )


def test_a_date_is_said_and_left_to_the_week_again(ana_works):
    ana = actor_of(ana_works)
    set_date(by=ana, on=TOMORROW, rows=[Hours(1, time(21), time(22))])
    assert [each for each in times(ana_works) if each[:2] == "03"] == ["03 21:00"]
    set_date(by=ana, on=TOMORROW, rows=[])
    assert [each for each in times(ana_works) if each[:2] == "03"] == []
    assert DateRow.objects.count() == 1
    set_date(by=ana, on=TOMORROW, rows=None)
    assert not DateRow.objects.exists()
    assert "03 08:00" in times(ana_works)


def test_hours_are_refused_for_what_one_does_not_offer(ana_works):
    wrong = [Hours(0, time(9), time(10), frozenset({uuid4()}))]
    with pytest.raises(ServiceNotYours):
        set_plan(by=actor_of(ana_works), rows=wrong)
    with pytest.raises(ServiceNotYours):
        set_date(by=actor_of(ana_works), on=TOMORROW, rows=wrong)
    twice = [Hours(1, time(9), time(11)), Hours(1, time(10), time(12))]
    with pytest.raises(PlanInvalid):
        set_date(by=actor_of(ana_works), on=TOMORROW, rows=twice)
    assert (PlanRow.objects.count(), DateRow.objects.count()) == (7, 0)


def test_who_is_away_is_away_from_all_businesses_and_what_is_closed_is_closed_here(
    ana_works, ana_works_next_door_too, lar_limpo
):
    with working_for(lar_limpo.pk):
        there = actor_of(ana_works_next_door_too)
        noon = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=2)}
        take_time_off(by=there, kind=TimeOff.CLOSED, **noon)
    assert "02 12:00" in times(ana_works)
    with working_for(lar_limpo.pk):
        take_time_off(by=there, **noon)
    assert "02 12:00" not in times(ana_works)
    assert "02 14:00" in times(ana_works)
    assert not TimeOff.objects.exists()


def test_a_stand_in_is_somebody_else_who_works_here(ana_works):
    (other,) = works("bea")
    span = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=2)}
    for wrong in (ana_works.worker_id, uuid4()):
        with pytest.raises(StandInUnknown):
            take_time_off(by=actor_of(ana_works), stand_in_id=wrong, **span)
    assert not TimeOff.objects.exists()
    off = take_time_off(by=actor_of(ana_works), stand_in_id=other.worker_id, **span)
    assert off.stand_in_id == other.worker_id


def test_a_worker_says_otherwise_of_an_offer(ana_works):
    set_service_times(
        by=owner(), service_id=ana_works.service_id, values={"max_jobs_day": 3, "units": 2}
    )
    own = {"slot_step": 60, "buffer_after": 0, "min_notice": 0, "max_jobs_day": 1}
    set_own_times(by=actor_of(ana_works), offer_id=ana_works.pk, values=own)
    limits = limits_for(ana_works)
    assert (limits.slot_step, limits.buffer_after, limits.max_jobs_day) == (60, 0, 1)
    assert (limits.horizon_days, limits.units, limits.min_rest_hours) == (60, 2, 12)
    assert times(ana_works)[:2] == ["02 09:00", "02 10:00"]
    set_own_times(by=actor_of(ana_works), offer_id=ana_works.pk, values={})
    assert limits_for(ana_works).slot_step == ana_works.service.slot_step


def test_values_outside_their_limits_are_refused_and_by_the_database_too(ana_works):
    mine = {"by": actor_of(ana_works), "offer_id": ana_works.pk}
    with pytest.raises(TimesInvalid) as refused:
        set_own_times(**mine, values={"slot_step": 241, "min_notice": 20161})
    assert refused.value.details == {"fields": ["min_notice", "slot_step"]}
    with pytest.raises(TimesInvalid):
        set_own_times(**mine, values={"room": "background"})
    with pytest.raises(OfficeOnly):
        set_service_times(by=mine["by"], service_id=ana_works.service_id, values={})
    with pytest.raises(NotFound):
        set_own_times(by=mine["by"], offer_id=uuid4(), values={})
    with pytest.raises(IntegrityError, match="own_times_within_limits"), transaction.atomic():
        OwnTimes.objects.create(offer=ana_works, slot_step=4)
    assert not OwnTimes.objects.exists()


def test_a_service_for_three_takes_three_at_once(ana_works):
    said = {"room": "capacity", "units": 3}
    set_service_times(by=owner(), service_id=ana_works.service_id, values=said)
    taken = [holds(ana_works, owner=f"hold:{name}:") for name in "abc"]
    assert [(each.lanes.lower, each.lanes.upper) for each in taken] == [(1, 2), (2, 3), (3, 4)]
    with pytest.raises(SlotTaken):
        holds(ana_works, owner="hold:d:")
    assert "02 12:00" not in times(ana_works)
    free(ref=taken[1].ref)
    assert holds(ana_works, owner="hold:d:").lanes.lower == 2


def test_background_work_leaves_the_person_free(ana_works):
    said = {"room": "background"}
    set_service_times(by=owner(), service_id=ana_works.service_id, values=said)
    holds(ana_works)
    set_service_times(by=owner(), service_id=ana_works.service_id, values={})
    assert "02 12:00" in times(ana_works)
    assert holds(ana_works, owner="hold:other:").lanes.upper == 1000


def test_nobody_holds_more_than_three_times(ana_works):
    offers = works("bea", services=("walk-60", "walk-30", "cat-visit"))
    for offer in offers:
        at = NOON + timedelta(hours=2 * offers.index(offer))
        hold_slot(
            offer=offer,
            starts_at=at,
            minutes=30,
            owner="hold:c:",
            until=NOW + timedelta(minutes=15),
        )
    with pytest.raises(TooManyHolds):
        holds(ana_works)
    assert Occupancy.objects.filter(active=True).count() == 3
    with clock.travelling_to(NOW + timedelta(minutes=15)):
        hold_slot(
            offer=ana_works,
            starts_at=NOON,
            minutes=60,
            owner="hold:c:",
            until=NOW + timedelta(minutes=30),
        )


def test_a_hold_obeys_the_rules_of_the_offer(ana_works):
    own = {"max_jobs_day": 1}
    set_own_times(by=actor_of(ana_works), offer_id=ana_works.pk, values=own)
    holds(ana_works)
    with pytest.raises(SlotTaken):
        holds(ana_works, owner="hold:other:", at=NOON + timedelta(hours=4))
    assert Occupancy.objects.count() == 1


def waiting(offer, ref: str) -> Occupancy:
    row = holds(offer, owner=f"hold:{ref}:")
    return confirm(occupancy_id=row.pk, ref=ref)


def test_a_request_that_blocks_nothing_is_checked_when_accepted(ana_works):
    Service.objects.filter(pk=ana_works.service_id).update(booking_mode="request")
    ana_works.service.refresh_from_db()
    said = {"request_blocks_slot": False}
    set_service_times(by=owner(), service_id=ana_works.service_id, values=said)
    first, second = waiting(ana_works, "quote:1"), waiting(ana_works, "quote:2")
    assert (first.active, second.active) == (False, False)
    assert "02 12:00" in times(ana_works)
    assert claim(ref="quote:2").active
    assert claim(ref="quote:2") is None
    with pytest.raises(SlotTaken):
        claim(ref="quote:1")
    assert Occupancy.objects.get(active=True).ref == "quote:2"
    free(ref="quote:2")
    free(ref="quote:1")
    assert claim(ref="quote:1") is None
    assert not Occupancy.objects.filter(active=True).exists()
