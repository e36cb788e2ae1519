"""Favourites: kept with one tap, booked again with another, and nobody else's business."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kernel import clock
from kernel.actor import Actor, Role
from kernel.edge import working_for
from kernel.errors import NotFound
from marketplace.catalog.models import Worker
from marketplace.matching.actions.keep_favourite import drop_favourite, keep_favourite
from marketplace.matching.actions.part import part
from marketplace.matching.models import Favourite
from marketplace.matching.queries.favourites import again, favourites_of, own_favourites
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_market import NOW, settled, works


@pytest.fixture(autouse=True)
def on_a_monday_morning():
    with clock.travelling_to(NOW):
        yield


@pytest.fixture
def ana_as_a_worker(ana_works) -> Worker:
    return Worker.objects.get(slug="ana-p")


def said(client: Client, path: str) -> str:
    """Return a page without the secrets that are new each time."""
    return re.sub(r'(?:nonce|value)="[^"]{20,}"|"X-CSRFToken": "\w+"', "", client.get(path).text)


def test_keeping_twice_keeps_once_and_the_database_agrees(ana_works, clara, ana_as_a_worker):
    first = keep_favourite(by=clara, slug="ana-p")
    again_ = keep_favourite(by=clara, slug="ana-p", offer_id=ana_works.pk)
    assert (first.pk, again_.offer_id) == (again_.pk, ana_works.pk)
    assert favourites_of(clara.member_id) == {ana_as_a_worker.pk}
    with pytest.raises(IntegrityError, match="favourite_kept_once"), transaction.atomic():
        Favourite.objects.create(customer_id=clara.member_id, worker=ana_as_a_worker)
    drop_favourite(by=clara, slug="ana-p")
    drop_favourite(by=clara, slug="ana-p")
    assert favourites_of(clara.member_id) == frozenset()


def test_only_a_customer_keeps_and_only_who_can_be_seen(ana_works, ana, clara, ana_as_a_worker):
    with pytest.raises(NotFound):
        keep_favourite(by=ana, slug="ana-p")
    with pytest.raises(NotFound):
        keep_favourite(by=clara, slug="ana-p", offer_id=clara.member_id)
    Worker.objects.filter(pk=ana_as_a_worker.pk).update(state="left")
    with pytest.raises(NotFound):
        keep_favourite(by=clara, slug="ana-p")
    assert Favourite.objects.count() == 0


def test_next_times_come_with_the_service_that_was_kept(patitas_is_stocked, clara):
    works("ana", services=("walk-60", "walk-30"))
    (beto,) = works("beto")
    settled()
    short = Worker.objects.get(slug="ana-p").services.get(service__slug="walk-30")
    keep_favourite(by=clara, slug="ana-p", offer_id=short.pk)
    keep_favourite(by=clara, slug="beto-p")
    found = again(list(own_favourites(clara).order_by("pk")))
    assert [row.offer.pk for row in found] == [short.pk, beto.pk]
    assert [len(row.times) for row in found] == [3, 3]
    assert found[0].times[0].starts_at == NOW + timedelta(hours=2)
    assert found[0].times[0].length == timedelta(minutes=30)


def test_who_left_or_was_parted_from_is_not_shown(patitas_is_stocked, clara):
    for name in ("ana", "beto", "caro"):
        works(name)
    settled()
    for slug in ("ana-p", "beto-p", "caro-p"):
        keep_favourite(by=clara, slug=slug)
    ana, beto = (Worker.objects.get(slug=slug) for slug in ("ana-p", "beto-p"))
    Worker.objects.filter(pk=beto.pk).update(state="left")
    part(
        by=Actor(role=Role.WORKER, member_id=ana.member_id),
        worker_id=ana.pk,
        customer_id=clara.member_id,
    )
    assert [row.worker.slug for row in own_favourites(clara)] == ["caro-p"]


def test_a_heart_is_tapped_where_one_searches_and_leads_back_only_here(ana_works, clara):
    phone = signed_in_client("clara")
    assert 'aria-pressed="false"' in phone.get("/search/").content.decode()
    tapped = {"keep": "1", "offer": str(ana_works.pk), "back": "/search/?q=paseo"}
    assert phone.post("/favourites/ana-p/", tapped).headers["Location"] == "/search/?q=paseo"
    for path in ("/search/", "/w/ana-p/"):
        assert 'aria-pressed="true"' in phone.get(path).content.decode()
    page = phone.get("/favourites/").content.decode()
    assert f"/book/{ana_works.pk}/?start=2026-03-02T17%3A00%3A00%2B00%3A00" in page
    away = phone.post("/favourites/ana-p/", {"drop": "1", "back": "//evil.example/"})
    assert away.headers["Location"] == "/favourites/"
    assert Favourite.objects.count() == 0
    swapped = phone.post("/favourites/ana-p/", {"keep": "1"}, headers={"HX-Request": "true"})
    assert swapped.content.strip().startswith(b'<form class="heart"')
    assert Favourite.objects.count() == 1


def test_the_worker_and_others_learn_nothing_of_it(ana_works, clara):
    hers = signed_in_client("ana")
    pages = ("/work/", "/w/ana-p/", "/api/v1/workers/ana-p")
    before = [said(hers, path) for path in pages]
    keep_favourite(by=clara, slug="ana-p")
    assert [said(hers, path) for path in pages] == before
    joins("dora", Role.CUSTOMER)
    theirs = signed_in_client("dora").get("/api/v1/favourites").json()
    assert theirs == {"items": [], "next_cursor": None}


def test_programs_keep_list_and_drop(ana_works, clara, lar_limpo):
    phone = signed_in_client("clara")
    body = {"worker_service_id": str(ana_works.pk)}
    for _ in range(2):
        kept = phone.put("/api/v1/favourites/ana-p", body, content_type="application/json")
        assert (kept.status_code, kept.json()["worker_service_id"]) == (200, str(ana_works.pk))
    (row,) = phone.get("/api/v1/favourites").json()["items"]
    assert (row["worker_slug"], len(row["next_slots"])) == ("ana-p", 3)
    with working_for(lar_limpo.pk):
        assert Favourite.objects.count() == 0
    assert phone.delete("/api/v1/favourites/ana-p").status_code == 204
    assert phone.get("/api/v1/favourites").json()["items"] == []
    assert (
        phone.put("/api/v1/favourites/nobody", {}, content_type="application/json").status_code
        == 404
    )
