"""Checks and badges over HTTP, for programs."""

import pytest

from kernel.actor import SYSTEM
from tenants.identity import queries
from tenants.identity.actions.set_holder import set_holder
from tenants.identity.models import Evidence, WorkerCheck
from tests.identity.papers import CURP, hands_in_id, photo
from tests.support.worlds import signed_in_client

JSON = "application/json"


@pytest.fixture
def client(ana):
    return signed_in_client("ana")


def test_a_worker_hands_in_and_sees_how_it_stands(client):
    papers = {"front": photo("front.jpg"), "back": photo("back.jpg"), "number": CURP}
    posted = client.post("/api/v1/workers/me/checks/id_document", papers)
    listed = client.get("/api/v1/workers/me/checks").json()

    assert (posted.status_code, posted.json()["state"]) == (201, "submitted")
    assert [(each["kind"], each["status"]) for each in listed["required"]] == [
        ("id_document", "in_review"),
        ("selfie_match", "missing"),
    ]
    assert [each["id"] for each in listed["attempts"]] == [posted.json()["id"]]
    assert CURP not in str(listed)


def test_what_is_missing_is_named_and_nothing_is_kept(client):
    answer = client.post("/api/v1/workers/me/checks/id_document", {"front": photo()})

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["type"] == "check.incomplete"
    assert answer.json()["details"]["fields"] == ["back", "number"]
    assert (WorkerCheck.objects.count(), Evidence.objects.count()) == (0, 0)


def test_an_unknown_kind_is_refused(client):
    answer = client.post("/api/v1/workers/me/checks/horoscope", {})

    assert (answer.status_code, answer.json()["type"]) == (422, "check.unknown_kind")


def test_the_office_decides(client, ana, olga):
    check = hands_in_id(ana)
    office = signed_in_client("olga", strong=True)

    path = f"/api/v1/checks/{check.pk}/decide"
    answer = office.post(path, {"outcome": "pass"}, content_type=JSON)

    assert (answer.status_code, answer.json()["state"]) == (200, "passed")


def test_a_worker_and_a_neighbour_cannot_decide(client, ana, lar_limpo):
    check = hands_in_id(ana)
    path = f"/api/v1/checks/{check.pk}/decide"
    berta = signed_in_client("berta", "lar-limpo.localhost", strong=True)

    for caller in (client, berta):
        answer = caller.post(path, {"outcome": "pass"}, content_type=JSON)
        assert answer.status_code == 404
    assert WorkerCheck.objects.get().state == "submitted"


def test_a_worker_reads_the_own_badge(client, ana):
    assert client.get("/api/v1/badges/mine").status_code == 404

    set_holder(by=SYSTEM, member_id=ana.member_id, active=True, line="Paseos")
    badge = queries.badge_of(ana.member_id)
    answer = client.get("/api/v1/badges/mine").json()

    assert (answer["serial"], answer["valid"]) == (badge.serial, True)
    assert answer["address"] == f"HTTP://ID.LOCALHOST/W/{badge.serial}"
