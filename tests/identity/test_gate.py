"""What whoever scans a badge sees, and the customer's own link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kernel import clock, timers
from kernel.actor import SYSTEM, Role
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.ids import uuid7
from tenants.identity import queries
from tenants.identity.actions.end_visit import end_visit
from tenants.identity.actions.expect_visit import expect_visit
from tenants.identity.actions.issue_badge import issue_badge
from tenants.identity.actions.revoke_badge import revoke_badge
from tenants.identity.actions.set_holder import set_holder
from tenants.identity.models import BadgeScan, Visit
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.models import User
from tests.identity.papers import is_verified, photo
from tests.support.worlds import joins

AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)  # 10:00 in Mexico City.
UNKNOWN = "0" * 26
TAIL = "23456789ABCDEFGHJKMNPQRS"


@pytest.fixture(autouse=True)
def _saturday():
    with clock.travelling_to(AT):
        yield


@pytest.fixture
def badge(ana, olga):
    """Ana is verified and carries a badge."""
    is_verified(ana, olga)
    portrait = take_upload(by=ana, upload=photo(size=(1200, 1600)), purpose="portrait")
    set_holder(by=SYSTEM, member_id=ana.member_id, active=True, line="Paseos", photo_id=portrait.pk)
    return queries.badge_of(ana.member_id)


def door(language="es", **headers):
    return Client(headers={"host": "id.localhost", "accept-language": language, **headers})


def scan(serial, client=None):
    return (client or door()).get(f"/W/{serial}")


def state(response):
    return re.search(r'<main[^>]*data-state="(\w+)"', response.content.decode()).group(1)


def visit(ana, clara, *, starts_at=AT, worker=None, reference="7K3Q9D2X"):
    return expect_visit(
        visit_id=uuid7(),
        holder_id=(worker or ana).member_id,
        customer_id=clara.member_id,
        reference=reference,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        zone="America/Mexico_City",
    )


def customer(expected):
    """Return the customer's phone, on which the link was opened."""
    client = door()
    address = queries.visit_link(expected.pk)
    response = client.get(address.removeprefix("http://id.localhost"))
    assert (response.status_code, response["Location"]) == (303, "/B")
    return client


def test_a_genuine_card_says_what_was_checked_when_and_by_whom(badge):
    response = scan(badge.serial)
    page = response.content.decode()

    assert (response.status_code, state(response)) == (200, "valid")
    assert "Ana P." in page
    assert "Prueba" not in page
    assert "Documento de identidad" in page
    assert "Una persona de Patitas lo revisó el" in page
    assert len(response.content) <= 30_000
    assert "<script" not in page


def test_the_page_may_not_be_stored_indexed_or_told_to_others(badge):
    for response in (scan(badge.serial), scan(UNKNOWN)):
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies


@pytest.mark.parametrize("wrong", ["abc", UNKNOWN, "é" * 26, "%00" * 26, "U" * 26, "0" * 400])
def test_unknown_and_malformed_serials_get_the_same_answer(badge, wrong):
    answers = [scan(UNKNOWN), scan(wrong), door().get(f"/B/{wrong}"), door().get("/elsewhere")]

    assert {(each.status_code, each.content, str(each.headers)) for each in answers} == {
        (404, answers[0].content, str(answers[0].headers))
    }


def test_a_serial_is_read_as_it_was_meant(badge):
    type(badge).objects.filter(pk=badge.pk).update(serial="0123456789ABCDEFGHJKMNPQRS")

    for typed in (
        "o123456789abcdefghjkmnpqrs",
        "OL23456789-ABCDEFGHJKMNPQRS",
        "0i23456789ABCDEFGHJKMNPQRS",
    ):
        assert state(scan(typed)) == "valid"
    assert door().get("/w/0123456789ABCDEFGHJKMNPQRS").status_code == 200


def test_a_revoked_card_is_not_valid_at_the_next_look(badge, olga):
    assert state(scan(badge.serial)) == "valid"

    revoke_badge(by=olga, badge_id=badge.pk, reason="lost")
    response = scan(badge.serial)

    assert (response.status_code, state(response)) == (200, "not_valid")
    assert "Ana" not in response.content.decode()
    assert door().get(f"/W/{badge.serial}/photo").status_code == 404


def test_a_new_card_ends_the_old_one(badge, ana, olga):
    fresh = issue_badge(by=olga, member_id=ana.member_id)

    badge.refresh_from_db()
    assert (badge.revoke_reason, badge.replaced_by_id) == ("replaced", fresh.pk)
    assert [state(scan(each.serial)) for each in (badge, fresh)] == ["not_valid", "valid"]


def test_a_worker_who_left_has_no_valid_card_and_one_who_returns_has(badge, ana):
    states = []
    for active in (False, True):
        set_holder(by=SYSTEM, member_id=ana.member_id, active=active, line="Paseos")
        states.append(state(scan(badge.serial)))

    assert states == ["not_valid", "valid"]


def test_a_card_expires_after_a_year(badge):
    with clock.travelling_to(AT + timedelta(days=365)):
        response = scan(badge.serial)

    assert state(response) == "expired"
    assert "Ana" not in response.content.decode()


def test_a_check_in_grace_is_shown_so_and_a_later_one_is_gone(badge, ana):
    titles = []
    for days in (364 * 2, 0):
        with clock.travelling_to(AT + timedelta(days=days)):
            titles.append([each.kind for each in queries.verified(ana.member_id, at=clock.now())])
    in_grace = queries.verified(ana.member_id, at=AT + timedelta(days=735))

    assert titles == [["id_document", "selfie_match"]] * 2
    assert [each.in_grace for each in in_grace] == [False, True]
    assert len(queries.verified(ana.member_id, at=AT + timedelta(days=738))) == 1


def test_the_portrait_is_small_and_not_kept(badge):
    response = door().get(f"/W/{badge.serial}/photo")

    assert response["Content-Type"] == "image/jpeg"
    assert response.content[:3] == b"\xff\xd8\xff"
    assert len(response.content) <= 40_000
    assert response["Cache-Control"] == "no-store"


def test_with_the_customers_link_the_expected_worker_is_green(badge, ana, clara):
    expected = visit(ana, clara)
    client = customer(expected)

    response = scan(badge.serial, client)

    assert state(response) == "expected_now"
    assert "10:00" in response.content.decode()
    assert BadgeScan.objects.get().visit_id == expected.pk


def test_the_link_shows_who_comes_and_both_codes(badge, ana, clara):
    expected = visit(ana, clara)
    client = customer(expected)

    page = client.get("/B").content.decode()
    codes = queries.codes_of(expected.pk)

    spelled = [" ".join(code) for code in (codes.visit_code, codes.start_pin)]
    assert all(each in page for each in spelled)
    assert ("Ana" in page, "Prueba" in page) == (True, False)
    assert client.get("/B/photo")["Content-Type"] == "image/jpeg"


def test_without_the_link_nobody_is_green(badge, ana, clara):
    visit(ana, clara)

    assert state(scan(badge.serial)) == "valid"
    assert door().get("/B").status_code == 404


@pytest.mark.parametrize("days", [-1, 1])
def test_a_visit_of_another_day_is_not_expected(badge, ana, clara, days):
    expected = visit(ana, clara, starts_at=AT + timedelta(days=days))
    with clock.travelling_to(expected.starts_at):
        client = customer(expected)
    with clock.travelling_to(AT + timedelta(days=days, hours=-3)):
        response = scan(badge.serial, client)

    assert state(response) == "not_expected"
    assert "otro momento" in response.content.decode()


def test_another_worker_is_not_expected(badge, ana, clara, patitas):
    rosa = joins("rosa", Role.WORKER)
    client = customer(visit(ana, clara, worker=rosa))
    assert "Rosa" in client.get("/B").content.decode()

    response = scan(badge.serial, client)

    assert state(response) == "not_expected"
    assert "Ana" not in response.content.decode()


def test_a_visit_at_another_marketplace_makes_nobody_here_expected(badge, lar_limpo, carla):
    with working_for(lar_limpo.pk):
        customer_there = joins("clara", Role.CUSTOMER)
        client = customer(visit(carla, customer_there))

    assert state(scan(badge.serial, client)) == "not_expected"


def test_a_cancelled_visit_is_not_expected(badge, ana, clara):
    expected = visit(ana, clara)
    client = customer(expected)
    end_visit(visit_id=expected.pk)

    assert state(scan(badge.serial, client)) == "not_expected"


def test_a_link_opens_only_around_its_visit(badge, ana, clara):
    expected = visit(ana, clara, starts_at=AT + timedelta(days=2))
    path = queries.visit_link(expected.pk).removeprefix("http://id.localhost")

    response = door().get(path)

    assert (response.status_code, state(response)) == (200, "link_closed")
    assert not response.cookies


def test_the_customer_can_start_the_visit_by_link_or_by_scan(badge, ana, clara):
    first, second = visit(ana, clara), visit(ana, clara, reference="AAAABBBB")

    customer(first).post("/B/start")
    customer(second).post(f"/W/{badge.serial}/start")

    assert [Visit.objects.get(pk=each.pk).proved_by for each in (first, second)] == [
        "customer_link",
        "badge_scan",
    ]


def test_a_stranger_cannot_start_a_visit(badge, ana, clara):
    visit(ana, clara)

    assert door().post(f"/W/{badge.serial}/start").status_code == 404
    assert Visit.objects.get().proved_at is None


def asks(serial, said, client=None):
    response = (client or door()).post(f"/W/{serial}", {"booking": said})
    page = response.content.decode()
    return response.status_code, ("yes" if "Sí:" in page else "no" if "No:" in page else "")


def test_the_form_answers_yes_or_no_to_who_knows_a_booking_of_today(badge, ana, clara):
    visit(ana, clara)
    with working_for(HOUSE):
        User.objects.filter(email="clara@example.com").update(phone="+525512344821")

    assert asks(badge.serial, "4821") == (200, "yes")
    assert asks(badge.serial, "7k3q-9d2x") == (200, "yes")
    assert asks(badge.serial, "4822") == (200, "no")


def test_the_form_knows_nothing_of_tomorrow(badge, ana, clara):
    visit(ana, clara, starts_at=AT + timedelta(days=1))

    assert asks(badge.serial, "7K3Q9D2X") == (200, "no")


def test_the_form_can_be_asked_five_times_from_one_place(badge):
    answers = [asks(badge.serial, f"000{number}")[0] for number in range(6)]

    assert answers == [200] * 5 + [429]
    elsewhere = Client(headers={"host": "id.localhost"}, REMOTE_ADDR="203.0.113.9")
    assert asks(badge.serial, "0000", elsewhere)[0] == 200


def test_guessing_serials_ends_after_thirty_and_real_badges_stay_readable(badge):
    answers = [scan(UNKNOWN).status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]
    assert state(scan(badge.serial)) == "valid"
    neighbour = Client(headers={"host": "id.localhost"}, REMOTE_ADDR="203.0.113.9")
    assert scan(UNKNOWN, neighbour).status_code == 404


def test_a_look_is_logged_coarsely_and_only_a_look(badge, ana, carla, lar_limpo):
    client = Client(
        headers={"host": "id.localhost", "user-agent": "X Firefox/140"}, REMOTE_ADDR="203.0.113.77"
    )
    scan(badge.serial, client)
    client.head(f"/W/{badge.serial}")
    client.get(f"/W/{badge.serial}", headers={"sec-purpose": "prefetch"})

    seen = BadgeScan.objects.get()
    assert (seen.ip_prefix, seen.ua_family, seen.outcome) == ("203.0.113.0/24", "Firefox", "valid")
    assert [each.outcome for each in queries.scans_of(by=ana)] == ["valid"]
    with working_for(lar_limpo.pk):
        assert list(queries.scans_of(by=carla)) == []


def test_a_look_is_forgotten_after_a_month(badge):
    scan(badge.serial)
    with clock.travelling_to(AT + timedelta(days=29)):
        scan(badge.serial)
    with clock.travelling_to(AT + timedelta(days=31)):
        timers.run_due_of(badge.pk)

    assert [each.at for each in BadgeScan.objects.all()] == [AT + timedelta(days=29)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("pt-BR", "Este crachá é autêntico"), ("en", "This card is genuine"), ("es", "es auténtica")],
)
def test_the_page_speaks_the_readers_language(badge, language, words):
    assert words in scan(badge.serial, door(language)).content.decode()
