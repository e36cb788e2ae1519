"""What customers and workers see of searching and of calendars."""

import json
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from marketplace.matching.actions.note_search import note_search
from marketplace.matching.models import PlanRow, SearchMade, TimeOff
from marketplace.matching.queries.liquidity import searches_between
from tests.support.worlds import signed_in_client
from tests.support.worlds_market import NOW, settled, works

pytestmark = pytest.mark.usefixtures("on_monday")

HOST = {"host": "patitas.localhost"}
ZONE = ZoneInfo("America/Mexico_City")


@pytest.fixture
def stranger() -> Client:
    return Client(headers={**HOST, "accept-language": "es"})


@pytest.fixture
def ana_at_her_phone(ana_works):
    return signed_in_client("ana")


def week(**changed: str) -> dict[str, str]:
    empty = {
        f"d{day}{shift}_{end}": "" for day in range(7) for shift in "ab" for end in ("from", "to")
    }
    return empty | changed


def test_everybody_can_search_and_sees_why(ana_works, stranger):
    page = stranger.get("/search/?place=roma-norte&q=paseo").content.decode()
    assert "Ana P." in page
    assert re.findall(r"A [\d.]+ km", page) == ["A 0.5 km"]
    assert "Libre hoy" in page
    assert f"/w/ana-p/?service={ana_works.pk}" in page


def test_a_day_and_a_part_of_it_make_a_window(ana_works, stranger):
    today = NOW.astimezone(ZONE).date()
    assert "Ana P." in stranger.get(f"/search/?day={today}&part=evening").content.decode()
    yesterday = today - timedelta(days=1)
    empty = stranger.get(f"/search/?day={yesterday}").content.decode()
    assert "Nadie cumple con todo eso" in empty
    assert "Tres días antes o después" in empty


def test_htmx_gets_the_results_and_further_rows_only(patitas_is_stocked, stranger):
    services = ("walk-60", "walk-30", "cat-visit", "bath", "training", "pet-sitting")
    for number in range(3):
        works(f"worker{number}", services=services)
    settled()
    whole = stranger.get("/search/")
    swapped = stranger.get("/search/", headers={"HX-Request": "true"})
    assert b"<html" in whole.content
    assert swapped.content.lstrip().startswith(b'<section class="stack" id="results"')
    more = whole.context["more"]
    rows = stranger.get(more, headers={"HX-Request": "true"})
    assert rows.content.count(b"<article") == 6
    assert b"<section" not in rows.content


def test_a_wrong_cursor_is_a_page_a_person_understands(patitas, stranger):
    answer = stranger.get("/search/?cursor=nonsense")
    assert answer.status_code == 422
    assert "Busca de nuevo" in answer.content.decode()


def test_a_search_is_counted_once_with_whether_anybody_is_free_soon_and_with_nothing_else(
    ana_works, stranger
):
    stranger.get("/search/?q=paseo")
    stranger.get("/api/v1/search?q=mariposa")
    assert list(SearchMade.objects.order_by("pk").values_list("soon", flat=True)) == [True, False]
    assert {field.name for field in SearchMade._meta.fields} == {"id", "tenant", "at", "soon"}
    assert searches_between(NOW - timedelta(days=1), NOW) == (1, 2)
    assert searches_between(NOW, NOW + timedelta(days=1)) == (0, 0)


def test_what_was_searched_two_years_ago_is_forgotten(patitas, monkeypatch):
    monkeypatch.setattr("marketplace.matching.actions.note_search.ONE_IN", 1)
    old = SearchMade.objects.create(at=NOW - timedelta(days=741), soon=True)
    kept = SearchMade.objects.create(at=NOW - timedelta(days=739), soon=True)
    made = note_search(soon=0)
    left = set(SearchMade.objects.values_list("pk", flat=True))
    assert (left, old.pk in left) == ({kept.pk, made.pk}, False)


def test_public_pages_cost_few_queries(ana_works, stranger, django_assert_max_num_queries):
    for path in ("/search/?place=condesa", "/w/ana-p/"):
        stranger.get(path)
        with django_assert_max_num_queries(21):
            assert stranger.get(path).status_code == 200


def test_a_profile_offers_times_that_lead_to_booking(ana_works, stranger):
    page = stranger.get(f"/w/ana-p/?service={ana_works.pk}&day=2026-03-03").content.decode()
    assert f"/book/{ana_works.pk}/?start=2026-03-03T14%3A00%3A00%2B00%3A00" in page
    assert page.count('class="slot"') == 23
    assert "Paseo de perro 60 min" in page


def test_a_profile_tells_nothing_that_is_not_public(ana_works, stranger):
    page = stranger.get("/w/ana-p/").content.decode()
    assert "Prueba" not in page
    assert "ana@example.com" not in page
    assert "19.41" not in page


def test_nobody_finds_an_unknown_worker_or_anothers_service(ana_works, stranger):
    assert stranger.get("/w/nobody/").status_code == 404
    assert stranger.get("/w/ana-p/?service=sofa").status_code == 404


def test_the_public_page_about_ranking_shows_the_weights_in_force(patitas, stranger):
    page = stranger.get("/how-ranking-works/").content.decode()
    assert [f"<b>{share}%</b>" in page for share in (30, 25, 20, 15, 10)] == [True] * 5
    assert "Qué tan cerca" in page


def test_a_worker_sets_the_week_by_thumb(ana_works, ana_at_her_phone):
    wanted = week(d0a_from="09:00", d0a_to="13:00", d0b_from="22:00", d0b_to="02:00")
    answer = ana_at_her_phone.post("/work/plan/", wanted)
    assert answer.status_code == 302
    rows = [str(row) for row in PlanRow.objects.all()]
    assert rows == ["0 09:00 to 13:00", "0 22:00 to 02:00"]


def test_monday_can_be_copied_without_saving(ana_works, ana_at_her_phone):
    answer = ana_at_her_phone.post(
        "/work/plan/", {**week(d0a_from="09:00", d0a_to="13:00"), "copy": "1"}
    )
    assert answer.content.count(b'value="09:00"') == 5
    assert PlanRow.objects.count() == 7


def test_hours_that_overlap_are_refused_beside_the_form(ana_works, ana_at_her_phone):
    wanted = week(d0a_from="09:00", d0a_to="13:00", d0b_from="12:00", d0b_to="14:00")
    answer = ana_at_her_phone.post("/work/plan/", wanted)
    assert answer.status_code == 422
    assert b'value="12:00"' in answer.content
    half = ana_at_her_phone.post("/work/plan/", week(d0a_from="09:00"))
    assert half.status_code == 422
    assert PlanRow.objects.count() == 7


def test_time_off_is_taken_and_given_back(ana_works, ana_at_her_phone):
    days = {"first": "2026-03-03", "last": "2026-03-04", "starts": "", "ends": ""}
    assert ana_at_her_phone.post("/work/plan/time-off/", days).status_code == 302
    off = TimeOff.objects.get()
    assert (off.starts_at.astimezone(ZONE).isoformat(), off.ends_at - off.starts_at) == (
        "2026-03-03T00:00:00-06:00",
        timedelta(days=2),
    )
    assert ana_at_her_phone.post(f"/work/plan/time-off/{off.pk}/end/").status_code == 302
    assert not TimeOff.objects.exists()
    wrong = {"first": "2026-03-05", "last": "2026-03-03", "starts": "", "ends": ""}
    assert ana_at_her_phone.post("/work/plan/time-off/", wrong).status_code == 422


def test_calendars_are_for_workers_who_signed_in(patitas, clara, stranger):
    assert stranger.get("/work/plan/").status_code == 302
    assert signed_in_client("clara").get("/work/plan/").status_code == 404


def api(client: Client, method: str, path: str, body: object = None):
    return client.generic(
        method, f"/api/v1{path}", json.dumps(body), content_type="application/json"
    )


def test_programs_search_and_read_profiles_and_slots(ana_works, stranger):
    found = stranger.get("/api/v1/search?q=paseo&lat=19.4194&lng=-99.1556").json()
    (row,) = found["items"]
    assert (found["total"], row["worker_slug"], row["price"]) == (
        1,
        "ana-p",
        {"minor": 25000, "currency": "MXN"},
    )
    assert [reason["code"] for reason in row["reasons"]] == ["proximity", "soonest", "text"]
    assert row["zone"] == "America/Mexico_City"
    profile = stranger.get("/api/v1/workers/ana-p").json()
    assert profile["services"][0]["worker_service_id"] == str(ana_works.pk)
    query = "from=2026-03-03T14:00:00Z&to=2026-03-03T16:00:00Z"
    slots = stranger.get(f"/api/v1/slots?worker_service_id={ana_works.pk}&{query}").json()
    assert [slot["starts_at"] for slot in slots["slots"]] == [
        "2026-03-03T14:00:00Z",
        "2026-03-03T14:30:00Z",
        "2026-03-03T15:00:00Z",
        "2026-03-03T15:30:00Z",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/search?sort=cheap",
        "/search?from=2026-03-03T14:00:00Z",
        "/search?from=2026-03-03T14:00:00Z&to=2026-05-03T14:00:00Z",
        "/search?cursor=x",
        "/slots?worker_service_id=1",
    ],
)
def test_nonsense_is_unprocessable(patitas, stranger, path):
    answer = stranger.get(f"/api/v1{path}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_a_worker_sets_the_calendar_by_program(ana_works, ana_at_her_phone, stranger):
    plan = [{"weekday": 0, "starts": "09:00:00", "ends": "17:00:00", "services": []}]
    assert api(ana_at_her_phone, "PUT", "/workers/me/plan", plan).json() == plan
    assert PlanRow.objects.count() == 1
    off = {"starts_at": "2026-03-09T15:00:00Z", "ends_at": "2026-03-09T18:00:00Z"}
    assert api(ana_at_her_phone, "POST", "/workers/me/time-off", off).status_code == 201
    assert api(stranger, "PUT", "/workers/me/plan", []).status_code == 401
    assert PlanRow.objects.count() == 1


@pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31"])
def test_a_day_nobody_can_come_on_is_said_beside_the_field(ana_works, stranger, day):
    page = stranger.get(f"/search/?day={day}")

    assert page.status_code == 200
    assert "Elige un día de hoy en adelante" in page.content.decode()
    assert "Ana P." in page.content.decode()
