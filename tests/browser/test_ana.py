"""Ana with a thumb: her next job, her badge, the door, the photo, and the money in her bank."""

import io
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image

from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import Wish, make_quote
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.models import Booking
from payments.models import Payment
from tenants.identity.queries import codes_of
from tests.identity.papers import photo
from tests.support.streets import Phone, Streets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ana_goes_works_and_is_paid(streets: Streets):
    booking = clara_books(streets)
    ana = streets.phone("ana", "ana")
    ana.goto("/work/")
    ana.signs_in()
    ana.until("/work/$")
    assert "Paseo de perro 60 min" in ana.text()
    ana.look("work")
    shows_a_badge(ana)
    streets.moves_to(booking.starts_at - timedelta(minutes=15))
    goes_there(ana, booking)
    works_and_finishes(streets, ana, booking)
    says_yes(streets, booking)
    takes_the_money(streets, ana)


def clara_books(streets: Streets) -> Booking:
    """Clara books and pays a walk for Thursday, with a tip of 40.00."""
    town = streets.town
    assert town is not None
    wish = Wish(
        worker_service_id=town.offers[0].pk,
        starts_at=streets.clock.get().replace(minute=0, second=0, microsecond=0)
        + timedelta(days=3, hours=1),
        address="Orizaba 101",
        latitude=town.tenant.latitude,
        longitude=town.tenant.longitude,
        tip_minor=4_000,
    )
    quote = make_quote(by=town.customer, wish=wish)
    booking = book(by=town.customer, quote_id=quote.pk)
    streets.stripe.pays(town.customer, Payment.objects.get(pk=booking.payment_id))
    streets.rests()
    return booking


def shows_a_badge(ana: Phone) -> None:
    """Whoever scans what her screen shows sees that it is valid, at the host for badges."""
    ana.goto("/work/badge/").look("badge")
    picture = Image.open(io.BytesIO(ana.page.locator("svg.qr").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    found = urlsplit(code.text.lower())
    assert found.hostname == "id.localhost"
    stranger = ana.streets.phone("nobody", "scan")
    stranger.page.goto(code.text)
    assert stranger.page.locator("main").get_attribute("data-state") == "valid"
    assert "Ana" in stranger.text()
    stranger.look("valid")
    ana.goto("/work/badge/card/").look("card")


def goes_there(ana: Phone, booking: Booking) -> None:
    """From the next job to the door, a wrong PIN, and the right one."""
    ana.goto("/work/")
    ana.tap(f"main a[href='/work/jobs/{booking.code}/']")
    ana.look("job")
    ana.tap('form[action$="/do/depart/"] button')
    ana.tap('form[action$="/do/arrive/"] button')
    codes = codes_of(booking.pk)
    assert "".join(ana.page.locator(".digits").inner_text().split()) == codes.visit_code
    ana.page.fill("input[name=pin]", f"{(int(codes.start_pin) + 1) % 10_000:04}")
    ana.tap('form[action$="/do/check_in/"] button')
    assert "Te quedan 4 intentos" in ana.text()
    ana.look("wrong-pin")
    ana.page.fill("input[name=pin]", codes.start_pin)
    ana.tap('form[action$="/do/check_in/"] button')
    ana.look("at-work")


def works_and_finishes(streets: Streets, ana: Phone, booking: Booking) -> None:
    """An hour later: a photo, a note, done."""
    streets.moves_to(booking.starts_at + timedelta(minutes=55))
    ana.page.reload()
    done = {"name": "done.jpg", "mimeType": "image/jpeg", "buffer": photo("d.jpg", "olive").read()}
    ana.page.set_input_files("input[name=photos]", done)
    ana.page.fill("textarea[name=note]", "Canela feliz.")
    ana.look("finishing")
    ana.tap('form[action$="/do/check_out/"] button')
    assert ana.page.locator(".photos img").count() == 1
    ana.look("finished")


def says_yes(streets: Streets, booking: Booking) -> None:
    """Clara confirms on hers."""
    assert streets.town is not None
    by = streets.town.customer
    assert take_step(by=by, booking_id=booking.pk, step="confirm", facts=Facts()).ok


def takes_the_money(streets: Streets, ana: Phone) -> None:
    """Share and whole tip in the wallet minutes after the job; a way out that costs nothing."""
    ana.goto("/wallet/")
    said = ana.reloads_until(lambda said: "$40.00" in said and "$260.00" in said)
    assert "$220.00" in said
    ana.look("wallet")
    ana.tap("a[href='/wallet/cash-out/']")
    assert ana.page.input_value("input[name=amount]") == "260.00"
    assert ana.page.locator("input[name=option][value=free]").is_checked()
    ana.look("cash-out")
    ana.tap("main form[method=post] button")
    ana.until(r"/wallet/cash-outs/[0-9a-f-]{36}/")
    ana.reloads_until(lambda said: "Referencia po_" in said)
    ana.look("on-its-way")
    streets.moves_to(streets.clock.get() + timedelta(days=5))
    ana.reloads_until(lambda said: "Pagado" in said)
    ana.look("paid")
