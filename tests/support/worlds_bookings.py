"""Worlds with bookings in them, made by the product's own actions on the fake provider."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kernel import clock, outbox
from kernel.actor import Actor, Role
from kernel.timers import run_due_of
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import Wish, make_quote
from marketplace.bookings.actions.set_rule import RuleFields, set_rule
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.models import Booking, Quote
from marketplace.bookings.rules.commission import Kind
from marketplace.catalog.models import AddOn, Service, WorkerService
from payments.actions.open_page import open_page
from payments.actions.settle_payment import refresh_payment
from tenants.identity.queries import codes_of
from tests.support.kept import KEEPER, kept
from tests.support.worlds_market import NOW
from tests.support.worlds_money import can_be_paid

MONDAY_NINE = NOW  # 9 in the morning in Mexico City.
WEDNESDAY_TEN = datetime(2026, 3, 4, 16, tzinfo=UTC)
HOME = {"address": "Orizaba 101, Roma Norte", "latitude": 19.4180, "longitude": -99.1600}


KEEPER.builders["on_monday"] = lambda: MONDAY_NINE


@pytest.fixture
def on_monday() -> Iterator[datetime]:
    """It is Monday, nine in the morning, and the clock stands still."""
    with clock.travelling_to(MONDAY_NINE):
        yield MONDAY_NINE


@kept
def commissions(olga: Actor, on_monday: datetime) -> None:
    """Patitas takes 12 % of the work and a fee of 5 % on top."""
    for kind, rate_bp in ((Kind.WORKER_COMMISSION, 1_200), (Kind.CUSTOMER_FEE, 500)):
        set_rule(by=olga, fields=RuleFields(kind=kind, rate_bp=rate_bp))


@kept
def offer(commissions: None, ana_works: WorkerService, ana: Actor) -> WorkerService:
    """Ana can be booked for a walk at 500.00, with a bath at 80.00, half an hour more."""
    can_be_paid(ana)
    Service.objects.filter(pk=ana_works.service_id).update(
        price_minor=50_000, booking_mode="instant"
    )
    add_bath(ana_works)
    ana_works.refresh_from_db()
    return ana_works


def add_bath(offer: WorkerService) -> AddOn:
    """Let a bath be booked with a service: 80.00, half an hour more."""
    return AddOn.objects.create(service=offer.service, name="Baño", price_minor=8_000, minutes=30)


def wish(offer: WorkerService, **changed: object) -> Wish:
    """Return what Clara would like: a walk with a bath, Wednesday at ten, and 50.00 as a tip."""
    bath = AddOn.objects.get(service=offer.service, name="Baño")
    asked = {
        "worker_service_id": offer.pk,
        "starts_at": WEDNESDAY_TEN,
        "add_ons": {bath.pk: 1},
        "tip_minor": 5_000,
        "note": "La llave está con el portero.",
        **HOME,
    }
    return Wish(**{**asked, **changed})


def quoted(by: Actor | None, offer: WorkerService, **changed: object) -> Quote:
    """Let somebody ask for a price."""
    return make_quote(by=by, wish=wish(offer, **changed))


def booked(by: Actor, offer: WorkerService, **changed: object) -> Booking:
    """Let a customer book, and not pay yet."""
    return book(by=by, quote_id=quoted(by, offer, **changed).pk)


def starts_to_pay(booking: Booking) -> None:
    """Let a customer open the provider's page."""
    customer = Actor(role=Role.CUSTOMER, member_id=booking.customer_id)
    open_page(by=customer, payment_id=payment_id(booking))


def pays(booking: Booking) -> Booking:
    """Let a customer pay, or for a request let the bank keep the money ready; all hear of it."""
    starts_to_pay(booking)
    refresh_payment(payment_id=payment_id(booking))
    outbox.drain()
    return fresh(booking)


def payment_id(booking: Booking) -> UUID:
    """Return the payment of a booking."""
    assert booking.payment_id is not None
    return booking.payment_id


def fresh(booking: Booking) -> Booking:
    """Return a booking as it is stored now."""
    return Booking.objects.select_related("worker__member__user").get(pk=booking.pk)


def steps(by: Actor, booking: Booking, step: str, **facts: object) -> Booking:
    """Let somebody take a step, and everybody hear of it."""
    taken = take_step(by=by, booking_id=booking.pk, step=step, facts=Facts(**facts))
    assert taken.ok
    outbox.drain()
    return fresh(booking)


def time_passes(booking: Booking, at: datetime) -> Booking:
    """Let it be later, and do what was due on a booking."""
    with clock.travelling_to(at):
        run_due_of(booking.pk)
        outbox.drain()
    return fresh(booking)


def by_request(offer: WorkerService) -> WorkerService:
    """Let a service be one that the worker accepts or declines."""
    Service.objects.filter(pk=offer.service_id).update(booking_mode="request")
    offer.service.refresh_from_db()
    return offer


@kept
def clara_booked_ana(offer: WorkerService, clara: Actor) -> Booking:
    """Clara booked a walk with a bath on Wednesday at ten and paid 659.00: it is confirmed."""
    return pays(booked(clara, offer))


@kept
def clara_asked_ana(offer: WorkerService, clara: Actor) -> Booking:
    """Clara asked for the same as a request; her bank keeps 659.00 ready."""
    return pays(booked(clara, by_request(offer)))


@pytest.fixture
def at_the_door(clara_booked_ana: Booking, ana: Actor) -> Iterator[Booking]:
    """It is Wednesday, five to ten, and Ana has arrived."""
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(minutes=5)):
        yield steps(ana, clara_booked_ana, "arrive")


@kept
def job_done(clara_booked_ana: Booking, ana: Actor, clara: Actor) -> Booking:
    """Ana came on Wednesday, worked an hour and a half, and Clara confirmed."""
    pin = codes_of(clara_booked_ana.pk).start_pin
    with clock.travelling_to(WEDNESDAY_TEN):
        steps(ana, clara_booked_ana, "check_in", pin=pin)
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=90)):
        steps(ana, clara_booked_ana, "check_out", note="Canela feliz.")
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=100)):
        return steps(clara, clara_booked_ana, "confirm")
