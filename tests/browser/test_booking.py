"""A visit with two thumbs, at 360 px: from a profile's slot to a photo of the finished job."""

from datetime import time, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from kernel import clock, outbox
from kernel.actor import Role
from kernel.edge import working_for
from marketplace.bookings.models import Booking
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.local_time import Hours
from tenants.identity.actions.expect_visit import expect_visit
from tenants.identity.queries import codes_of
from tests.browser.eyes import PATIENCE, look, shoot
from tests.support.pictures import photo
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_bookings import by_request
from tests.support.worlds_market import asks_for_no_documents, plant_niche, works

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL_DAY = [Hours(weekday, time(0), time(23, 30)) for weekday in range(7)]


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        plant_niche(niche=tenant.niche)
        asks_for_no_documents()
        yield tenant


@pytest.fixture
def offer(patitas, phone_of):
    """Ana works all day and can be paid."""
    joins("clara", Role.CUSTOMER)
    (offer,) = works("ana", plan=ALL_DAY)
    by_request(offer)
    outbox.drain()
    hers = phone_of("ana")
    hers.goto("/work/jobs/")
    look(hers, "jobs-empty")
    return offer


def starts_now(booking: Booking) -> None:
    """Let it be ten minutes before the visit."""
    starts_at = clock.now() + timedelta(minutes=10)
    booking.starts_at, booking.ends_at = starts_at, starts_at + timedelta(hours=1)
    booking.save(update_fields=["starts_at", "ends_at"])
    expect_visit(
        visit_id=booking.pk,
        holder_id=booking.worker.member_id,
        customer_id=booking.customer_id,
        reference=booking.code,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        zone=booking.zone,
    )


class Pair:
    """Clara's phone and Ana's phone, and a desk for each, on the same visit."""

    def __init__(self, phone_of):
        self.clara, self.ana = phone_of("clara"), phone_of("ana")
        self.desks = {name: phone_of(name, width=1280) for name in ("clara", "ana")}

    def see(self, name: str, path: str) -> None:
        """Open a page on the phone and the desk of whoever it is for, and look at it."""
        who = "ana" if path.startswith("/work/") else "clara"
        for page, shot in ((getattr(self, who), name), (self.desks[who], f"{name}-wide")):
            page.goto(path)
            look(page, shot)


def test_a_visit_from_the_slot_to_the_tip(offer, phone_of, stripe_sandbox):
    pair = Pair(phone_of)
    _clara_books(pair, offer, stripe_sandbox)
    booking = Booking.objects.get()
    _ana_accepts(pair, booking)
    booking.refresh_from_db()
    starts_now(booking)
    _they_meet(pair, booking)
    _ana_finishes(pair, booking)
    _olga_looks(phone_of("olga", width=1280, strong=True), booking, "-wide")
    _olga_looks(phone_of("olga", strong=True), booking, "")
    booking.refresh_from_db()
    assert (booking.state, booking.money) == ("completed", "captured")


def _olga_looks(desk, booking, shape):
    """Wagtail's own pages scroll and colour as they do: only ours is looked for."""
    desk.goto("/office/bookings/")
    shoot(desk, f"office-bookings{shape}")
    desk.get_by_role("link", name=booking.code).click()
    desk.get_by_text("Cada paso").wait_for()
    shoot(desk, f"office-booking{shape}")


def _clara_books(pair, offer, stripe_sandbox):
    soon = clock.now() + timedelta(hours=30)
    slot = free_slots(worker_service=offer, from_=soon, to=soon + timedelta(hours=2))[0]
    theirs = pair.clara
    pair.see("visits-empty", "/bookings/")
    start = slot.starts_at.isoformat().replace("+00:00", "Z")
    pair.see("choose", f"/book/{offer.pk}/?start={start}")
    theirs.get_by_label("Dirección").fill("Orizaba 101, Roma Norte")
    theirs.get_by_label("Zona de la ciudad").select_option(label="Roma Norte")
    theirs.get_by_label("Cómo entrar").fill("El timbre no suena; llama a la puerta.")
    before = theirs.locator("#price .money.big").inner_text()
    theirs.locator("input[name=tip]").nth(2).check()
    theirs.wait_for_function(
        "before => document.querySelector('#price .money.big').innerText != before", arg=before
    )
    look(theirs, "choose-tip")
    theirs.get_by_role("button", name="Seguir").click()
    theirs.wait_for_url("**/book/quote/**")
    pair.see("quote", urlsplit(theirs.url).path)
    theirs.get_by_role("button", name="Pagar").click()
    theirs.wait_for_url(f"{stripe_sandbox.url}/pay/**")
    booking = Booking.objects.get()
    pair.see("visit-pay", f"/bookings/{booking.code}/")
    theirs.goto(f"/pay/{booking.payment_id}/")
    theirs.wait_for_url(f"{stripe_sandbox.url}/pay/**")
    theirs.get_by_role("button").first.click()
    theirs.wait_for_url(f"**/{booking.code}/")
    outbox.drain()


def _ana_accepts(pair, booking):
    visit, job = f"/bookings/{booking.code}/", f"/work/jobs/{booking.code}/"
    pair.see("visit-requested", visit)
    pair.see("jobs-requested", "/work/jobs/")
    pair.see("job-requested", job)
    pair.ana.get_by_role("button", name="Aceptar").click()
    pair.ana.wait_for_url(f"**{job}")
    outbox.drain()
    pair.see("visit-confirmed", visit)
    pair.see("job-confirmed", job)
    pair.see("cancel", f"{visit}cancel/")
    pair.see("jobs-next", "/work/jobs/")
    pair.see("work-home", "/work/")


def _they_meet(pair, booking):
    hers, job = pair.ana, f"/work/jobs/{booking.code}/"
    pair.see("visit-at-the-door", f"/bookings/{booking.code}/")
    pair.see("job-before-leaving", job)
    hers.get_by_role("button", name="Voy en camino").click()
    hers.get_by_role("button", name="Estoy en la puerta").click()
    right = codes_of(booking.pk).start_pin
    hers.get_by_label("El PIN").fill("0000" if right != "0000" else "1111")
    hers.get_by_role("button", name="Iniciar la visita").click()
    expect(hers.get_by_text("no es correcto")).to_be_visible(timeout=PATIENCE)
    look(hers, "job-wrong-pin")
    hers.get_by_label("El PIN").fill(right)
    hers.get_by_role("button", name="Iniciar la visita").click()
    pair.see("job-at-work", job)


def _ana_finishes(pair, booking):
    visit, job = f"/bookings/{booking.code}/", f"/work/jobs/{booking.code}/"
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
    pair.ana.get_by_label("Fotos").set_input_files([picture])
    pair.ana.get_by_label("Una nota").fill("Canela feliz y con agua fresca.")
    pair.ana.get_by_role("button", name="Ya terminé").click()
    expect(pair.ana.get_by_text("Ya pedimos que confirmen").first).to_be_visible(timeout=PATIENCE)
    outbox.drain()
    pair.see("job-delivered", job)
    pair.see("visit-delivered", visit)
    pair.clara.get_by_role("button", name="Sí, todo bien").click()
    outbox.drain()
    pair.see("visit-completed", visit)
    pair.see("job-completed", job)
    pair.see("visits", "/bookings/")
    pair.see("jobs-history", "/work/jobs/")
