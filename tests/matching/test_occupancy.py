"""Nobody is in two places at once, whoever asks, and however many at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from kernel import clock
from kernel.context import current_tenant
from kernel.edge import working_for
from marketplace.matching.actions.free import free
from marketplace.matching.actions.hold import AlreadyBooked, hold
from marketplace.matching.actions.occupy import confirm
from marketplace.matching.models import Occupancy
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.occupancy import SlotTaken, TimeInvalid
from tests.support.worlds_market import NOW

NOON = NOW + timedelta(hours=3)


@pytest.fixture(autouse=True)
def on_a_monday_morning():
    with clock.travelling_to(NOW):
        yield


def held(offer, *, ref="quote:1", at=NOON, minutes=60):
    until = clock.now() + timedelta(minutes=15)
    return hold(
        worker_id=offer.worker_id,
        starts_at=at,
        minutes=minutes,
        buffer_after=15,
        ref=ref,
        until=until,
    )


def first_from(offer, moment):
    found = free_slots(worker_service=offer, from_=moment, to=moment + timedelta(hours=6))
    return found[0].starts_at


def test_what_is_held_is_hidden_and_refused(ana_works):
    held(ana_works)
    assert first_from(ana_works, NOON) == NOON + timedelta(minutes=90)
    with pytest.raises(SlotTaken):
        held(ana_works, ref="quote:2", at=NOON + timedelta(minutes=30))
    assert Occupancy.objects.count() == 1


def test_a_hold_ends_by_itself(ana_works):
    held(ana_works)
    with clock.travelling_to(NOW + timedelta(minutes=15)):
        assert first_from(ana_works, NOON) == NOON
        taken = held(ana_works, ref="quote:2")
    assert [row.pk for row in Occupancy.objects.filter(active=True)] == [taken.pk]


def test_one_reference_holds_one_slot(ana_works):
    held(ana_works)
    held(ana_works, at=NOON + timedelta(hours=2))
    assert [row.starts_at for row in Occupancy.objects.filter(active=True)] == [
        NOON + timedelta(hours=2)
    ]


def test_a_booking_stays_until_it_is_freed(ana_works):
    row = held(ana_works)
    assert confirm(occupancy_id=row.pk, ref="booking:1").kind == "booking"
    assert confirm(occupancy_id=row.pk, ref="booking:1").pk == row.pk
    with clock.travelling_to(NOW + timedelta(hours=1)), pytest.raises(SlotTaken):
        held(ana_works, ref="quote:2")
    with pytest.raises(AlreadyBooked):
        held(ana_works, ref="booking:1", at=NOON + timedelta(hours=3))
    assert free(ref="booking:1") == 1
    assert free(ref="booking:1") == 0
    assert first_from(ana_works, NOON) == NOON


def test_a_late_confirmation_takes_what_is_still_free_and_nothing_else(ana_works):
    late = held(ana_works)
    with clock.travelling_to(NOW + timedelta(minutes=20)):
        faster = held(ana_works, ref="quote:2")
        with pytest.raises(SlotTaken):
            confirm(occupancy_id=late.pk, ref="booking:1")
        free(ref="quote:2")
        assert confirm(occupancy_id=late.pk, ref="booking:1").active
    assert not Occupancy.objects.get(pk=faster.pk).active


def test_a_hold_ends_in_the_future(ana_works):
    with pytest.raises(TimeInvalid):
        hold(worker_id=ana_works.worker_id, starts_at=NOON, minutes=60, ref="q", until=NOW)
    assert not Occupancy.objects.exists()


def test_work_next_door_looks_like_closed_time(ana_works, ana_works_next_door_too, lar_limpo):
    with working_for(lar_limpo.pk):
        held(ana_works_next_door_too)
    assert first_from(ana_works, NOON) == NOON + timedelta(minutes=90)
    assert not Occupancy.objects.exists()


def test_busy_times_of_strangers_are_not_given_away(ana_works, lar_limpo):
    held(ana_works)
    with working_for(lar_limpo.pk), connection.cursor() as cursor:
        window = [NOW, NOW + timedelta(days=2), NOW]
        cursor.execute(
            "select * from busy_ranges(%s, %s, %s, %s)", [[ana_works.worker_id], *window]
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_at_once_from_two_businesses_one_succeeds(
    ana_works, ana_works_next_door_too, lar_limpo
):
    offers = [(current_tenant(), ana_works), (lar_limpo.pk, ana_works_next_door_too)]
    ready = Barrier(16)

    def tries(number: int) -> str:
        tenant_id, offer = offers[number % 2]
        try:
            with working_for(tenant_id), clock.travelling_to(NOW):
                ready.wait(timeout=30)
                held(offer, ref=f"quote:{number}", at=NOON + timedelta(minutes=number))
                return "held"
        except SlotTaken:
            return "taken"
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(tries, range(16)))
    assert sorted(outcomes) == ["held"] + ["taken"] * 15
