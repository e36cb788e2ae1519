"""A visit paid in cash with two thumbs, at 360 px and beside it at a desk."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from kernel import clock, outbox
from kernel.actor import Role
from kernel.edge import working_for
from marketplace.bookings.models import Booking
from marketplace.catalog.models import Service
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.local_time import Hours
from tenants.identity.queries import codes_of
from tests.browser.eyes import PATIENCE, look, shoot
from tests.browser.test_booking import Pair, starts_now
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_market import asks_for_no_documents, plant_niche, works

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL_DAY = [Hours(weekday, time(0), time(23, 30)) for weekday in range(7)]


@pytest.fixture
def offer():
    """Ana's walk may be paid in cash."""
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        plant_niche(niche=tenant.niche)
        asks_for_no_documents()
        joins("clara", Role.CUSTOMER)
        (offer,) = works("ana", plan=ALL_DAY)
        Service.objects.filter(pk=offer.service_id).update(cash=True, booking_mode="instant")
        offer.refresh_from_db()
        outbox.drain()
        yield offer


def test_a_visit_in_cash_from_the_choice_to_a_word_against_it(offer, phone_of):
    pair = Pair(phone_of)
    booking = _clara_chooses_cash(pair, offer)
    visit, job = f"/bookings/{booking.code}/", f"/work/jobs/{booking.code}/"
    pair.see("cash-visit", visit)
    pair.see("cash-cancel", f"{visit}cancel/")
    starts_now(booking)
    pair.see("cash-job", job)
    _ana_works_and_ticks(pair, booking, job)
    pair.see("cash-job-noted", job)
    pair.see("cash-visit-noted", visit)
    pair.see("cash-money", f"{job}money/")

    pair.clara.goto(visit)
    pair.clara.get_by_text("Eso no es correcto").click()
    pair.clara.get_by_label("¿Qué pasó?").fill("Le di menos.")
    look(pair.clara, "cash-contest")
    pair.clara.get_by_role("button", name="Avisar al equipo").click()
    expect(pair.clara.get_by_text("El equipo lo revisará")).to_be_visible(timeout=PATIENCE)


def test_the_office_lets_a_service_be_paid_in_cash(offer, phone_of):
    Service.objects.update(cash=False)
    desk = phone_of("olga", width=1280, strong=True)
    desk.goto(f"/office/service/edit/{offer.service_id}/")
    desk.get_by_label("puede pagarse en efectivo").check()
    shoot(desk, "cash-service")
    desk.get_by_role("button", name="Guardar").first.click()
    desk.wait_for_load_state()
    assert Service.objects.get(pk=offer.service_id).cash is True


def _clara_chooses_cash(pair, offer) -> Booking:
    soon = clock.now() + timedelta(hours=30)
    slot = free_slots(worker_service=offer, from_=soon, to=soon + timedelta(hours=2))[0]
    start = slot.starts_at.isoformat().replace("+00:00", "Z")
    hers = pair.clara
    hers.goto(f"/book/{offer.pk}/?start={start}")
    hers.get_by_label("Dirección").fill("Orizaba 101, Roma Norte")
    hers.get_by_label("Zona de la ciudad").select_option(label="Roma Norte")
    hers.get_by_label("En efectivo, a quien te atiende").check()
    look(hers, "cash-choose")
    hers.get_by_role("button", name="Seguir").click()
    hers.wait_for_url("**/book/quote/**")
    pair.see("cash-quote", hers.url)
    hers.get_by_role("button", name="Reservar y pagar en efectivo").click()
    hers.wait_for_url("**/bookings/**")
    outbox.drain()
    return Booking.objects.get()


def _ana_works_and_ticks(pair, booking, job):
    hers = pair.ana
    hers.goto(job)
    hers.get_by_label("El PIN de quien te contrató").fill(codes_of(booking.pk).start_pin)
    hers.get_by_role("button", name="Iniciar la visita").click()
    hers.wait_for_load_state()
    hers.get_by_label("en efectivo, completo").check()
    look(hers, "cash-job-working")
    hers.get_by_role("button", name="Ya terminé").click()
    hers.wait_for_load_state()
    outbox.drain()
    booking.refresh_from_db()
    assert (booking.state, booking.money) == ("delivered", "captured")
