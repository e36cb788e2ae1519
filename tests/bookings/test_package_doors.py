"""Packages on pages and for programs."""

from kernel import outbox
from marketplace.bookings.models import Booking, Package, PackageOffer
from marketplace.bookings.queries.packages import held
from payments.actions.open_page import open_page
from payments.actions.settle_payment import refresh_payment
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import HOME, WEDNESDAY_TEN, quoted
from tests.support.worlds_packages import PLAIN, sold


def test_from_a_worker_s_page_a_package_is_bought_and_a_visit_is_booked_with_it(offer, olga, clara):
    offered = sold(olga, offer)
    browser = signed_in_client("clara")

    page = browser.get(f"/w/{offer.worker.slug}/").content.decode()
    assert f"/packages/buy/{offered.pk}/" in page
    answer = browser.post(f"/packages/buy/{offered.pk}/", {"key": "one"})
    package = Package.objects.get()
    assert answer["Location"] == f"/packages/{package.pk}/pay/"
    assert f"/pay/{package.payment_id}/" in browser.get(answer["Location"]).content.decode()
    open_page(by=clara, payment_id=package.payment_id)
    refresh_payment(payment_id=package.payment_id)
    outbox.drain()
    assert "Quedan 5 visitas" in browser.get(f"/packages/{package.pk}/").content.decode()

    quote = quoted(clara, offer, **PLAIN)
    shown = browser.get(f"/book/quote/{quote.pk}/").content.decode()
    assert "Reservar con mi paquete: quedan 5 visitas" in shown
    answer = browser.post(f"/book/quote/{quote.pk}/", {"package": str(package.pk)})

    booking = Booking.objects.get()
    assert answer["Location"] == f"/bookings/{booking.code}/"
    assert (booking.state, booking.paid_ahead.number) == ("confirmed", 1)
    assert "Pagada con tu paquete" in browser.get(f"/bookings/{booking.code}/").content.decode()
    cancel = browser.get(f"/bookings/{booking.code}/cancel/").content.decode()
    assert "La visita vuelve a tu paquete" in cancel
    assert booking.code in browser.get(f"/packages/{package.pk}/").content.decode()
    assert "de 5 disponibles" in browser.get("/packages/").content.decode()


def test_the_office_sells_a_package_and_gives_back_what_is_left(package, offer, mora):
    browser = signed_in_client("mora", strong=True)
    terms = {"offer": str(offer.pk), "visits": 10, "price": "4500.00", "days": 365}

    assert browser.post("/office/packages/", terms | {"visits": 1}).status_code == 422
    assert browser.post("/office/packages/", terms).status_code == 302
    made = PackageOffer.objects.get(visits=10)
    assert (made.price_minor, made.days, made.active) == (450_000, 365, True)
    assert browser.post("/office/packages/", terms).status_code == 422  # It is sold already.
    assert browser.post(f"/office/packages/{made.pk}/stop/").status_code == 302
    assert not PackageOffer.objects.get(pk=made.pk).active

    assert "quedan 5 de 5" in browser.get("/office/packages/").content.decode()
    browser.post(f"/office/packages/bought/{package.pk}/refund/")
    package.refresh_from_db()
    assert (package.state, held(package).left) == ("over", 0)


def test_programs_buy_book_and_have_the_rest_back(package, offer, clara):
    browser = signed_in_client("clara")
    listed = browser.get(f"/api/v1/workers/{offer.worker.slug}/packages").json()["items"]
    assert [(each["visits"], each["price_minor"]) for each in listed] == [(5, 240_001)]
    bought = browser.post(
        "/api/v1/packages",
        {"offer_id": listed[0]["id"]},
        content_type="application/json",
        headers={"Idempotency-Key": "k1"},
    )
    assert (bought.status_code, bought.json()["state"]) == (201, "pending")

    wish = {"worker_service_id": str(offer.pk), "starts_at": WEDNESDAY_TEN.isoformat(), **HOME}
    quote = browser.post(
        "/api/v1/quotes", wish | {"package_id": str(package.pk)}, content_type="application/json"
    ).json()
    assert quote["price"]["total_minor"] == 48_000
    made = browser.post(
        "/api/v1/bookings",
        {"quote_id": quote["id"]},
        content_type="application/json",
        headers={"Idempotency-Key": "k2"},
    )
    assert made.json()["state"] == "confirmed"
    assert browser.get(f"/api/v1/packages/{package.pk}").json()["left"] == 4
    over = browser.post(f"/api/v1/packages/{package.pk}/refund").json()
    assert (over["state"], over["left"], over["refundable_minor"]) == ("over", 0, 0)
    again = browser.post(f"/api/v1/packages/{package.pk}/refund")
    assert (again.status_code, again.json()["type"]) == (409, "package.not_open")
