"""The index of free times: what it keeps, when it is not asked, and that a search is exact."""

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from django.db import connection

from kernel import clock, outbox
from kernel.actor import Actor, Role
from kernel.edge import working_for
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.catalog.rules.areas import KM_PER_DEGREE, Place
from marketplace.matching.actions.free import free
from marketplace.matching.actions.hold import hold
from marketplace.matching.actions.index import index_worker
from marketplace.matching.actions.occupy import confirm
from marketplace.matching.actions.set_plan import set_date, take_time_off
from marketplace.matching.models import SearchRow, Stirred
from marketplace.matching.queries import free_slots, search
from marketplace.matching.rules.free_times import as_multirange, minute, packed
from tests.support.worlds_market import CENTRE, NOW, settled, works

STEP = timedelta(minutes=30)
HOUR = timedelta(hours=1)


def at_minutes(*minutes: int) -> list[datetime]:
    return [datetime.fromtimestamp(60 * each, UTC) for each in minutes]


@pytest.mark.parametrize(
    ("minutes", "ranges", "step"),
    [
        ((), [], 30),
        ((60, 90, 120, 300), [(60, 121), (300, 301)], 30),
        ((60, 90, 100), [(60, 91), (100, 101)], 30),
        ((60, 90, 91), [(60, 61), (90, 91), (91, 92)], 1),
    ],
)
def test_starts_evenly_apart_become_ranges_and_others_stand_alone(minutes, ranges, step):
    assert packed(at_minutes(*minutes), STEP) == (ranges, step)


def test_a_minute_is_the_first_that_is_not_before_a_moment():
    moment = datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert minute(moment + timedelta(seconds=1)) == minute(moment) + 1
    assert minute(moment + timedelta(seconds=60)) == minute(moment) + 1


def test_postgresql_finds_the_first_start_in_a_window(db):
    ranges = as_multirange([(60, 121), (300, 331)])
    asked = {
        (0, 60): None,
        (0, 61): 60,
        (61, 90): None,
        (61, 91): 90,
        (121, 331): 300,
        (301, 330): None,
    }
    for (earliest, latest), expected in asked.items():
        with connection.cursor() as cursor:
            cursor.execute(
                "select first_start(%s::int4multirange, 30, %s, %s)", [ranges, earliest, latest]
            )
            assert cursor.fetchone() == (expected,), (earliest, latest)


def own(worker) -> Actor:
    return Actor(role=Role.WORKER, member_id=worker.member_id)


def found(**wanted: object) -> set[str]:
    return {row.worker.slug for row in search(**wanted, limit=50).rows}


def test_a_search_sees_a_calendar_at_once_before_anything_was_written_again(on_monday, ana_works):
    ana = ana_works.worker
    noon = {"from_": NOW + 3 * HOUR, "to": NOW + 4 * HOUR}
    assert Stirred.objects.count() == 0
    assert search(**noon).total == 1
    held = hold(
        worker_id=ana.pk,
        starts_at=NOW + 2 * HOUR,
        minutes=240,
        ref="quote:1",
        until=NOW + timedelta(minutes=15),
    )
    assert search(**noon).total == 0
    index_worker(worker_id=ana.pk)
    assert Stirred.objects.count() == 1, "a hold may run out without anybody noticing"
    with clock.travelling_to(NOW + timedelta(minutes=16)):
        assert search(**noon).total == 1
    confirm(occupancy_id=held.pk, ref="booking:1")
    settled()
    assert (search(**noon).total, Stirred.objects.count()) == (0, 0)
    free(ref="booking:1")
    assert search(**noon).total == 1
    set_date(by=own(ana), on=NOW.date(), rows=[])
    assert search(**noon).total == 0
    settled()
    assert (search(**noon).total, Stirred.objects.count()) == (0, 0)


def test_what_moves_at_one_business_is_seen_at_the_other(
    on_monday, ana_works_next_door_too, lar_limpo
):
    noon = {"from_": NOW + 3 * HOUR, "to": NOW + 4 * HOUR}
    assert search(**noon).total == 1
    with working_for(lar_limpo.pk):
        ana = Worker.objects.get(slug="ana-p")
        take_time_off(by=own(ana), starts_at=NOW, ends_at=NOW + 8 * HOUR)
        assert Stirred.objects.get().worker_id == ana.pk
    assert search(**noon).total == 0
    mine = Worker.objects.get(slug="ana-p")
    assert [each.worker_id for each in Stirred.objects.all()] == [mine.pk]


@pytest.fixture
def a_busy_town(on_monday, patitas_is_stocked) -> Random:
    """Five people offer three services each, near and far; half of their time is taken."""
    chance = Random(4)
    services = ("walk-60", "walk-30", "bath")
    Service.objects.filter(slug="bath").update(slot_step=45, min_notice=600, horizon_days=3)
    for number in range(5):
        place = Place(CENTRE.latitude + chance.uniform(-0.1, 0.1), CENTRE.longitude)
        works(f"worker{number}", services=services, place=place)
    settled()
    for worker in Worker.objects.all():
        for number in range(6):
            starts_at = NOW + timedelta(minutes=30 * chance.randint(0, 240))
            take = {"starts_at": starts_at, "minutes": chance.choice((60, 120, 300))}
            if number % 2:
                take_time_off(
                    by=own(worker),
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=take["minutes"]),
                )
            elif not free_of(worker, starts_at, take["minutes"]):
                hold(worker_id=worker.pk, ref=f"q:{worker.pk}:{number}", until=NOW + HOUR, **take)
    outbox.drain()
    Worker.objects.filter(slug="worker0-p").update(jobs_done=9)
    return chance


def free_of(worker: Worker, starts_at: datetime, minutes: int) -> bool:
    taken = worker.pk and connection.cursor()
    with taken as cursor:
        cursor.execute(
            "select count(*) from matching_occupancy where worker_id = %s and during && "
            "tstzrange(%s, %s)",
            [worker.pk, starts_at, starts_at + timedelta(minutes=minutes)],
        )
        return bool(cursor.fetchone()[0])


def by_hand(**wanted: object) -> set[object]:
    """Return the offers that fit, one by one: the slot rule, the distance, the service."""
    from_, to, minutes = wanted["from_"], wanted["to"], wanted.get("minutes")
    fitting = set()
    for offer in WorkerService.objects.select_related("worker", "service"):
        if wanted.get("service") not in (None, offer.service.slug):
            continue
        if "lat" in wanted:
            km = abs(offer.worker.base_latitude - wanted["lat"]) * KM_PER_DEGREE
            if km > min(offer.worker.radius_km, wanted["radius_km"]):
                continue
        if free_slots(worker_service=offer, minutes=minutes, from_=from_, to=to):
            fitting.add(offer.pk)
    return fitting


def test_a_search_with_a_time_finds_exactly_what_looking_at_everybody_finds(a_busy_town):
    """Before and after rows are written again, in whatever state the marks are."""
    chance = a_busy_town
    lengths = (timedelta(minutes=20), HOUR, timedelta(days=1), timedelta(days=20))
    for number, (length, minutes) in enumerate(product(lengths, (None, 45, 120))):
        from_ = NOW + timedelta(minutes=chance.randint(0, 60 * 96))
        wanted: dict[str, object] = {"from_": from_, "to": from_ + length, "minutes": minutes}
        if number % 3 == 1:
            wanted |= {"service": "walk-60"}
        if number % 3 == 2:
            wanted |= {"lat": CENTRE.latitude, "lng": CENTRE.longitude, "radius_km": 6.0}
        expected = by_hand(**wanted)
        for sort in ("recommended", "soonest"):
            seen, cursor = [], ""
            while True:
                page = search(**wanted, sort=sort, cursor=cursor, limit=5)
                assert page.total == len(expected)
                assert sum(page.facets.categories.values()) == len(expected)
                seen += page.rows
                if not (cursor := page.next_cursor):
                    break
                assert len(page.rows) == 5
            assert [row.offer.pk for row in seen] == list(dict.fromkeys(r.offer.pk for r in seen))
            assert {row.offer.pk for row in seen} == expected
            if sort == "soonest":
                starts = [row.next_slot.starts_at for row in seen]
                assert starts == sorted(starts)
        if number == 5:
            for worker in Worker.objects.all():
                index_worker(worker_id=worker.pk)
    assert SearchRow.objects.exclude(free=None).count() == 15
