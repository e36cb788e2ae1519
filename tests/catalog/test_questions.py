"""A tenant's own questions, from the office to the visit."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction

from kernel.actor import Actor, Role
from kernel.crypto import Unsealable
from kernel.models import OutboxEvent
from marketplace.bookings.actions.quote import renew_quote
from marketplace.bookings.models import Quote
from marketplace.bookings.queries import sheet_of
from marketplace.catalog.actions.edit_catalogue import save_category
from marketplace.catalog.actions.edit_fields import save_field
from marketplace.catalog.kinds.base import NICHES
from marketplace.catalog.models import Category, CustomField, FieldValue, Service
from marketplace.catalog.queries.fields import (
    answers_of,
    fields_of_service,
    filterable_of,
    raw_answers,
)
from marketplace.catalog.rules.custom_fields import AnswersInvalid, FieldInvalid
from tests.catalog.test_pages import PNG, api
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import booked, pays, quoted
from tests.support.worlds_market import NOW, owner

pytestmark = pytest.mark.usefixtures("on_monday")

SIZES = [
    {"value": "small", "label": "Pequeño", "texts": {"en": "Small"}},
    {"value": "large", "label": "Grande"},
]


@pytest.fixture(autouse=True)
def nothing_is_asked_yet(monkeypatch):
    """Patitas begins without the questions of its kind of business."""
    monkeypatch.setitem(NICHES, "pet_care", replace(NICHES["pet_care"], asks=()))


def asks(code: str, kind: str = "text", *, target: str = "booking", **rest: object) -> CustomField:
    """Let the owner ask something."""
    field = CustomField(target=target, code=code, kind=kind, label=f"¿{code}?", **rest)
    return save_field(by=owner(), field=field)


@pytest.fixture
def pets(offer) -> Category:
    """Walks are inside Pets; Cleaning stands beside it, with one service."""
    pets = save_category(by=owner(), category=Category(name="Pets"))
    walks = Category.objects.get(slug="walks")
    walks.parent = pets
    save_category(by=owner(), category=walks)
    cleaning = save_category(by=owner(), category=Category(name="Cleaning"))
    Service.objects.filter(slug="bath").update(category=cleaning)
    return pets


def test_a_question_under_pets_is_asked_in_walks_and_not_in_cleaning(offer, pets, clara):
    asks("breed", required=True, category=pets)
    walk, bath = Service.objects.get(pk=offer.service_id), Service.objects.get(slug="bath")
    assert [each.code for each in fields_of_service(walk)] == ["breed"]
    assert fields_of_service(bath) == []
    with pytest.raises(AnswersInvalid) as refused:
        quoted(clara, offer)
    assert refused.value.details["fields"] == ["breed"]
    assert not Quote.objects.exists()
    quote = quoted(clara, offer, answers={"breed": "Beagle"})
    assert raw_answers(quote.pk) == {"breed": "Beagle"}
    Service.objects.filter(pk=walk.pk).update(category=bath.category)
    assert raw_answers(quoted(clara, offer).pk) == {}


def test_a_wrong_type_is_refused_by_its_code_at_the_api(offer, clara):
    asks("age", "integer")
    body = {
        "worker_service_id": str(offer.pk),
        "starts_at": datetime(2026, 3, 4, 16, tzinfo=UTC).isoformat(),
        "address": "Orizaba 101",
        "latitude": 19.418,
        "longitude": -99.16,
        "answers": {"age": "seven"},
    }
    answer = api(signed_in_client("clara"), "POST", "/quotes", body)
    assert (answer.status_code, answer.json()["type"]) == (422, "field.answers_invalid")
    assert answer.json()["details"] == {"fields": ["age"], "reasons": {"age": "type"}}
    assert not FieldValue.objects.exists()
    assert api(signed_in_client("clara"), "POST", "/quotes", body | {"answers": {"age": 7}})


def test_a_sensitive_answer_is_sealed_and_told_only_for_the_visit(offer, clara, ana):
    asks("breed")
    asks("door", visibility="protected", sensitive=True, consent="Solo para entrar ese día.")
    said = {"breed": "Beagle", "door": "4711"}
    with pytest.raises(AnswersInvalid):
        quoted(clara, offer, answers=said)
    booking = booked(clara, offer, answers=said, consents=frozenset({"door"}))
    row = FieldValue.objects.get(field__code="door")
    assert (row.value, row.answer, row.consent_at) == (None, "4711", NOW)
    assert b"4711" not in bytes(row.sealed)
    with connection.cursor() as cursor:
        cursor.execute("select payload::text from kernel_outboxevent")
        assert not any("4711" in payload for (payload,) in cursor.fetchall())
    assert [each.code for each in sheet_of(booking, by=ana).answers] == []
    agreed = pays(booking)
    assert {each.code for each in sheet_of(agreed, by=ana).answers} == {"breed", "door"}
    assert {each.code for each in sheet_of(agreed, by=owner()).answers} == {"breed"}
    row.subject_id = clara.member_id
    with pytest.raises(Unsealable):
        assert row.answer


def test_asking_again_for_a_quote_keeps_the_answers(offer, clara):
    asks("door", visibility="protected", sensitive=True, consent="Solo para entrar.")
    first = quoted(None, offer, answers={"door": "4711"}, consents=frozenset({"door"}))
    own = renew_quote(by=clara, quote_id=first.pk)
    assert raw_answers(own.pk) == {"door": "4711"}


def test_what_a_question_is_about_never_changes(patitas_is_stocked):
    field = asks("age", "integer", filterable=True)
    field.kind = "text"
    with pytest.raises(FieldInvalid):
        save_field(by=owner(), field=field)
    for column in ("code", "kind", "target", "sensitive"):
        with pytest.raises(ProgrammingError), transaction.atomic():
            CustomField.objects.update(**{column: "x" if column != "sensitive" else True})
    field = CustomField.objects.get()
    field.label, field.required = "¿Cuántos años?", True
    save_field(by=owner(), field=field)
    assert CustomField.objects.get().label == "¿Cuántos años?"
    with pytest.raises(FieldInvalid):
        asks("age", "text")
    assert CustomField.objects.count() == 1


def test_sixty_questions_are_the_most(patitas_is_stocked):
    CustomField.objects.bulk_create(
        CustomField(target="job", code=f"q{number}", kind="text", label="?") for number in range(60)
    )
    answer = signed_in_client("olga", strong=True).post(
        "/office/customfield/new/",
        {
            "target": "job",
            "code": "one_more",
            "kind": "text",
            "label": "?",
            "visibility": "public",
            "position": "0",
        },
    )
    assert answer.status_code == 200
    assert CustomField.objects.count() == 60


def test_the_office_asks_with_answers_to_choose_from(patitas_is_stocked):
    office = signed_in_client("olga", strong=True)
    posted = {
        "target": "service",
        "code": "size",
        "kind": "enum",
        "label": "¿Hasta qué tamaño?",
        "label_en": "Up to which size?",
        "options": "small = Pequeño | en: Small\nlarge = Grande",
        "filterable": "on",
        "visibility": "public",
        "position": "0",
    }
    answer = office.post("/office/customfield/new/", posted)
    assert answer.status_code == 302, answer.context["form"].errors
    field = CustomField.objects.get()
    assert field.options == [SIZES[0], SIZES[1] | {"texts": {}}]
    edited = office.get(f"/office/customfield/edit/{field.pk}/").content.decode()
    assert "small = Pequeño | en: Small" in edited
    assert 'name="code"' not in edited
    shown = office.get("/api/v1/fields/service", headers={"accept-language": "en"}).json()
    assert [(each["label"], each["options"][0]["label"]) for each in shown] == [
        ("Up to which size?", "Small")
    ]
    assert office.get("/api/v1/fields/planet").status_code == 404


def test_a_worker_answers_about_a_service_and_people_can_search_by_it(offer):
    asks("size", "enum", target="service", options=SIZES, filterable=True)
    asks("notes", target="service", visibility="protected")
    ana = signed_in_client("ana")
    page = f"/work/services/{offer.service_id}/"
    assert str(offer.service_id) in ana.get("/work/answers/").content.decode()
    wrong = ana.post(page, {"f_size": "medium"})
    assert wrong.status_code == 422
    assert ana.post(page, {"f_size": "large", "f_notes": "Con correa"}).status_code == 302
    assert filterable_of([offer.pk]) == {offer.pk: {"size": "large"}}
    assert [each.words for each in answers_of(offer.pk)] == ["Grande"]
    path = f"/workers/me/services/{offer.service_id}/answers"
    assert api(ana, "PUT", path, {"answers": {"size": 3}}).json()["details"]["fields"] == ["size"]
    kept = api(ana, "PUT", path, {"answers": {"size": "small"}}).json()
    assert {each["code"]: each["value"] for each in kept} == {
        "size": "small",
        "notes": "Con correa",
    }


def test_people_answer_about_themselves_and_nobody_else_reads_their_files(offer, clara):
    asks("licence", "file", target="worker", visibility="protected")
    asks("pets", "integer", target="customer", least="0", most="9")
    asks("flagged", "boolean", target="customer", visibility="staff")
    ana, customer = signed_in_client("ana"), signed_in_client("clara")
    paper = SimpleUploadedFile("a.png", PNG, content_type="image/png")
    assert ana.post("/work/answers/", {"f_licence": paper}).status_code == 302
    file_id = FieldValue.objects.get().value
    office = signed_in_client("olga", strong=True)
    seen = [each.get(f"/answers/{file_id}/").status_code for each in (ana, office, customer)]
    assert seen == [200, 200, 404]
    page = customer.post("/my/answers/", {"f_pets": "muchas"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["f_pets"])
    assert customer.post("/my/answers/", {"f_pets": "2"}).status_code == 302
    assert raw_answers(clara.member_id) == {"pets": 2}
    staffs = api(customer, "PUT", "/customers/me/answers", {"answers": {"flagged": False}})
    assert staffs.json()["details"]["reasons"] == {"flagged": "unknown"}
    theirs = api(customer, "PUT", "/workers/me/answers", {"answers": {"licence": file_id}})
    assert theirs.status_code in (403, 404)
    assert raw_answers(clara.member_id) == {"pets": 2}


def test_the_booking_page_asks_and_shows_what_does_not_fit_beside_it(offer, clara):
    asks("age", "integer", least="0", most="30")
    client = signed_in_client("clara")
    page = f"/book/{offer.pk}/?start=2026-03-04T16:00:00Z"
    assert "¿age?" in client.get(page).content.decode()
    said = {
        "action": "continue",
        "address": "Orizaba 101",
        "latitude": "19.418",
        "longitude": "-99.16",
        "zone": "",
        "tip": "0",
        "f_age": "99",
    }
    zone = client.get(page).context["form"].places
    said["zone"] = next(iter(zone))
    answer = client.post(page, said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["f_age"])
    assert client.post(page, said | {"f_age": "9"}).status_code == 302
    assert raw_answers(Quote.objects.get().pk) == {"age": 9}


def test_what_people_answer_is_in_no_event(offer, clara):
    asks("pets", "integer", target="customer")
    customer = Actor(role=Role.CUSTOMER, member_id=clara.member_id)
    before = OutboxEvent.objects.count()
    answer = api(
        signed_in_client("clara"), "PUT", "/customers/me/answers", {"answers": {"pets": 4}}
    )
    assert answer.status_code == 200
    assert OutboxEvent.objects.count() == before
    assert raw_answers(customer.member_id) == {"pets": 4}
