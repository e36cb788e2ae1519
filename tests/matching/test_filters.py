"""Filters and facets: each kind is counted under all filters but its own."""

from datetime import timedelta

import pytest
from django.test import Client

from marketplace.catalog.models import (
    Category,
    CustomField,
    FieldValue,
    OfferedVariant,
    Variant,
    Worker,
)
from marketplace.matching.actions.index import index_worker
from marketplace.matching.models import SearchRow
from marketplace.matching.queries import search
from marketplace.matching.rules.wanted import SearchInvalid
from tests.support.worlds_market import NOW, settled, works

pytestmark = pytest.mark.usefixtures("on_monday")

AFTERNOON = {"from_": NOW + timedelta(hours=3), "to": NOW + timedelta(hours=4)}
SIZES = [{"value": each, "label": each.title()} for each in ("small", "large")]


@pytest.fixture
def three_walk(patitas_is_stocked) -> dict[str, Worker]:
    """Ana, Beto and Caro walk dogs at 250.00, 199.00 and 300.00; Ana and Beto speak English."""
    works("ana")
    works("beto", prices={"walk-60": 19_900})
    works("caro", prices={"walk-60": 30_000})
    Worker.objects.filter(slug__in=["ana-p", "beto-p"]).update(languages=["es", "en"])
    settled()
    found = {worker.slug[:-2]: worker for worker in Worker.objects.all()}
    for worker in found.values():
        index_worker(worker_id=worker.pk)
    return found


def names(**wanted: object) -> list[str]:
    return [row.worker.slug[:-2] for row in search(sort="price_asc", **wanted).rows]


def asks_for_size(**decided: object) -> CustomField:
    asked = {"target": "worker", "code": "size", "kind": "enum", "label": "Size"}
    return CustomField.objects.create(**{**asked, "options": SIZES, "filterable": True, **decided})


def answers(worker: Worker, field: CustomField, value: object) -> None:
    FieldValue.objects.create(field=field, subject_id=worker.pk, value=value)
    index_worker(worker_id=worker.pk)


def test_languages_narrow_and_are_counted_as_if_none_were_chosen(three_walk):
    assert names(language="en") == ["beto", "ana"]
    facets = search(language="en").facets
    assert facets.languages == {"es": 3, "en": 2}
    assert [count for _low, _high, count in facets.prices] == [1, 1]


def test_who_was_verified_can_be_asked_for(three_walk):
    assert (names(verified=True), search().facets.verified) == ([], 0)
    SearchRow.objects.filter(worker=three_walk["caro"]).update(verified=True)
    assert names(verified=True) == ["caro"]
    page = search(verified=True, language="en")
    assert (page.total, page.facets.verified, page.facets.languages) == (0, 0, {"es": 1})


def test_a_question_of_the_tenants_is_a_filter_and_a_facet(three_walk):
    size = asks_for_size()
    several = asks_for_size(code="pets", kind="multi_enum")
    answers(three_walk["ana"], size, "small")
    answers(three_walk["beto"], size, "large")
    answers(three_walk["beto"], several, ["small", "large"])
    assert names(answers={"size": "small"}) == ["ana"]
    assert names(answers={"pets": "large", "size": "large"}) == ["beto"]
    assert names(answers={"pets": "large", "size": "small"}) == []
    found = search(answers={"size": "small"}).facets
    assert found.answers == {"size": {"small": 1, "large": 1}}
    assert found.languages == {"es": 1, "en": 1}
    assert search().facets.answers["pets"] == {"small": 1, "large": 1}


@pytest.mark.parametrize(
    "closed", [{"filterable": False}, {"archived": True}, {"visibility": "staff"}]
)
def test_what_may_not_be_searched_by_is_neither_filter_nor_facet(three_walk, closed):
    field = asks_for_size(**closed)
    answers(three_walk["ana"], field, "small")
    assert search().facets.answers == {}
    with pytest.raises(SearchInvalid) as refused:
        search(answers={"size": "small"})
    assert refused.value.details == {"fields": ["f.size"]}


def test_a_price_is_the_chosen_variants_else_the_least(three_walk):
    offer = three_walk["ana"].services.get()
    short, long = (
        Variant.objects.create(service=offer.service, name=name, minutes=minutes, price_minor=price)
        for name, minutes, price in (("Corto", 30, 15_000), ("Largo", 240, 60_000))
    )
    OfferedVariant.objects.create(offer=offer, variant=long, price_minor=70_000)
    caros = three_walk["caro"].services.get()
    OfferedVariant.objects.create(offer=caros, variant=long, offered=False)
    for worker in three_walk.values():
        index_worker(worker_id=worker.pk)
    assert {row.price.minor for row in search().rows} == {15_000}
    chosen = search(variant=long.pk, sort="price_desc")
    assert [row.price.minor for row in chosen.rows] == [70_000, 60_000]
    assert {row.next_slot.ends_at - row.next_slot.starts_at for row in chosen.rows} == {
        timedelta(minutes=240)
    }
    assert names(variant=long.pk, price_max=65_000) == ["beto"]
    assert len(names(variant=short.pk, price_max=15_000)) == 3
    short.active = False
    short.save()
    with pytest.raises(SearchInvalid):
        search(variant=short.pk)


def test_filters_and_a_time_count_together(three_walk):
    page = search(**AFTERNOON, language="en", price_max=20_000, limit=1)
    assert (page.total, page.facets.languages) == (1, {"es": 1, "en": 1})
    assert page.rows[0].next_slot.starts_at == AFTERNOON["from_"]
    assert search(**AFTERNOON, minutes=700).total == 0


def test_the_page_offers_filters_as_links_and_takes_each_away_again(three_walk):
    size = asks_for_size()
    answers(three_walk["ana"], size, "small")
    answers(three_walk["beto"], size, "large")
    stranger = Client(headers={"host": "patitas.localhost", "accept-language": "es"})
    page = stranger.get("/search/?language=en&price_max=250&f.size=small&verified=")
    assert page.context["page"].total == 1
    html = page.content.decode()
    for without in (
        "?price_max=250&amp;f.size=small",
        "?language=en&amp;f.size=small",
        "?language=en&amp;price_max=250",
    ):
        assert f'<a class="chip" href="/search/{without}" aria-label="Quitar' in html
    assert 'href="/search/?language=en&amp;price_max=250&amp;f.size=large"' in html
    assert 'name="price_max" value="250"' in html
    wrong = stranger.get("/search/?price_max=cheap&rating_min=9")
    assert wrong.context["page"].total == 3
    assert "<details open>" in wrong.content.decode()


def test_a_price_band_finds_as_many_as_it_says(three_walk):
    stranger = Client(headers={"host": "patitas.localhost", "accept-language": "es"})
    groups = stranger.get("/search/").context["groups"]
    (prices,) = [group for group in groups if group.title == "Precio"]
    assert [chip.count for chip in prices.chips] == [1, 1, 1]
    assert prices.chips[0].href == "/search/?price_min=199.00&price_max=199.00"
    chosen = stranger.get(prices.chips[0].href)
    assert [row.worker.slug for row in chosen.context["page"].rows] == ["beto-p"]
    assert [chip.on for chip in chosen.context["groups"][0].chips] == [True, False, False]


def test_nothing_found_shows_ways_out_with_how_many_they_find(three_walk):
    above = Category.objects.create(name="Perros", slug="dogs")
    Category.objects.filter(slug="grooming").update(parent=above, level=2)
    Category.objects.filter(slug="walks").update(parent=above, level=2)
    shelf = Category.objects.get(slug="grooming")
    stranger = Client(headers={"host": "patitas.localhost", "accept-language": "es"})
    page = stranger.get(f"/search/?category={shelf.slug}")
    assert page.context["relaxations"] == [("Perros", "/search/?category=dogs", 3)]
    page = stranger.get("/search/?language=en&price_max=1&verified=on")
    assert page.context["relaxations"] == []
    page = stranger.get("/search/?language=fr")
    assert page.context["relaxations"] == [("Sin los demás filtros", "/search/", 3)]
    assert 'href="/search/">Sin los demás filtros <span class="count">3</span>' in (
        page.content.decode()
    )


def test_programs_filter_by_the_same_and_are_told_what_is_unknown(three_walk):
    answers(three_walk["ana"], asks_for_size(), "small")
    stranger = Client(headers={"host": "patitas.localhost"})
    found = stranger.get("/api/v1/search?f.size=small&language=en&verified=false").json()
    assert [row["worker_slug"] for row in found["items"]] == ["ana-p"]
    assert found["facets"]["languages"] == {"es": 1, "en": 1}
    assert found["facets"]["answers"] == {"size": {"small": 1}}
    assert found["facets"]["verified"] == 0
    refused = stranger.get("/api/v1/search?f.colour=red")
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("search.invalid")
    assert refused.json()["details"]["fields"] == ["f.colour"]
