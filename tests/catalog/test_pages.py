"""What workers and the office see of the catalogue."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marketplace.catalog.models import Category, Service, Worker, WorkerService, Zone
from tests.support.worlds import signed_in_client
from tests.support.worlds_market import applies, settled

pytestmark = pytest.mark.usefixtures("on_monday")

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63"
    "f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def office(patitas_is_stocked):
    return signed_in_client("olga", strong=True)


def api(client: Client, method: str, path: str, body: object = None):
    return client.generic(
        method, f"/api/v1{path}", json.dumps(body), content_type="application/json"
    )


def test_somebody_applies_with_a_photo_that_only_they_and_the_office_see(patitas, office, clara):
    clara_at_home = signed_in_client("clara")
    assert clara_at_home.get("/work/").status_code == 302
    photo = SimpleUploadedFile("me.png", PNG, content_type="image/png")
    said = {"headline": "Paseos tranquilos", "bio": "", "languages": ["es"], "photo": photo}
    answer = clara_at_home.post("/work/apply/", said)
    assert (answer.status_code, answer["Location"]) == (302, "/work/")
    worker = Worker.objects.get()
    assert (worker.headline, worker.state, worker.photo is not None) == (
        "Paseos tranquilos",
        "applied",
        True,
    )
    home = clara_at_home.get("/work/").content.decode()
    assert "Elige los servicios que ofreces." in home
    stranger = Client(headers={"host": "patitas.localhost"})
    statuses = [
        each.get(worker.photo_path).status_code for each in (clara_at_home, office, stranger)
    ]
    assert statuses == [200, 200, 404]


def test_what_is_no_photo_is_refused_beside_the_field_and_nothing_is_stored(patitas, clara):
    fake = SimpleUploadedFile("me.png", b"GIF89a no image", content_type="image/png")
    said = {"headline": "Paseos", "bio": "", "languages": ["es"], "photo": fake}
    answer = signed_in_client("clara").post("/work/apply/", said)
    assert answer.status_code == 422
    assert not Worker.objects.exists()


def test_an_empty_application_keeps_what_was_typed(patitas, clara):
    answer = signed_in_client("clara").post("/work/apply/", {"headline": "", "bio": "Hola a todos"})
    assert answer.status_code == 422
    assert "Hola a todos" in answer.content.decode()


def test_a_worker_chooses_services_and_prices(ana_works):
    ana = signed_in_client("ana")
    bath = Service.objects.get(slug="bath")
    posted = {f"s_{bath.pk}": "on", f"p_{bath.pk}": "475.50"}
    assert ana.post("/work/services/", posted).status_code == 302
    assert WorkerService.objects.get(service=bath).price_minor == 47550
    assert WorkerService.objects.get(pk=ana_works.pk).state == "hidden"
    wrong = ana.post("/work/services/", {f"s_{bath.pk}": "on", f"p_{bath.pk}": "-1"})
    assert wrong.status_code == 422
    assert WorkerService.objects.get(service=bath).price_minor == 47550


def test_a_worker_sets_the_area_by_a_part_of_town_or_a_point(ana_works):
    ana = signed_in_client("ana")
    assert ana.post("/work/area/", {"zone": "polanco", "radius_km": "7"}).status_code == 302
    worker, polanco = Worker.objects.get(), Zone.objects.get(slug="polanco")
    assert (worker.base_latitude, worker.radius_km) == (polanco.latitude, 7)
    point = {"zone": "", "radius_km": "7", "latitude": "19.5", "longitude": ""}
    assert ana.post("/work/area/", point).status_code == 422
    assert ana.post("/work/area/", {**point, "longitude": "-99.1"}).status_code == 302
    assert Worker.objects.get().base_latitude == 19.5


def test_a_worker_pauses_and_comes_back(ana_works):
    ana = signed_in_client("ana")
    assert ana.post("/work/standing/pause/").status_code == 302
    assert Worker.objects.get().state == "paused"
    assert ana.post("/work/standing/resume/").status_code == 302
    assert ana.post("/work/standing/approve/").status_code == 404
    assert Worker.objects.get().state == "approved"


def test_the_office_decides_from_the_queue(office):
    worker = applies("ana")
    assert b"Ana Prueba" in office.get("/office/workers/").content
    page = f"/office/workers/{worker.pk}/"
    assert office.post(f"{page}start_review/").status_code == 302
    assert b"approve" in office.get(page).content
    assert office.post(f"{page}reject/", {"note": "corto"}).status_code == 422
    assert office.post(f"{page}approve/").status_code == 302
    assert Worker.objects.get().state == "approved"


def test_only_the_office_sees_the_office(office, ana_works):
    for path in ("/office/workers/", f"/office/workers/{ana_works.worker_id}/"):
        assert signed_in_client("ana").get(path).status_code in (302, 403, 404)


def test_the_office_edits_a_service_and_the_search_knows(office, ana_works):
    service = Service.objects.get(slug="walk-60")
    edit = f"/office/service/edit/{service.pk}/"
    page = office.get(edit)
    assert page.status_code == 200
    posted = page.context["form"].initial | {"name": "Paseo largo", "price_minor": "300.00"}
    posted = {
        key: value for key, value in posted.items() if value is not None and value is not False
    }
    answer = office.post(edit, posted)
    assert answer.status_code == 302, answer.context["form"].errors
    settled()
    found = Client(headers={"host": "patitas.localhost"}).get("/api/v1/search?q=largo").json()
    assert [row["price"]["minor"] for row in found["items"]] == [30000]


def test_the_office_adds_a_category_and_cannot_delete_one_in_use(office):
    added = office.post(
        "/office/category/new/", {"name": "Fin de semana", "parent": "", "position": "9"}
    )
    assert added.status_code == 302
    assert Category.objects.get(name="Fin de semana").slug == "fin-de-semana"
    walks = Category.objects.get(slug="walks")
    assert office.post(f"/office/category/delete/{walks.pk}/").status_code in (302, 403)
    assert Category.objects.filter(pk=walks.pk).exists()


def test_programs_read_the_catalogue(patitas_is_stocked):
    stranger = Client(headers={"host": "patitas.localhost"})
    shelves = stranger.get("/api/v1/categories").json()
    assert [each["slug"] for each in shelves] == ["walks", "home-visits", "grooming"]
    services = stranger.get("/api/v1/services").json()
    walk = next(each for each in services if each["slug"] == "walk-60")
    assert walk["price"] == {"minor": 25000, "currency": "MXN"}
    assert [each["name"] for each in walk["add_ons"]] == ["Segunda mascota"]


def test_a_program_goes_the_whole_way_of_a_worker(patitas_is_stocked, clara, office):
    clara_too = signed_in_client("clara")
    said = {"headline": "Paseos tranquilos", "languages": ["es"]}
    applied = api(clara_too, "POST", "/workers", said)
    assert applied.status_code == 201
    worker_id = applied.json()["id"]
    assert api(clara_too, "POST", f"/workers/{worker_id}/steps/approve", {}).status_code == 404
    assert api(office, "POST", f"/workers/{worker_id}/steps/approve", {}).status_code == 409
    assert api(office, "POST", f"/workers/{worker_id}/steps/start_review", {}).status_code == 200
    decided = api(office, "POST", f"/workers/{worker_id}/steps/approve", {}).json()
    assert (decided["state"], decided["steps"]) == ("approved", ["suspend", "remove"])
    walk = Service.objects.get(slug="walk-60")
    offers = api(clara_too, "PUT", "/workers/me/services", [{"service_id": str(walk.pk)}])
    assert [each["price"]["minor"] for each in offers.json()] == [25000]
    area = {"latitude": 19.4, "longitude": -99.1, "radius_km": 8}
    assert api(clara_too, "PUT", "/workers/me/area", area).status_code == 200
    ready = api(clara_too, "GET", "/workers/me/readiness").json()
    assert [gap["code"] for gap in ready["gaps"]] == ["payee", "plan"]
    assert api(clara_too, "PUT", "/workers/me/area", area | {"radius_km": 101}).status_code == 422
    assert api(clara_too, "PUT", "/workers/me/area", area | {"zone": "x"}).status_code == 422
