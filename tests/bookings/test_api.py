"""Bookings for programs."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock, outbox
from kernel.models import UsedKey
from marketplace.bookings.models import Booking, Quote, StepTaken
from marketplace.catalog.models import AddOn
from marketplace.matching.models import Occupancy
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import HOME, WEDNESDAY_TEN, by_request, fresh, pays


def send(client, path, body, **headers):
    return client.post(
        f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers
    )


def asked(offer, **changed):
    bath = AddOn.objects.get(service=offer.service, name="Baño")
    return {
        "worker_service_id": str(offer.pk),
        "starts_at": WEDNESDAY_TEN.isoformat(),
        "add_ons": {str(bath.pk): 1},
        "tip_minor": 5_000,
        **HOME,
        **changed,
    }


def problem(response):
    return response.status_code, response.json()["type"]


def test_quote_then_book_then_see(offer, clara):
    client = signed_in_client("clara")
    quote = send(client, "/quotes", asked(offer))
    assert quote.status_code == 201
    price = quote.json()["price"]
    assert (price["total_minor"], price["worker_minor"], price["tax_minor"]) == (
        65_900,
        51_040,
        1_360,
    )
    assert [line["amount_minor"] for line in price["lines"]] == [50_000, 8_000, 2_900, 5_000]

    body = {"quote_id": quote.json()["id"]}
    first = send(client, "/bookings", body, **{"Idempotency-Key": "one"})
    again = send(client, "/bookings", body, **{"Idempotency-Key": "one"})
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    booking = Booking.objects.get()
    assert first.json()["pay_path"] == f"/pay/{booking.payment_id}/"

    pays(booking)
    seen = client.get(f"/api/v1/bookings/{booking.pk}").json()
    assert (seen["state"], seen["actions"]) == ("confirmed", ["propose_time", "cancel"])
    assert seen["address"] == HOME["address"]
    listed = client.get("/api/v1/bookings").json()
    assert [each["id"] for each in listed["items"]] == [str(booking.pk)]
    assert listed["next_cursor"] is None


@pytest.mark.parametrize(
    "extra", [{"total_minor": 1}, {"price": 1}, {"tip_minor": -1}, {"latitude": 91}]
)
def test_a_price_or_a_field_we_do_not_know_is_refused(offer, clara, extra):
    response = send(signed_in_client("clara"), "/quotes", asked(offer, **extra))
    assert problem(response) == (422, "invalid")
    assert not Quote.objects.exists()


def test_a_booking_takes_no_price(offer, clara):
    client = signed_in_client("clara")
    quote_id = send(client, "/quotes", asked(offer)).json()["id"]
    body = {"quote_id": quote_id, "total_minor": 1}
    assert problem(send(client, "/bookings", body, **{"Idempotency-Key": "k"})) == (422, "invalid")
    assert not Booking.objects.exists()


def test_booking_needs_a_key_and_a_live_quote(offer, clara):
    client = signed_in_client("clara")
    body = {"quote_id": send(client, "/quotes", asked(offer)).json()["id"]}
    assert problem(send(client, "/bookings", body)) == (422, "idempotency.key_missing")
    with clock.travelling_to(clock.now() + timedelta(minutes=15)):
        late = send(client, "/bookings", body, **{"Idempotency-Key": "late"})
    assert problem(late) == (409, "quote_expired")
    assert not Booking.objects.exists()
    assert not UsedKey.objects.exists()


def test_a_taken_slot_is_said(offer, clara_booked_ana):
    client = signed_in_client("clara")
    assert problem(send(client, "/quotes", asked(offer))) == (409, "slot_taken")


def test_nobody_signed_in_is_asked_to_sign_in(offer):
    anonymous = Client(headers={"host": "patitas.localhost"})
    assert problem(send(anonymous, "/quotes", asked(offer))) == (401, "sign_in")


def test_a_dry_run_shows_the_refund_and_stores_nothing(clara_booked_ana, clara):
    client = signed_in_client("clara")
    path = f"/bookings/{clara_booked_ana.pk}/transitions/cancel"
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=10)):
        shown = send(client, f"{path}?dry_run=true", {}).json()
        assert (shown["state"], shown["refund"]["amount_minor"]) == ("cancelled", 47_630)
        effects = {each["code"]: each["amount_minor"] for each in shown["money_effects"]}
        assert effects == {
            "refund_due": -47_630,
            "to_worker": 17_400,
            "to_tenant": -1_922,
            "to_processor": 2_672,
            "to_tax": 120,
        }
        assert fresh(clara_booked_ana).state == "confirmed"
        assert StepTaken.objects.count() == 2
        done = send(client, path, {"expected_version": clara_booked_ana.version})
    assert (done.status_code, done.json()["kept_bp"]) == (200, 3_000)
    assert fresh(clara_booked_ana).state == "cancelled"


@pytest.mark.parametrize(
    ("step", "body", "expected"),
    [
        ("cancel", {"expected_version": 1}, (409, "version_conflict")),
        ("confirm", {}, (409, "wrong_state")),
        ("depart", {}, (403, "booking.not_your_step")),
        ("cancel", {"refund": 1}, (422, "invalid")),
        ("nonsense", {}, (409, "wrong_state")),
    ],
)
def test_steps_that_are_refused(clara_booked_ana, clara, step, body, expected):
    path = f"/bookings/{clara_booked_ana.pk}/transitions/{step}"
    assert problem(send(signed_in_client("clara"), path, body)) == expected
    assert fresh(clara_booked_ana).version == clara_booked_ana.version


def test_a_wrong_pin_is_counted_over_the_api_too(at_the_door, ana):
    path = f"/bookings/{at_the_door.pk}/transitions/check_in"
    client = signed_in_client("ana")
    first, second = (send(client, path, {"pin": "x"}) for _ in range(2))
    assert problem(first) == (409, "booking.pin_wrong")
    assert [each.json()["details"]["left"] for each in (first, second)] == [4, 3]


def test_what_a_worker_sees_of_a_request(offer, clara, ana):
    booking = pays(_booked(clara, by_request(offer)))
    seen = signed_in_client("ana").get(f"/api/v1/bookings/{booking.pk}").json()
    assert seen["actions"] == ["accept", "decline"]
    assert (seen["net_pay"]["amount_minor"], seen["with_whom"]) == (56_040, "Clara")
    hidden = ("address", "note", "visit_code", "start_pin", "visit_link", "pay_path")
    assert [seen[name] for name in hidden] == [None] * 6
    assert (seen["latitude"], seen["longitude"]) == (19.42, -99.16)
    assert "clara@example.com" not in json.dumps(seen)


def _booked(clara, offer):
    client = signed_in_client("clara")
    body = {"quote_id": send(client, "/quotes", asked(offer)).json()["id"]}
    send(client, "/bookings", body, **{"Idempotency-Key": "one"})
    return Booking.objects.get()


def test_strangers_get_nothing(clara_booked_ana, carla):
    neighbour = signed_in_client("carla", host="lar-limpo.localhost")
    for answer in (
        neighbour.get(f"/api/v1/bookings/{clara_booked_ana.pk}"),
        send(neighbour, f"/bookings/{clara_booked_ana.pk}/transitions/cancel", {}),
    ):
        assert problem(answer) == (404, "not_found")
    assert fresh(clara_booked_ana).state == "confirmed"


def test_the_office_reads_and_acts_with_a_reason(clara_booked_ana, olga):
    client = signed_in_client("olga", strong=True)
    listed = client.get("/api/v1/bookings?role=office").json()["items"]
    assert [each["role"] for each in listed] == ["staff"]
    path = f"/bookings/{clara_booked_ana.pk}/transitions/cancel"
    assert problem(send(client, path, {"reason": "corta", "rate_bp": 0}))[0] == 422
    done = send(client, path, {"reason": "Tormenta en la ciudad.", "rate_bp": 0})
    outbox.drain()
    assert (done.status_code, fresh(clara_booked_ana).money) == (200, "refunded")
    assert not Occupancy.objects.filter(active=True).exists()
