"""Worlds with visits that are paid later, on the fake provider."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.actor import Actor
from marketplace.bookings.models import Booking
from marketplace.catalog.models import Service, WorkerService
from tenants.identity.queries import codes_of
from tests.support.worlds_bookings import WEDNESDAY_TEN, booked, pays, steps

FRIDAY_TEN = WEDNESDAY_TEN + timedelta(days=2)


def paid_when(offer: WorkerService, when: str) -> WorkerService:
    """Let a service be paid at another time."""
    Service.objects.filter(pk=offer.service_id).update(payment=when)
    offer.service.refresh_from_db()
    return offer


@pytest.fixture
def before(offer: WorkerService) -> WorkerService:
    """Ana's walks are charged two days before."""
    return paid_when(offer, "before_start")


@pytest.fixture
def after(offer: WorkerService) -> WorkerService:
    """Ana's walks are charged when they are done."""
    return paid_when(offer, "after_service")


def leaves_card(clara: Actor, offer: WorkerService, **changed: object) -> Booking:
    """Clara books for Friday and leaves her card."""
    return pays(booked(clara, offer, **{"starts_at": FRIDAY_TEN, **changed}))


@pytest.fixture
def on_friday(before: WorkerService, clara: Actor) -> Booking:
    """Clara booked Ana for Friday at ten; her card is charged on Wednesday."""
    return leaves_card(clara, before)


def works(booking: Booking, ana: Actor, clara: Actor, *, confirms: bool = True) -> Booking:
    """Ana comes, works an hour and a half, and Clara says that all is well."""
    pin = codes_of(booking.pk).start_pin
    with clock.travelling_to(booking.starts_at):
        steps(ana, booking, "check_in", pin=pin)
    with clock.travelling_to(booking.ends_at):
        booking = steps(ana, booking, "check_out")
        return steps(clara, booking, "confirm") if confirms else booking
