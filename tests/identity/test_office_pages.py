"""The office reviews documents and revokes badges."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel import clock
from kernel.actor import SYSTEM, Role
from tenants.identity import queries
from tenants.identity.actions.claim_check import claim_check
from tenants.identity.actions.set_holder import set_holder
from tenants.identity.models import WorkerCheck
from tenants.tenancy.models import AccessLog
from tenants.tenancy.queries import content_of
from tests.identity.papers import hands_in_id
from tests.support.worlds import joins, signed_in_client

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday():
    with clock.travelling_to(AT):
        yield


@pytest.fixture
def desk(olga):
    """Olga sits in her office."""
    return signed_in_client("olga", strong=True)


@pytest.fixture
def check(ana):
    return hands_in_id(ana)


def test_the_queue_names_what_waits_and_what_is_late(desk, check):
    assert "Documento de identidad" in desk.get("/office/verification/").content.decode()
    with clock.travelling_to(AT + timedelta(days=5)):
        assert "Con retraso" in desk.get("/office/verification/").content.decode()


def test_a_check_is_taken_looked_at_and_decided(desk, check, olga):
    page = f"/office/verification/{check.pk}/"
    assert "Tomarlo por 15 minutos" in desk.get(page).content.decode()

    desk.post(f"{page}claim/")
    pieces = queries.evidence_of(check)
    shown = desk.get(page).content.decode()
    assert all(f"{page}{each.pk}/" in shown for each in pieces)
    desk.post(f"{page}decide/", {"outcome": "pass"})

    check.refresh_from_db()
    assert (check.state, check.decided_by_id) == ("passed", olga.member_id)


def test_opening_evidence_is_logged_and_marked(desk, check, olga):
    piece = queries.evidence_of(check)[0]

    response = desk.get(f"/office/verification/{check.pk}/{piece.pk}/")

    log = AccessLog.objects.get()
    assert (log.actor_id, log.object_id, log.purpose) == (olga.member_id, str(piece.pk), "review")
    assert response["Content-Type"] == "image/jpeg"
    assert response.content != content_of(piece.file)


def test_one_person_proposes_and_the_page_says_so(desk, check):
    page = f"/office/verification/{check.pk}/"
    for _ in range(2):
        last = desk.post(f"{page}decide/", {"outcome": "fail", "reason_code": "altered"})

    check.refresh_from_db()
    assert (check.state, check.proposal) == ("in_review", "fail")
    assert (last.status_code, "Tú propusiste esto" in last.content.decode()) == (422, True)


def test_what_somebody_else_has_cannot_be_taken(desk, check):
    claim_check(by=joins("marta", Role.STAFF), check_id=check.pk)

    page = desk.get(f"/office/verification/{check.pk}/").content.decode()
    assert "Alguien más lo está revisando" in page
    answer = desk.post(f"/office/verification/{check.pk}/decide/", {"outcome": "pass"})

    assert answer.status_code == 422
    assert WorkerCheck.objects.get().state == "in_review"


def test_a_badge_is_revoked_and_issued_again(desk, ana):
    set_holder(by=SYSTEM, member_id=ana.member_id, active=True, line="Paseos")
    first = queries.badge_of(ana.member_id)
    assert first.tail in desk.get("/office/badges/").content.decode()

    desk.post(f"/office/badges/{first.pk}/revoke/", {"reason": "stolen", "sure": "1"})
    first.refresh_from_db()
    assert first.revoke_reason == "stolen"
    desk.post(f"/office/badges/{ana.member_id}/issue/")

    assert queries.badge_of(ana.member_id).pk != first.pk


def test_no_reason_no_revocation(desk, ana):
    set_holder(by=SYSTEM, member_id=ana.member_id, active=True, line="Paseos")
    badge = queries.badge_of(ana.member_id)

    desk.post(f"/office/badges/{badge.pk}/revoke/", {"reason": "bored", "sure": "1"})

    assert queries.badge_of(ana.member_id).revoked_at is None


@pytest.mark.parametrize("who", ["ana", "clara"])
def test_the_office_is_closed_to_others(check, clara, who):
    piece = queries.evidence_of(check)[0]
    client = signed_in_client(who, strong=True)

    for path in ("", "all/", f"{check.pk}/", f"{check.pk}/{piece.pk}/"):
        assert client.get(f"/office/verification/{path}").status_code in (302, 403, 404)
    assert AccessLog.objects.count() == 0


def test_another_tenants_owner_finds_nothing(check, lar_limpo):
    piece = queries.evidence_of(check)[0]
    berta = signed_in_client("berta", "lar-limpo.localhost", strong=True)

    for path in (f"{check.pk}/", f"{check.pk}/{piece.pk}/"):
        assert berta.get(f"/office/verification/{path}").status_code == 404
    assert berta.post(f"/office/verification/{check.pk}/claim/").status_code in (302, 404)
    assert WorkerCheck.objects.get().state == "submitted"


def test_a_badge_is_not_revoked_by_a_slip(desk, ana):
    set_holder(by=SYSTEM, member_id=ana.member_id, active=True, line="Paseos")
    badge = queries.badge_of(ana.member_id)

    for said in ({"reason": "stolen"}, {"reason": "", "sure": "1"}):
        desk.post(f"/office/badges/{badge.pk}/revoke/", said)

    assert queries.badge_of(ana.member_id).revoked_at is None


def test_a_worker_reads_that_the_badge_was_revoked_when_and_why(desk, ana):
    set_holder(by=SYSTEM, member_id=ana.member_id, active=True, line="Paseos")
    badge = queries.badge_of(ana.member_id)
    assert queries.carries_badge(ana.member_id)

    desk.post(f"/office/badges/{badge.pk}/revoke/", {"reason": "misused", "sure": "1"})
    page = signed_in_client("ana").get("/work/badge/").content.decode()

    assert "Tu credencial ya no es válida" in page
    assert "La usó otra persona" in page
    assert badge.tail in page
    assert not queries.carries_badge(ana.member_id)
