"""Refusals as people meet them: the right status, a sentence one understands, nothing stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from kernel import clock
from kernel.edge import working_for
from marketplace.bookings.models import Booking, Quote
from tests.identity.papers import photo
from tests.support.reader import Reader
from tests.support.sandbox import StripeSandbox
from tests.support.signing_in import last_code
from tests.support.town import IN_MEXICO, Town, build
from tests.support.worlds import signed_in_client

NOBODYS = UUID("01939d4e-0000-7000-8000-000000000000")
KEEPS_COUNT = {
    "tenancy_securityevent",  # What a refused try may leave behind: that it was tried.
    "django_session",
    "tenancy_sessionrecord",
    "kernel_limit",
    "kernel_idempotentanswer",
}


@pytest.fixture
def town(monday: None, db: None, sent: object, stripe_sandbox: StripeSandbox) -> Iterator[Town]:
    """Patitas in Mexico City; we work for it."""
    town = build(IN_MEXICO, stripe_sandbox)
    with working_for(town.tenant.pk):
        yield town


@pytest.fixture
def clara(town: Town) -> Reader:
    """Clara at her browser, signed in."""
    return at_a_browser("clara", town)


@pytest.fixture
def ana(town: Town) -> Reader:
    """Ana at her browser, signed in."""
    return at_a_browser("ana", town)


def at_a_browser(name: str, town: Town) -> Reader:
    """Return a person who has signed in."""
    reader = Reader(name, address=f"http://{town.host}/")
    reader.jars[town.host] = signed_in_client(name, host=town.host)
    return reader.opens("/account/")


def a_program_of(name: str, town: Town) -> Client:
    """Return a client that has been here before."""
    client = signed_in_client(name, host=town.host)
    client.get("/account/")
    return client


@contextmanager
def nothing_is_stored() -> Iterator[None]:
    """Make sure that every table holds afterwards what it held before."""
    before = contents()
    yield
    changed = {name for name, held in contents().items() if held != before[name]}
    assert changed - KEEPS_COUNT == set()


def contents() -> dict[str, str]:
    """Return a digest of every table of ours, as this tenant sees it."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select schemaname || '.' || tablename from pg_tables"
            " where schemaname in ('public', 'ledger') and has_table_privilege("
            "format('%I.%I', schemaname, tablename), 'select') order by 1"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(
                f"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {name} t"
            )
            found[name.removeprefix("public.")] = cursor.fetchone()[0]
    return found


def test_an_unknown_host_is_told_apart_from_an_unknown_page(town):
    with nothing_is_stored():
        answer = Client(headers={"host": "nobody.localhost"}).get("/")

    assert answer.status_code == 421
    assert "<h1>" in answer.content.decode()


def test_a_wrong_code_signs_nobody_in(town):
    visitor = Reader("clara").opens("http://patitas.localhost/account/")
    visitor.sends("contact", contact="clara@example.com")
    wrong = f"{(int(last_code('clara@example.com')) + 1) % 1_000_000:06}"

    with nothing_is_stored():
        visitor.sends("code", code=wrong)

    assert visitor.path == "/account/code/enter/"
    assert visitor.page.select('input[name=code][aria-invalid="true"]')
    assert visitor.opens("http://patitas.localhost/bookings/").path != "/bookings/"


def test_an_expired_price_is_asked_for_again_and_books_nothing(town, clara):
    asks_for_a_price(town, clara)
    program = a_program_of("clara", town)
    with clock.travelling_to(clock.now() + timedelta(minutes=16)), nothing_is_stored():
        clara.opens(clara.address)
        assert "Este precio ya venció" in clara.said, clara.said
        answer = program.post(
            "/api/v1/bookings",
            {"quote_id": str(Quote.objects.get().pk)},
            content_type="application/json",
            headers={"Idempotency-Key": "late"},
        )

    assert (answer.status_code, answer.json()["type"]) == (409, "quote_expired")
    assert Booking.objects.count() == 0


def asks_for_a_price(town: Town, reader: Reader) -> None:
    """Choose the second slot of tomorrow and fill in the form."""
    start = (clock.now() + timedelta(hours=25)).isoformat()
    reader.opens(f"/book/{town.offers[0].pk}/?start={quote(start)}")
    zones = [str(each["value"]) for each in reader.page.select("select[name=zone] option[value]")]
    reader.sends("address", address="Orizaba 101", zone=zones[1])
    assert reader.path.startswith("/book/quote/")


@pytest.mark.parametrize(
    "path",
    [
        "/bookings/7K3Q9D2X/",
        "/work/jobs/7K3Q9D2X/",
        f"/pay/{NOBODYS}/",
        f"/book/{NOBODYS}/?start=2026-03-04T16:00:00Z",
        f"/book/quote/{NOBODYS}/",
        f"/wallet/cash-outs/{NOBODYS}/",
        "/w/somebody-else/",
        "/s/nosuchtoken/",
        f"/api/v1/bookings/{NOBODYS}",
    ],
)
def test_what_is_not_there_or_not_ours_is_not_found(town, clara, path):
    with nothing_is_stored():
        clara.opens(path)

    assert clara.status == 404
    assert "application" in path or clara.said


def test_a_foreign_booking_is_as_good_as_none(town, clara):
    asks_for_a_price(town, clara)
    clara.sends()
    booking = Booking.objects.get()
    ana = at_a_browser("ana", town)
    rosa = Reader("rosa").signs_in(f"http://{town.host}/account/")

    with nothing_is_stored():
        assert ana.opens(f"/bookings/{booking.code}/").status == 404
        assert rosa.opens(f"/bookings/{booking.code}/").status == 404
        assert rosa.opens(f"/pay/{booking.payment_id}/").status == 404
        assert rosa.opens(f"/api/v1/bookings/{booking.pk}").status == 404


def test_a_missing_address_is_said_beside_its_field_and_nothing_typed_is_lost(town, clara):
    start = (clock.now() + timedelta(hours=25)).isoformat()
    clara.opens(f"/book/{town.offers[0].pk}/?start={quote(start)}")

    with nothing_is_stored():
        clara.sends("address", address="", note="La llave está con el portero.", tip_other="35")

    assert clara.status == 422
    assert clara.page.select("#id_address_error")
    assert "La llave está con el portero." in clara.text
    assert clara.page.select_one("input[name=tip_other]")["value"] == "35"


def test_a_missing_field_of_a_program_is_named(town):
    program = a_program_of("clara", town)
    with nothing_is_stored():
        answer = program.post("/api/v1/quotes", {"address": "x"}, content_type="application/json")

    assert answer.status_code == 422
    named = [each["field"] for each in answer.json()["details"]["fields"]]
    assert named == ["body.starts_at"]


def too_large() -> SimpleUploadedFile:
    """Return a file of eleven megabytes that begins like a photo."""
    head = photo().read()
    return SimpleUploadedFile("big.jpg", head + b"\0" * (11 * 1024 * 1024), "image/jpeg")


def test_a_photo_that_is_too_large_keeps_what_was_typed(town, ana):
    ana.opens("/work/apply/")

    with nothing_is_stored():
        ana.sends("headline", headline="Otra línea", bio="Otra historia.", photo=too_large())

    assert ana.status in (413, 422)
    assert ana.page.select("#id_photo_error"), ana.said
    assert "Otra historia." in ana.text
    assert ana.page.select_one("input[name=headline]")["value"] == "Otra línea"


def test_a_document_that_is_too_large_keeps_what_was_typed(town):
    beto = Reader("beto").signs_in(f"http://{town.host}/work/apply/")
    beto.sends("headline", headline="Con calma", bio="Diez años.")
    beto.opens("/work/documents/")

    with nothing_is_stored():
        beto.sends("front", number="HEGG560427MVZRRL04", front=too_large(), back=photo("b.jpg"))

    assert beto.status in (413, 422)
    assert beto.page.select("#id_id_document_front_error"), beto.said
    assert "HEGG560427MVZRRL04" in beto.text
