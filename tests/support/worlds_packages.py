"""Worlds with packages in them: Clara paid five walks with Ana ahead."""

from uuid import UUID, uuid4

import pytest

from kernel import clock, outbox
from kernel.actor import Actor
from kernel.timers import run_due_of
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.buy_package import buy_package
from marketplace.bookings.actions.sell_package import offer_package
from marketplace.bookings.models import Booking, Package, PackageOffer
from marketplace.catalog.models import WorkerService
from payments.actions.open_page import open_page
from payments.actions.settle_payment import refresh_payment
from tests.support.worlds_bookings import fresh, quoted

PRICE = 240_001  # Five walks: four at 480.00, the last at 480.01.
PLAIN = {"tip_minor": 0, "add_ons": {}}


def sold(by: Actor, offer: WorkerService, **terms: int) -> PackageOffer:
    """Let the office sell five visits."""
    asked = {"visits": 5, "price_minor": PRICE, "days": 180} | terms
    return offer_package(by=by, worker_service_id=offer.pk, **asked)


def bought(by: Actor, offer: PackageOffer) -> Package:
    """Let a customer buy a package, and pay it."""
    package = buy_package(by=by, offer_id=offer.pk, key=uuid4().hex)
    assert package.payment_id
    open_page(by=by, payment_id=package.payment_id)
    refresh_payment(payment_id=package.payment_id)
    outbox.drain()
    return Package.objects.get(pk=package.pk)


def books_with(by: Actor, package_id: UUID, offer: WorkerService, **changed: object) -> Booking:
    """Let a customer book a visit with a package."""
    quote = quoted(by, offer, package_id=package_id, **PLAIN | changed)
    booking = book(by=by, quote_id=quote.pk)
    outbox.drain()
    return fresh(booking)


def days_pass(package: Package, at: object) -> Package:
    """Let it be later, and do what was due on a package."""
    with clock.travelling_to(at):
        run_due_of(package.pk)
        outbox.drain()
    return Package.objects.get(pk=package.pk)


@pytest.fixture
def package(offer: WorkerService, olga: Actor, clara: Actor) -> Package:
    """Clara bought five walks with Ana for 2 400.01."""
    return bought(clara, sold(olga, offer))
