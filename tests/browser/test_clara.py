"""Clara with a thumb: from the home page to a visit that she paid, tipped and reviewed."""

from datetime import timedelta

import pytest

from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.models import Booking
from tenants.identity.queries import codes_of
from tests.identity.papers import photo
from tests.support.streets import Phone, Streets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["htmx", "no-script"])
def test_clara_finds_books_pays_confirms_tips_and_reviews(streets: Streets, script):
    clara = streets.phone("clara", "clara" if script else "clara-plain", java_script_enabled=script)
    searches(clara)
    chooses(clara)
    signs_in_and_pays(clara)
    booking = Booking.objects.get()
    assert clara.page.locator(".pill").first.inner_text() == "Confirmado"  # At once, not later.
    streets.rests()
    clara.look("confirmed")
    streets.moves_to(booking.starts_at - timedelta(minutes=10))
    sees_the_codes(clara, booking)
    the_visit_takes_place(streets, booking)
    clara.goto(f"/bookings/{booking.code}/")
    clara.reloads_until(lambda said: "Sí, todo bien" in said)
    clara.page.locator(".photos img").scroll_into_view_if_needed()
    clara.waits_for_pictures()
    clara.look("delivered")
    clara.tap('form[action$="/do/confirm/"] button')
    clara.reloads_until(lambda said: "¡Gracias!" in said or "Gracias" in said)
    clara.look("completed")
    tips_and_reviews(clara, booking)


def searches(clara: Phone) -> None:
    """From the home page to a profile."""
    clara.goto("/").look("home")
    clara.page.fill("input[name=q]", "paseo")
    clara.tap("main form[role=search] button, main form[action='/search/'] button")
    clara.look("search")
    assert clara.page.locator(".reasons li").count() >= 1
    clara.tap("main article a")
    clara.look("profile")


def chooses(clara: Phone) -> None:
    """A time, an address, a tip: and the price in six parts."""
    clara.tap("a.slot")
    clara.page.fill("input[name=address]", "Orizaba 101")
    clara.page.select_option("select[name=zone]", index=1)
    clara.page.fill("textarea[name=note]", "Timbre 3")
    clara.page.locator("input[name=tip]").nth(2).check()
    clara.page.wait_for_load_state("networkidle")
    clara.look("choose")
    clara.tap("button[value=continue]")
    clara.until("/book/quote/")
    clara.look("quote")
    parts = clara.page.locator(".parts dl > div")
    assert parts.count() == 7
    assert "seis partes" in clara.text()


def signs_in_and_pays(clara: Phone) -> None:
    """What she chose is still there after she has signed in."""
    clara.tap("main a[href^='/account/login/']")
    clara.signs_in()
    clara.until("/book/quote/")
    assert "Orizaba 101" in clara.text()
    clara.look("quote-signed-in")
    clara.tap("main form[method=post] button")
    clara.until("/pay/cs_")
    clara.look("stripe")
    clara.tap("form button")
    clara.until("/bookings/")


def sees_the_codes(clara: Phone, booking: Booking) -> None:
    """Shortly before the visit the page shows what to compare and what to say."""
    clara.goto(f"/bookings/{booking.code}/")
    codes = codes_of(booking.pk)
    shown = ["".join(each.split()) for each in clara.page.locator(".digits").all_inner_texts()]
    assert shown == [codes.visit_code, codes.start_pin]
    clara.look("codes")


def the_visit_takes_place(streets: Streets, booking: Booking) -> None:
    """Ana comes, works and finishes, with her own phone."""
    assert streets.town is not None
    ana, pin = streets.town.worker, codes_of(booking.pk).start_pin
    for step, facts in (("depart", Facts()), ("arrive", Facts()), ("check_in", Facts(pin=pin))):
        assert take_step(by=ana, booking_id=booking.pk, step=step, facts=facts).ok
    streets.moves_to(booking.starts_at + timedelta(minutes=60))
    done = Facts(note="Canela feliz.", photos=(photo("done.jpg", "olive"),))
    assert take_step(by=ana, booking_id=booking.pk, step="check_out", facts=done).ok


def tips_and_reviews(clara: Phone, booking: Booking) -> None:
    """A tip of its own goes over the company's page; stars are sealed until Ana has spoken."""
    clara.tap("#tip summary")
    clara.page.locator("#tip input[name=tip]").first.check()
    clara.tap("#tip button")
    clara.until("/pay/cs_")
    clara.tap("form button")
    clara.until("/bookings/")
    clara.look("tipped")
    clara.goto(f"/bookings/{booking.code}/review/")
    clara.page.locator(".stars-input label").nth(4).click()
    clara.page.fill("textarea[name=text]", "Puntual y cariñosa con Canela.")
    clara.look("review")
    clara.tap("main form.card button")
    assert "sellad" in clara.text().lower()
    clara.look("review-sealed")
