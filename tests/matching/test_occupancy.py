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
from marketplace.matching.actions.hold_slot import hold_slot
from marketplace.matching.actions.occupy import confirm
from marketplace.matching.actions.set_times import set_service_times
from marketplace.matching.models import Occupancy
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.occupancy import SlotTaken, TimeInvalid, TooManyHolds
from tests.support.worlds_market import NOW, owner, works

pytestmark = pytest.mark.usefixtures("on_monday")

NOON = NOW + timedelta(hours=3)


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

    def try_to_hold(offer, number: int) -> None:
        held(offer, ref=f"quote:{number}", at=NOON + timedelta(minutes=number))

    assert sixteen_at_once(offers, try_to_hold) == ["held"] + ["taken"] * 15


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_at_once_a_service_for_three_takes_three(
    ana_works, ana_works_next_door_too, lar_limpo
):
    offers = [(current_tenant(), ana_works), (lar_limpo.pk, ana_works_next_door_too)]
    for tenant_id, offer in offers:
        with working_for(tenant_id):
            said = {"room": "capacity", "units": 3}
            set_service_times(by=owner(), service_id=offer.service_id, values=said)

    def try_to_hold(offer, number: int) -> None:
        hold_slot(
            offer=offer,
            starts_at=NOON + timedelta(minutes=30 * (number % 2)),
            minutes=60,
            owner=f"hold:{number}:",
            until=NOW + timedelta(minutes=15),
        )

    assert sixteen_at_once(offers, try_to_hold) == ["held"] * 3 + ["taken"] * 13


@pytest.mark.django_db(transaction=True)
def test_four_holds_of_one_customer_at_once_are_three(patitas_is_stocked):
    offers = [
        (current_tenant(), offer)
        for name in ("ana", "bea")
        for offer in works(name, services=("walk-60", "cat-visit"))
    ]

    def try_to_hold(offer, number: int) -> None:
        hold_slot(
            offer=offer,
            starts_at=NOON + timedelta(hours=2 * (number % 2)),
            minutes=60,
            owner="hold:one:",
            until=NOW + timedelta(minutes=15),
        )

    assert at_once(offers, try_to_hold, count=4) == ["held"] * 3 + ["taken"]


def sixteen_at_once(offers, call) -> list[str]:
    return at_once(offers, call, count=16)


def at_once(offers, call, *, count: int) -> list[str]:
    """Let so many call at the same moment, each for one of some offers; return how they fared."""
    ready = Barrier(count)

    def tries(number: int) -> str:
        tenant_id, offer = offers[number % len(offers)]
        try:
            with working_for(tenant_id), clock.travelling_to(NOW):
                ready.wait(timeout=30)
                call(offer, number)
                return "held"
        except (SlotTaken, TooManyHolds):
            return "taken"
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(tries, range(count)))
