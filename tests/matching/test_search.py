"""Who is found, in which order, and why."""

import math
import re
from datetime import timedelta

import pytest
from django.db import connection

from kernel.actor import Actor, Role
from marketplace.catalog.actions.decide_worker import pause
from marketplace.catalog.actions.rate_worker import Reputation, rate_workers
from marketplace.catalog.actions.set_area import set_area
from marketplace.catalog.models import Worker
from marketplace.catalog.rules.areas import KM_PER_DEGREE, AreaInvalid, Circle, Place, distance_km
from marketplace.matching.actions.hold import hold
from marketplace.matching.actions.index import index_worker
from marketplace.matching.models import SearchRow
from marketplace.matching.queries import search, weights
from marketplace.matching.queries.search_sql import SearchSql
from marketplace.matching.rules.ranking import contributions
from marketplace.matching.rules.slots import WindowTooLong
from marketplace.matching.rules.wanted import CursorInvalid, SearchInvalid, Wanted
from marketplace.matching.rules.words import text_query
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.worlds_market import CENTRE, NOW, owner, settled, works

pytestmark = pytest.mark.usefixtures("on_monday")

NEAR = {"lat": CENTRE.latitude, "lng": CENTRE.longitude}
TODAY = {"from_": NOW + timedelta(hours=3), "to": NOW + timedelta(hours=4)}


def names(page) -> list[str]:
    return [row.worker.name for row in page.rows]


def north(km: float) -> Place:
    return Place(CENTRE.latitude + km / KM_PER_DEGREE, CENTRE.longitude)


def own(worker) -> Actor:
    return Actor(role=Role.WORKER, member_id=worker.member_id)


def rated(worker_id, **figures) -> None:
    rate_workers(reputations={worker_id: Reputation(**figures)})


@pytest.fixture
def three_work(patitas_is_stocked):
    """Ana and Beto walk dogs, Caro bathes them: near, 5 km and 9 km north of the middle."""
    works("ana", services=("walk-60", "walk-30"))
    works("beto", prices={"walk-60": 19900}, place=north(5))
    works("caro", services=("bath",), place=north(9))
    settled()


def test_accents_capitals_and_plurals_do_not_matter(three_work):
    assert names(search(q="BAÑO")) == names(search(q="bano")) == ["Caro P."]
    assert search(q="paseos de pérros").total == 3


def test_the_last_word_may_be_unfinished(three_work):
    assert search(q="paseo 60").total == 2
    assert search(q="cepi").total == 1
    assert search(q="cepi baño").total == 0 or search(q="cepi baño").relaxed


def test_without_a_row_that_has_all_words_any_of_them_will_do(three_work):
    page = search(q="baño mariposa")
    assert (names(page), page.relaxed) == (["Caro P."], True)
    assert search(q="mariposa").total == 0


def test_nothing_typed_can_be_an_operator(three_work):
    assert text_query("baño & !(x | b) <-> ':* \\") == "bano & x & b:*"
    assert search(q="' & | ! <-> :*").total == 4


def test_little_words_leave_nobody_out(three_work):
    page = search(q="busco un baño para mí")
    assert (names(page), page.relaxed, page.wordless) == (["Caro P."], False, False)
    everybody = search(q="para mí")
    assert (everybody.total, everybody.relaxed, everybody.wordless) == (4, False, True)
    assert not search().wordless


def test_the_area_contains_the_place_and_its_border_is_inside(three_work):
    beto = Worker.objects.get(slug="beto-p")
    at_border = north(5 + 10 - 1e-6)
    assert "Beto P." in names(search(lat=at_border.latitude, lng=at_border.longitude))
    outside = north(5 + 10.4)
    assert distance_km(Place(beto.base_latitude, beto.base_longitude), outside) > 10
    assert "Beto P." not in names(search(lat=outside.latitude, lng=outside.longitude))


def test_a_radius_narrows(three_work):
    assert set(names(search(**NEAR, radius_km=4))) == {"Ana P."}
    assert set(names(search(**NEAR, radius_km=6))) == {"Ana P.", "Beto P."}


def test_distances_are_rounded_up_to_half_a_kilometre(three_work):
    found = search(**NEAR, sort="distance").rows
    assert [row.worker.name for row in found] == ["Ana P.", "Ana P.", "Beto P.", "Caro P."]
    assert all(row.distance_km * 2 == math.ceil(row.distance_km * 2) for row in found)
    assert 4.5 <= found[2].distance_km <= 5.5


def test_only_who_can_be_booked_is_found(three_work):
    ana = Worker.objects.get(slug="ana-p")
    assert "Ana P." in names(search())
    pause(by=own(ana), worker_id=ana.pk)
    settled()
    assert "Ana P." not in names(search())
    assert SearchRow.objects.filter(worker=ana, bookable=True).count() == 0


def test_who_moves_is_found_elsewhere(three_work):
    caro = Worker.objects.get(slug="caro-p")
    set_area(by=own(caro), worker_id=caro.pk, area=Circle(north(60), 5))
    settled()
    assert "Caro P." not in names(search(**NEAR))
    assert names(search(lat=north(60).latitude, lng=north(60).longitude)) == ["Caro P."]


def test_a_time_finds_who_has_a_slot_then(ana_works):
    assert search(**TODAY).rows[0].next_slot.starts_at == TODAY["from_"]
    hold(
        worker_id=ana_works.worker_id,
        starts_at=NOW + timedelta(hours=2),
        minutes=240,
        ref="quote:1",
        until=NOW + timedelta(minutes=15),
    )
    page = search(**TODAY)
    assert (page.total, page.rows, page.facets.categories) == (0, [], {})
    assert search().rows[0].next_slot.starts_at == NOW + timedelta(hours=6)


def test_prices_sort_and_limit(three_work):
    page = search(q="60", sort="price_asc")
    assert [row.price.minor for row in page.rows] == [19900, 25000]
    assert [row.price.minor for row in search(q="60", sort="price_desc").rows] == [25000, 19900]
    assert names(search(q="60", price_max=20000)) == ["Beto P."]


def test_facets_count_under_all_filters_but_their_own(three_work):
    page = search(category="walks")
    walks, bath = (SearchRow.objects.filter(service__slug=slug)[0] for slug in ("walk-60", "bath"))
    assert page.total == 3
    assert page.facets.categories == {walks.category_id: 3, bath.category_id: 1}
    assert search(category="walks", price_max=20000).facets.categories == {walks.category_id: 2}
    rated(bath.worker_id, average=4.55, stars_sum=46, count=10)
    settled()
    assert search().facets.ratings == {4.0: 1, 4.5: 1}
    assert names(search(rating_min=4.5)) == ["Caro P."]


def test_contributions_sum_to_the_score_and_reasons_are_the_largest(three_work):
    for row in search(q="paseo", **NEAR).rows:
        assert sum(row.contributions.values()) == pytest.approx(row.score, abs=1e-9)
        by_size = sorted(row.contributions, key=lambda code: -row.contributions[code])
        shown = [reason.code for reason in row.reasons]
        assert shown == [code for code in by_size if code in shown]
        assert len(shown) <= 3


def test_what_is_absent_does_not_count():
    features = {"text": None, "rating": 0.5, "soonest": 1.0}
    added = contributions(features, {"text": 0.3, "rating": 0.15, "soonest": 0.2})
    assert added == {"rating": 0.15 * 0.5 / 0.35, "soonest": 0.2 / 0.35}


def test_the_order_follows_the_tenants_weights(three_work):
    ana, caro = (Worker.objects.get(slug=slug) for slug in ("ana-p", "caro-p"))
    rated(ana.pk, average=3.14, stars_sum=300, count=100)
    rated(caro.pk, average=4.95, stars_sum=500, count=100)
    settled()
    only = dict.fromkeys(("text", "proximity", "soonest", "rating", "rotation"), 0.0)
    weights = only | {"proximity": 1.0, "soonest": 0.01}
    change_setting(by=owner(), group="matching.ranking", values=weights)
    assert names(search(**NEAR))[0] == "Ana P."
    change_setting(by=owner(), group="matching.ranking", values=only | {"rating": 1.0})
    assert names(search(**NEAR))[0] == "Caro P."


@pytest.fixture
def ten_work(patitas_is_stocked):
    """Ten people offer six services each: sixty rows, half a kilometre between neighbours."""
    services = ("walk-60", "walk-30", "cat-visit", "bath", "training", "pet-sitting")
    for number in range(10):
        works(f"worker{number}", services=services, place=north(number / 2))
    settled()


def pages(**wanted):
    cursor = "start"
    while cursor:
        page = search(**wanted, cursor="" if cursor == "start" else cursor)
        yield page
        cursor = page.next_cursor


def test_pages_have_no_duplicates_and_nothing_is_lost(ten_work):
    for sort in ("recommended", "price_asc", "distance", "rating", "soonest", "newest"):
        for window in ({}, TODAY):
            found = list(pages(**NEAR, **window, sort=sort))
            seen = [row for page in found for row in page.rows]
            assert [len(page.rows) for page in found] == [24, 24, 12]
            assert {page.total for page in found} == {60}
            assert len({row.offer.pk for row in seen}) == 60
            assert all(row.next_slot is not None for row in seen)


def test_one_of_the_first_ten_is_new_here(patitas_is_stocked):
    for number in range(12):
        works(f"worker{number:02}", place=north(0 if number else 9))
    Worker.objects.exclude(slug__startswith="worker00").update(jobs_done=5)
    for worker in Worker.objects.all():
        index_worker(worker_id=worker.pk)
    settled()
    change_setting(by=owner(), group="matching.ranking", values={"rotation": 0.01})
    page = search(**NEAR)
    assert [row.worker.jobs_done for row in page.rows].index(0) == 9
    assert len({row.worker.pk for row in page.rows}) == page.total == 12
    first = search(**NEAR, limit=11)
    rest = search(**NEAR, limit=11, cursor=first.next_cursor)
    assert len({row.worker.pk for row in [*first.rows, *rest.rows]}) == 12


@pytest.mark.parametrize(
    ("window", "queries"), [({}, 14), (TODAY, 15)], ids=["any time", "at a time"]
)
def test_the_number_of_queries_does_not_grow(
    patitas_is_stocked, django_assert_num_queries, window, queries
):
    works("ana")
    settled()
    with django_assert_num_queries(queries):
        assert len(search(**NEAR, **window).rows) == 1
    for name in ("beto", "caro", "dora"):
        works(name, services=("walk-60", "bath"))
    settled()
    with django_assert_num_queries(queries):
        assert len(search(**NEAR, **window).rows) == 7


def test_the_marketplaces_mean_is_worked_out_once_however_often_the_order_needs_it(three_work):
    wanted = Wanted(q="paseo", place=CENTRE)
    page = SearchSql(wanted, at=NOW, weights=weights(), relaxed=False).rows(limit=24)
    with connection.cursor() as cursor:
        cursor.execute(f"explain (costs off) {page.sql}", page.values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    scanned = re.findall(r"Scan (?:using \w+ )?on (\w+)", plan)
    assert scanned.count("catalog_worker") == 1
    assert scanned.count("matching_searchrow") == 1


def test_nonsense_is_refused(patitas):
    for wrong in ({"sort": "x"}, {"limit": 51}, {"radius_km": -1}, {"from_": NOW}):
        with pytest.raises(SearchInvalid):
            search(**wrong)
    with pytest.raises(AreaInvalid):
        search(lat=91, lng=0)
    with pytest.raises(WindowTooLong):
        search(from_=NOW, to=NOW + timedelta(days=32))
    for packed in ("x", "e30", "WzEsMiwzLDRd"):
        with pytest.raises(CursorInvalid):
            search(cursor=packed)
