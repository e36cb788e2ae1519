"""Pages of bookings, as a phone without JavaScript sees them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock, outbox
from kernel.actor import Role
from marketplace.bookings.kinds import STEPS
from marketplace.bookings.models import Booking, Quote
from marketplace.bookings.rules.cancellation import Policy, tiers
from marketplace.bookings.rules.process import BOOKING
from marketplace.catalog.models import AddOn, Zone
from marketplace.catalog.queries import services
from marketplace.matching.models import Occupancy
from payments.models import Payment
from tenants.identity.queries import codes_of
from tests.support.pictures import photo
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bookings import HOME, WEDNESDAY_TEN, booked, fresh

HOST = {"host": "patitas.localhost"}


def start(offer):
    return f"/book/{offer.pk}/?start={WEDNESDAY_TEN.isoformat().replace('+', '%2B')}"


def typed(offer, **changed):
    bath = AddOn.objects.get(service=offer.service, name="Baño")
    asked = {"address": HOME["address"], "zone": zone(), "tip": "5000", f"add_on_{bath.pk}": "1"}
    return {**asked, "note": "La llave está con el portero.", "action": "continue", **changed}


def zone():
    return str(Zone.objects.get(name="Roma Norte").pk)


def a_neighbour():
    joins("diego", Role.CUSTOMER)
    return signed_in_client("diego")


def text(response):
    return response.content.decode()


def read_aloud(response):
    """Return a page without its drawings, whose numbers may look like any code."""
    return re.sub(r"<svg.*?</svg>", "", text(response), flags=re.DOTALL)


def test_from_the_profile_to_the_payment_page_in_three_taps(offer, clara):
    client = signed_in_client("clara")
    assert client.get(start(offer)).status_code == 200

    to_quote = client.post(start(offer), typed(offer))
    quote = Quote.objects.get()
    assert to_quote["Location"] == f"/book/quote/{quote.pk}/"
    shown = text(client.get(to_quote["Location"]))
    assert "659.00" in shown
    assert "510.40" in shown
    assert "Orizaba 101" in shown

    to_pay = client.post(to_quote["Location"])
    booking = Booking.objects.get()
    assert to_pay["Location"] == f"/bookings/{booking.code}/pay/{booking.payment_id}/"
    assert booking.total.minor == 65_900
    assert f"url=/pay/{booking.payment_id}/" in text(client.get(to_pay["Location"]))


def test_who_is_not_signed_in_keeps_everything_typed(offer, clara):
    anonymous = Client(headers=HOST)
    address = anonymous.post(start(offer), typed(offer))["Location"]
    page = text(anonymous.get(address))
    assert "/account/login/?next=/book/quote/" in page
    assert not Occupancy.objects.filter(active=True).exists()
    assert anonymous.post(address)["Location"].startswith("/account/login/")

    client = signed_in_client("clara")
    to_pay = client.post(address)
    booking = Booking.objects.get()
    assert to_pay["Location"] == f"/bookings/{booking.code}/pay/{booking.payment_id}/"
    assert booking.place.note == "La llave está con el portero."


def test_the_price_is_worked_out_again_without_a_script(offer, clara):
    client = signed_in_client("clara")
    page = client.post(start(offer), typed(offer, action="price", tip="0", tip_other="12.50"))

    assert page.status_code == 200
    assert "621.50" in text(page)
    assert "Orizaba 101" in text(page)
    assert not Quote.objects.exists()


def test_a_missing_address_is_said_beside_the_field_and_nothing_typed_is_lost(offer, clara):
    page = signed_in_client("clara").post(start(offer), typed(offer, address=""))

    assert page.status_code == 422
    assert 'id="id_address_error"' in text(page)
    assert "La llave está con el portero." in text(page)
    assert not Quote.objects.exists()


def test_a_slot_that_is_gone_is_said_and_nothing_is_lost(offer, clara):
    a_neighbour().post(start(offer), typed(offer))
    page = signed_in_client("clara").post(start(offer), typed(offer))

    assert page.status_code == 409
    assert "Orizaba 101" in text(page)
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("given", ["", "?start=tomorrow", "?start=2026-03-04T10:00:00"])
def test_a_link_without_a_time_is_refused(offer, clara, given):
    assert signed_in_client("clara").get(f"/book/{offer.pk}/{given}").status_code == 422


def test_an_expired_price_is_asked_for_again(offer, clara):
    client = signed_in_client("clara")
    address = client.post(start(offer), typed(offer))["Location"]
    with clock.travelling_to(clock.now() + timedelta(minutes=16)):
        assert client.post(address).status_code == 409
        assert not Booking.objects.exists()
        renewed = client.post(address, {"action": "renew"})["Location"]
        assert renewed != address
        assert "/pay/" in client.post(renewed)["Location"]


def test_a_time_that_is_kept_is_listed_with_its_hour_and_can_be_let_go(offer, clara):
    client = signed_in_client("clara")
    client.post(start(offer), typed(offer))
    quote, kept = Quote.objects.get(), Occupancy.objects.get(active=True)

    page = text(client.get("/bookings/"))
    assert "Apartado para ti, sin reservar todavía" in page
    assert f"/book/quote/{quote.pk}/" in page

    there = f"/book/quote/{quote.pk}/let-go/"
    assert a_neighbour().post(there).status_code == 404
    kept.refresh_from_db()
    assert kept.active
    assert client.post(there).url == "/bookings/"
    kept.refresh_from_db()
    assert not kept.active
    assert "Apartado para ti" not in text(client.get("/bookings/"))


def test_what_is_booked_cannot_be_let_go_as_if_it_were_only_kept(clara_booked_ana, clara):
    quote = Quote.objects.get()
    signed_in_client("clara").post(f"/book/quote/{quote.pk}/let-go/")

    assert Occupancy.objects.get(kind=Occupancy.BOOKING).active


def test_the_list_is_empty_at_first_and_then_is_not(clara_booked_ana, clara):
    assert clara_booked_ana.code in text(signed_in_client("clara").get("/bookings/"))
    assert "/search/" in text(a_neighbour().get("/bookings/"))


def test_codes_show_to_the_customer_a_day_before_and_the_pin_never_to_the_worker(
    clara_booked_ana, clara, ana
):
    codes = codes_of(clara_booked_ana.pk)
    visit, job = f"/bookings/{clara_booked_ana.code}/", f"/work/jobs/{clara_booked_ana.code}/"
    spaced = {name: " ".join(getattr(codes, name)) for name in ("visit_code", "start_pin")}
    early = read_aloud(signed_in_client("clara").get(visit))
    assert spaced["visit_code"] not in early
    assert spaced["start_pin"] not in early

    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=1)):
        customer = read_aloud(signed_in_client("clara").get(visit))
        worker = read_aloud(signed_in_client("ana").get(job))
    assert spaced["visit_code"] in customer
    assert spaced["start_pin"] in customer
    assert spaced["visit_code"] in worker
    assert spaced["start_pin"] not in worker


def test_the_worker_sees_the_address_only_once_it_is_confirmed(clara_asked_ana, clara, ana):
    client, page = signed_in_client("ana"), f"/work/jobs/{clara_asked_ana.code}/"
    before = text(client.get(page))
    client.post(f"{page}do/accept/")
    after = text(client.get(page))

    assert "Orizaba" not in before
    assert "portero" not in before
    assert "560.40" in before
    assert "Orizaba 101" in after
    for shown in (before, after):
        assert "clara@example.com" not in shown
        assert "Prueba" not in shown


def test_the_refund_is_shown_before_the_cancellation(clara_booked_ana, clara):
    client, page = signed_in_client("clara"), f"/bookings/{clara_booked_ana.code}/cancel/"
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=10)):
        assert "476.30" in text(client.get(page))
        assert fresh(clara_booked_ana).state == "confirmed"
        assert client.post(page).status_code == 302
    assert fresh(clara_booked_ana).refund_minor == 47_630


def test_the_visit_on_two_phones(clara_booked_ana, clara, ana):
    customer, worker = signed_in_client("clara"), signed_in_client("ana")
    visit, job = f"/bookings/{clara_booked_ana.code}/", f"/work/jobs/{clara_booked_ana.code}/"
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(minutes=20)):
        assert worker.post(f"{job}do/depart/").status_code == 302
        assert worker.post(f"{job}do/arrive/").status_code == 302
        wrong = worker.post(f"{job}do/check_in/", {"pin": "x"})
        assert wrong.status_code == 409
        assert 'aria-invalid="true"' in text(wrong)
        pin = codes_of(clara_booked_ana.pk).start_pin
        assert worker.post(f"{job}do/check_in/", {"pin": pin}).status_code == 302
        done = worker.post(f"{job}do/check_out/", {"photos": [photo(), photo()], "note": "Feliz."})
        assert done.status_code == 302
        outbox.drain()
        page = text(customer.get(visit))
        assert "Feliz." in page
        assert f"{visit}photos/2/" in page
        assert customer.get(f"{visit}photos/2/")["Content-Type"] == "image/jpeg"
        assert a_neighbour().get(f"{visit}photos/2/").status_code == 404
        assert customer.post(f"{visit}do/confirm/").status_code == 302
    assert fresh(clara_booked_ana).state == "completed"


def test_a_tip_afterwards_leads_to_a_payment_of_its_own(job_done, clara):
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(hours=3)):
        page = f"/bookings/{job_done.code}/tip/"
        answer = signed_in_client("clara").post(page, {"tip_other": "100", "key": "one"})
        again = signed_in_client("clara").post(page, {"tip_other": "100", "key": "one"})
        nothing = signed_in_client("clara").post(page, {"key": "two"})
    payment = Payment.objects.get(kind="tip")
    onward = f"/bookings/{job_done.code}/pay/{payment.pk}/"
    assert answer["Location"] == again["Location"] == onward
    assert payment.total.minor == 10_000
    assert nothing.status_code == 422


def test_the_list_begins_with_what_waits_for_the_customer_then_what_comes_soonest(offer, clara):
    codes = {}
    for days, state in ((0, "completed"), (1, "cancelled"), (2, "delivered"), (5, "confirmed")):
        row = booked(clara, offer, starts_at=WEDNESDAY_TEN + timedelta(days=days))
        Booking.objects.filter(pk=row.pk).update(state=state)
        codes[state] = row.code
    sooner = booked(clara, offer, starts_at=WEDNESDAY_TEN + timedelta(hours=4))
    Booking.objects.filter(pk=sooner.pk).update(state="in_progress")

    page = text(signed_in_client("clara").get("/bookings/"))

    assert re.findall(r'<h2 id="h-(\w+)"', page) == ["waiting", "coming", "past"]
    assert re.findall(r'href="/bookings/(\w{8})/"', page) == [
        codes["delivered"],
        sooner.code,
        codes["confirmed"],
        codes["cancelled"],
        codes["completed"],
    ]


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("diego", "/bookings/{code}/", 404),
        ("ana", "/bookings/{code}/", 404),
        ("clara", "/work/jobs/{code}/", 404),
        ("clara", "/work/jobs/", 404),
        ("clara", "/bookings/NOSUCH00/", 404),
    ],
)
def test_other_people_s_visits_are_not_there(clara_booked_ana, clara, who, path, status):
    joins("diego", Role.CUSTOMER)
    path = path.format(code=clara_booked_ana.code)
    assert signed_in_client(who).get(path).status_code == status


def test_a_step_that_is_not_possible_is_said_on_the_page(clara_booked_ana, clara):
    page = signed_in_client("clara").post(f"/bookings/{clara_booked_ana.code}/do/confirm/")
    assert page.status_code == 409
    assert fresh(clara_booked_ana).state == "confirmed"


def test_jobs_begin_with_the_next_one(clara_booked_ana, ana):
    page = text(signed_in_client("ana").get("/work/jobs/"))
    assert clara_booked_ana.code in page
    assert "Orizaba 101" in page


def test_after_a_no_others_are_offered(clara_asked_ana, clara, ana):
    job = f"/work/jobs/{clara_asked_ana.code}/do/decline/"
    client = signed_in_client("ana")
    assert client.post(job).status_code == 422
    assert client.post(job, {"reason": "No puedo ese día."}).status_code == 302


def test_the_office_sees_every_step_and_cancels_with_a_reason(clara_booked_ana, olga):
    client = signed_in_client("olga", strong=True)
    listed = text(client.get("/office/bookings/?text=" + clara_booked_ana.code[:4]))
    assert clara_booked_ana.code in listed
    page = f"/office/bookings/{clara_booked_ana.pk}/"
    shown = text(client.get(page))
    for part in ("la empresa de pagos", "Confirmado: Paseo", "510.40", "Orizaba 101"):
        assert part in shown

    short = client.post(f"{page}cancel/", {"cancel-reason": "corta", "cancel-rate": "0"})
    assert short.status_code == 422
    unsaid = client.post(f"{page}cancel/", {"cancel-reason": "Tormenta en la ciudad."})
    assert unsaid.status_code == 422
    refused = dict(unsaid.context["forms"])["cancel"]
    assert (list(refused.errors), refused.non_field_errors()) == (["rate"], [])
    assert fresh(clara_booked_ana).state == "confirmed"

    said = {"cancel-reason": "Tormenta en la ciudad.", "cancel-rate": "50"}
    assert client.post(f"{page}cancel/", said).status_code == 302
    assert (fresh(clara_booked_ana).state, fresh(clara_booked_ana).kept_bp) == ("cancelled", 5_000)


def test_the_office_reads_in_its_own_words_what_was_not_paid(offer, clara, olga):
    client = signed_in_client("clara")
    client.post(start(offer), typed(offer))
    client.post(f"/book/quote/{Quote.objects.get().pk}/", {"agreed": "on"})
    booking = Booking.objects.get()
    shown = text(signed_in_client("olga", strong=True).get(f"/office/bookings/{booking.pk}/"))

    assert booking.money == "none"
    assert '<span class="pill ">Sin pago</span>' in shown
    assert 'Reserva hecha</b> <span class="small muted">· cliente</span>' in shown
    assert "None" not in shown
    assert not {each for each in STEPS if f">{each}<" in shown}


def test_every_step_that_can_be_taken_has_a_word():
    steps = {row.step for row in BOOKING.transitions if row.open}
    assert steps - set(STEPS) == set()


def test_the_office_sees_what_each_cancellation_policy_does_to_a_price(offer, olga):
    shown = text(signed_in_client("olga", strong=True).get("/office/rules/bookings/"))
    assert 'Moderada <span class="pill ok">la tuya ahora</span>' in shown
    price = services().order_by("-price_minor").first().price_minor
    for policy in Policy:
        for tier in tiers(policy):
            kept = price * tier.percent // 100
            assert f"${kept / 100:,.2f}" in shown


def test_the_customers_fee_is_named_wherever_a_price_is_shown(offer, clara):
    client = signed_in_client("clara")
    for page in (
        client.get(start(offer)),
        client.get(client.post(start(offer), typed(offer))["Location"]),
    ):
        shown = text(page)
        assert "Cargo por servicio" in shown
        assert re.search(r"\(([\d.]+).?%\s+del trabajo\)", shown)
        assert offer.service.name in shown
    client.post(f"/book/quote/{Quote.objects.get().pk}/")
    code = Booking.objects.get().code
    assert "Cargo por servicio" in text(client.get(f"/bookings/{code}/"))
    assert "Cargo por servicio" in text(client.get(f"/bookings/{code}/money/"))


def test_beside_listed_prices_it_says_that_a_fee_comes_on_top(offer, clara):
    client = signed_in_client("clara")
    for address in (f"/w/{offer.worker.slug}/", "/search/"):
        assert "A estos precios se suma un cargo por servicio" in text(client.get(address))


def test_the_part_of_town_is_filled_in_with_the_address(offer, clara):
    client = signed_in_client("clara")
    client.post(client.post(start(offer), typed(offer))["Location"])
    Zone.objects.filter(pk=zone()).update(latitude=HOME["latitude"] + 0.002)

    page = text(client.get(start(offer)))

    assert "Orizaba 101" in page
    assert f'<option value="{zone()}" selected>' in page
