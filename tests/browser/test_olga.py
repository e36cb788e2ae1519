"""Olga with a thumb: she opens a marketplace, writes its home page, checks people.

And Mauricio, who decides about a review that was held.
"""

import re
from datetime import timedelta

import pytest

from kernel.actor import Actor, Role
from kernel.edge import working_for
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.catalog.actions.apply import Profile, apply
from reviews.actions.see_device import see_device
from reviews.actions.submit_review import submit_private, submit_review
from reviews.models import Review
from tenants.identity.queries import codes_of
from tenants.tenancy.models import Tenant
from tests.browser.test_ana import clara_books
from tests.identity.papers import hands_in_id
from tests.support.signing_in import app_code
from tests.support.streets import Phone, Streets
from tests.support.worlds import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOST = "manos-buenas.localhost"


def test_olga_opens_a_marketplace_and_runs_it(empty_streets: Streets):
    olga = empty_streets.phone("olga", "olga")
    opens(olga)
    enters_the_office(olga)
    writes_the_home_page(olga)
    with working_for(Tenant.objects.get(slug="manos-buenas").pk):
        checks_a_document(olga)
    olga.goto("/office/", HOST)
    assert olga.page.locator(".how-we-do svg").count() >= 5
    olga.look("home")


def opens(olga: Phone) -> None:
    """From the house's front page to a marketplace of one's own."""
    olga.goto("/", "localhost").look("landing")
    olga.tap("a[href='/open/']")
    typed = {
        "name": "Manos Buenas",
        "city": "Guadalajara",
        "slug": "manos-buenas",
        "first_name": "Olga",
        "last_name": "Prueba",
        "email": "olga@example.com",
    }
    for name, value in typed.items():
        olga.page.fill(f"input[name={name}]", value)
    olga.page.select_option("select[name=niche]", "elder_care")
    olga.page.select_option("select[name=country]", "MX")
    olga.look("form")
    olga.tap("main form[method=post] button")
    olga.signs_in()
    olga.until("/open/")
    olga.look("confirm")
    olga.tap("main form button")
    olga.until("/open/manos-buenas/")
    olga.look("opened")


def enters_the_office(olga: Phone) -> None:
    """The office asks for a second factor first."""
    olga.tap("main a[href$='/office/']")
    olga.until("/factor/new/")
    olga.sets_up_an_app()
    olga.tap("main a.button:last-of-type")
    olga.until(f"{HOST}:\\d+/office/")
    olga.look("office-empty")


def writes_the_home_page(olga: Phone) -> None:
    """What she writes in the office stands on the front page."""
    with working_for(Tenant.objects.get(slug="manos-buenas").pk):
        site = Tenant.objects.get(slug="manos-buenas")
    assert site.name == "Manos Buenas"
    olga.goto("/office/pages/", HOST)
    olga.page.locator("a[href*='/office/pages/'][href$='/edit/']").first.click()
    olga.page.fill("textarea[name=hero_title], input[name=hero_title]", "Cuidamos a tus papás")
    olga.look("edit-home")
    olga.page.locator("footer [data-controller='w-dropdown'] button").first.click()
    olga.page.locator("button[name=action-publish]").click()
    olga.page.wait_for_load_state("load")
    olga.goto("/", HOST)
    assert olga.page.locator("h1").first.inner_text() == "Cuidamos a tus papás"
    olga.look("home-rewritten")


def checks_a_document(olga: Phone) -> None:
    """Somebody applied and handed in a document: she takes it, looks at it, and lets it pass."""
    profile = Profile(headline="Con paciencia", bio="Enfermera.", languages=("es",))
    applied = apply(user=person("rosa"), profile=profile)
    check = hands_in_id(Actor(role=Role.WORKER, member_id=applied.member_id))
    olga.goto("/office/verification/", HOST).look("verification")
    olga.tap(f"a[href*='{check.pk}']")
    olga.tap("form[action$='/claim/'] button")
    olga.look("document")
    olga.page.locator("input[name=outcome][value=pass]").check()
    olga.tap("form[action$='/decide/'] button")
    check.refresh_from_db()
    assert check.state == "passed"


def test_mauricio_decides_about_a_review_that_was_held(streets: Streets):
    review = held_review(streets)
    mauricio = streets.phone("mauricio", "mauricio")
    mauricio.goto("/office/reviews/")
    mauricio.signs_in()
    mauricio.until("/factor/new/")
    mauricio.sets_up_an_app()
    mauricio.tap("main a.button:last-of-type")
    mauricio.until("/office/reviews/")
    mauricio.look("queue")
    mauricio.tap(f"a[href='/office/reviews/{review.pk}/']")
    mauricio.look("review")
    mauricio.page.locator("input[name=decision]").first.check()
    mauricio.tap("main form[method=post] button")
    review.refresh_from_db()
    assert review.state != "held"
    mauricio.goto("/office/").look("home")
    assert re.search(r"NPS", mauricio.text())
    comes_back_with_the_app(streets, mauricio.secret)


def comes_back_with_the_app(streets: Streets, secret: str) -> None:
    """On another device the code of the app is the second step, and the office opens."""
    tablet = streets.phone("mauricio", "mauricio-again")
    tablet.goto("/office/reviews/")
    tablet.signs_in()
    tablet.until("/factor/")
    tablet.page.fill("input[name=code]", app_code(secret, 1))
    tablet.tap("main form button")
    tablet.until("/office/reviews/")


def held_review(streets: Streets) -> Review:
    """Ana and Clara share a device; the engine holds what Clara writes about Ana."""
    town = streets.town
    assert town is not None
    for name in ("ana", "clara"):
        see_device(user_id=person(name).pk, device="a" * 32)
    booking = clara_books(streets)
    streets.moves_to(booking.starts_at)
    pin = codes_of(booking.pk).start_pin
    steps = ((town.worker, "arrive", Facts()), (town.worker, "check_in", Facts(pin=pin)))
    for by, step, facts in steps:
        assert take_step(by=by, booking_id=booking.pk, step=step, facts=facts).ok
    streets.moves_to(booking.starts_at + timedelta(hours=1))
    done = ((town.worker, "check_out"), (town.customer, "confirm"))
    for by, step in done:
        assert take_step(by=by, booking_id=booking.pk, step=step, facts=Facts()).ok
    town.works()
    streets.rests()
    streets.moves_to(booking.starts_at + timedelta(hours=3))
    review = submit_review(by=town.customer, booking_id=booking.pk, stars=5, text="Muy bien.")
    submit_private(by=town.worker, booking_id=booking.pk, stars=5)
    review.refresh_from_db()
    assert review.state == "held"
    return review
