"""What a customer would like: read by whoever comes, gone when withdrawn, counted in dispatch."""

import pytest
from django.db import connection

from kernel.actor import Role
from kernel.errors import NotFound
from kernel.models import OutboxEvent
from marketplace.bookings.actions.prefer import Wanted, prefer, withdraw_preference
from marketplace.bookings.models import Preference, Wave
from marketplace.bookings.queries.dispatch import replay
from marketplace.catalog.models import CustomField, Service
from marketplace.catalog.rules.areas import Place
from marketplace.matching.models import Favourite, SearchRow
from tenants.messaging.models import Notification
from tenants.support.models import DecisionRecord
from tenants.tenancy.models import Membership
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bookings import MONDAY_NINE, booked, by_request, pays, steps, time_passes
from tests.support.worlds_market import settled, works

WISH = "Sin perfume fuerte, por favor."
ADDRESS = "Orizaba 101"
NOTE = "La llave está con el portero."


def likes(clara, **more):
    return prefer(by=clara, wanted=Wanted(text=WISH, consent=True, **more))


def contacts_of(actor) -> list[str]:
    """Return how somebody could be reached outside."""
    user = Membership.objects.select_related("user").get(pk=actor.member_id).user
    return [each for each in (user.email, user.phone) if each]


def job_page(booking) -> str:
    return signed_in_client("ana").get(f"/work/jobs/{booking.code}/").content.decode()


def test_consent_withdrawn_before_the_visit_preference_gone_address_stays(clara_booked_ana, clara):
    kept = likes(clara)
    assert WISH in job_page(clara_booked_ana)
    withdraw_preference(by=clara, preference_id=kept.pk)
    withdraw_preference(by=clara, preference_id=kept.pk)
    page = job_page(clara_booked_ana)
    assert (WISH in page, ADDRESS in page) == (False, True)
    seen = signed_in_client("ana").get(f"/api/v1/bookings/{clara_booked_ana.pk}").json()
    assert (seen["preferences"], ADDRESS in seen["address"]) == ([], True)
    assert bytes(Preference.objects.get().text_sealed) == b""


def test_the_database_never_holds_it_in_plain_words(clara):
    likes(clara, sensitive=True)
    with connection.cursor() as cursor:
        cursor.execute("select p::text from bookings_preference p")
        assert "perfume" not in cursor.fetchone()[0]


def test_what_one_would_like_is_ones_own_to_take_back(clara):
    kept = likes(clara)
    for other in (joins("diego", Role.CUSTOMER), joins("ana", Role.WORKER)):
        with pytest.raises(NotFound):
            withdraw_preference(by=other, preference_id=kept.pk)
    assert Preference.objects.get().withdrawn_at is None


def test_no_list_event_webhook_or_mail_has_a_field_outside_its_cell(offer, clara, ana):
    """Until a visit is confirmed its worker reads no address, note or wish, anywhere."""
    likes(clara)
    asked = pays(booked(clara, by_request(offer)))
    client = signed_in_client("ana")
    for path in (f"/api/v1/bookings/{asked.pk}", "/api/v1/bookings?role=worker"):
        said = client.get(path).content.decode()
        assert not any(mark in said for mark in (WISH, ADDRESS, NOTE))
    assert not any(mark in job_page(asked) for mark in (WISH, ADDRESS, NOTE))
    agreed = steps(ana, asked, "accept")
    assert all(mark in job_page(agreed) for mark in (WISH, ADDRESS, NOTE))
    over = steps(clara, agreed, "cancel")
    assert not any(mark in job_page(over) for mark in (WISH, ADDRESS, NOTE))
    settled()
    contacts = (*contacts_of(clara), *contacts_of(ana))
    told = [str(each.payload) for each in OutboxEvent.objects.all()]
    told += [str(each.values) for each in Notification.objects.all()]
    assert len(told) > 10
    for words in told:
        assert not [mark for mark in (WISH, ADDRESS, NOTE, *contacts) if mark in words]


def test_who_offers_what_is_wished_for_or_is_a_favourite_counts_and_no_words_are_recorded(
    offer, clara
):
    (near,) = works("beto", place=Place(19.4190, -99.1590))
    (kept,) = works("caro", place=Place(19.4190, -99.1590))
    Favourite.objects.create(customer_id=clara.member_id, worker=kept.worker, offer=kept)
    field = CustomField.objects.get(code="sizes_taken")
    settled()
    SearchRow.objects.filter(offer=offer).update(answers={"sizes_taken": ["large"]})
    SearchRow.objects.exclude(offer=offer).update(answers={"sizes_taken": ["small"]})
    Service.objects.filter(pk=offer.service_id).update(
        booking_mode="dispatch", price_owner="tenant"
    )
    offer.service.refresh_from_db()
    likes(clara, offered=f"{field.code}=large")
    time_passes(pays(booked(clara, offer)), MONDAY_NINE)
    record = DecisionRecord.objects.get(pk=Wave.objects.get().decision_id)
    shares = {each.candidate.worker: each.features["preference"] for each in replay(record).placed}
    assert shares == {
        str(offer.worker_id): 1.0,
        str(near.worker_id): 0.0,
        str(kept.worker_id): 1.0,
    }
    assert "perfume" not in record.body


def test_the_page_keeps_and_takes_back_and_asks_for_consent(clara):
    client = signed_in_client("clara")
    given = {"text": WISH, "where": "any", "months": "6"}
    refused = client.post("/preferences/", given)
    assert (refused.status_code, Preference.objects.count()) == (422, 0)
    assert client.post("/preferences/", given | {"consent": "on"}).status_code == 302
    kept = Preference.objects.get()
    assert WISH in client.get("/preferences/").content.decode()
    client.post(f"/preferences/{kept.pk}/withdraw/")
    assert WISH not in client.get("/preferences/").content.decode()
