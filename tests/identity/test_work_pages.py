"""A worker's own pages about badge and documents."""

from datetime import UTC, datetime

import pytest

from kernel import clock
from kernel.actor import SYSTEM, Role
from tenants.identity import queries
from tenants.identity.actions.decide import decide
from tenants.identity.actions.set_holder import set_holder
from tenants.identity.models import Evidence, WorkerCheck
from tests.identity.papers import CURP, hands_in_id, is_verified, photo
from tests.support.worlds import joins, signed_in_client

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday():
    with clock.travelling_to(AT):
        yield


@pytest.fixture
def phone(ana):
    return signed_in_client("ana")


def test_a_worker_without_a_badge_is_told_how_to_get_one(phone):
    response = phone.get("/work/badge/")

    assert response.status_code == 200
    assert "Todavía no tienes credencial" in response.content.decode()


def test_a_worker_sees_and_prints_the_badge_and_who_scanned_it(phone, ana):
    set_holder(by=SYSTEM, member_id=ana.member_id, active=True, line="Paseos")
    serial = queries.badge_of(ana.member_id).serial
    client = type(phone)(headers={"host": "id.localhost"})
    client.get(f"/W/{serial}")

    page = phone.get("/work/badge/").content.decode()
    card = phone.get("/work/badge/card/").content.decode()

    assert "La credencial era auténtica" in page
    assert f"HTTP://ID.LOCALHOST/W/{serial}" in page
    assert serial[-6:] in card
    assert "id.localhost" in card


def test_a_lost_card_is_replaced_at_once(phone, ana):
    set_holder(by=SYSTEM, member_id=ana.member_id, active=True, line="Paseos")
    lost = queries.badge_of(ana.member_id)

    phone.post("/work/badge/new/")

    lost.refresh_from_db()
    assert lost.revoke_reason == "replaced"
    assert queries.badge_of(ana.member_id).pk == lost.replaced_by_id


def test_documents_are_handed_in_on_the_page(phone, ana):
    assert "Faltan 2 cosas" in phone.get("/work/documents/").content.decode()

    files = {"front": photo("front.jpg"), "back": photo("back.jpg")}
    response = phone.post("/work/documents/id_document/", {"number": CURP, **files})

    assert (response.status_code, response["Location"]) == (302, "/work/documents/")
    assert WorkerCheck.objects.get().state == "submitted"
    assert "Falta una cosa" in phone.get("/work/documents/").content.decode()


def test_a_wrong_number_is_said_beside_the_field_and_nothing_is_kept(phone):
    wrong = "BOXW310820HNERXN08"
    files = {"front": photo("front.jpg"), "back": photo("back.jpg")}

    response = phone.post("/work/documents/id_document/", {"number": wrong, **files})
    page = response.content.decode()

    assert response.status_code == 422
    assert "Este número no existe" in page
    assert wrong in page
    assert (WorkerCheck.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_worker_answers_a_decision_on_the_page(phone, ana, olga):
    check, marta = hands_in_id(ana), joins("marta", Role.STAFF)
    for reviewer in (olga, marta):
        decide(by=reviewer, check_id=check.pk, outcome="fail", reason_code="name_differs")
    assert "El nombre no es el del perfil" in phone.get("/work/documents/").content.decode()

    phone.post(f"/work/documents/{check.pk}/answer/", {"text": "Me casé."})

    check.refresh_from_db()
    assert (check.state, check.answer) == ("in_review", "Me casé.")


def test_all_in_order_is_said(phone, ana, olga):
    is_verified(ana, olga)

    assert "Todo está en orden." in phone.get("/work/documents/").content.decode()


def test_evidence_is_shown_to_its_worker_and_to_nobody_else(phone, ana, carla, patitas):
    check = hands_in_id(ana)
    piece = queries.evidence_of(check)[0]
    path = f"/work/documents/{check.pk}/{piece.pk}/"
    joins("rosa", Role.WORKER)

    assert phone.get(path)["Cache-Control"] == "private, no-store"
    assert signed_in_client("rosa").get(path).status_code == 404
    assert signed_in_client("carla", "lar-limpo.localhost").get(path).status_code == 404
    assert type(phone)(headers={"host": "patitas.localhost"}).get(path).status_code == 302


@pytest.mark.parametrize("path", ["/work/badge/", "/work/documents/", "/work/badge/card/"])
def test_these_pages_are_for_workers(clara, path):
    assert signed_in_client("clara").get(path).status_code == 404
