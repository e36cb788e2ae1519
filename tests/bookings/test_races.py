"""Many at once for the same hour: one gets it, the others are told so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from kernel import clock
from kernel.actor import Actor, Role
from kernel.edge import working_for
from kernel.errors import Refusal
from kernel.models import OutboxEvent
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import make_quote
from marketplace.bookings.actions.take_offer import take_offer
from marketplace.bookings.models import Booking, CreditMove, Offered, Quote, StepTaken
from marketplace.catalog.models import Service
from marketplace.matching.models import Occupancy
from payments.models import Payment
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_bookings import (
    MONDAY_NINE,
    WEDNESDAY_TEN,
    add_bath,
    booked,
    fresh,
    pays,
    time_passes,
    wish,
)
from tests.support.worlds_market import asks_for_no_documents, owner, plant_niche, settled, works
from tests.support.worlds_packages import books_with, bought, sold

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 16


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk), clock.travelling_to(MONDAY_NINE):
        plant_niche(niche=tenant.niche)
        asks_for_no_documents()
        yield tenant


def at_once(tenant, tries):
    """Run all tries at the same moment, each with a connection of its own."""
    barrier = Barrier(len(tries))

    def run(attempt):
        try:
            with working_for(tenant.pk), clock.travelling_to(MONDAY_NINE):
                barrier.wait()
                try:
                    return attempt()
                except Refusal as refusal:
                    return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(run, tries))


def test_sixteen_want_the_same_hour_and_one_has_it(patitas):
    (offer,) = works("ana")
    settled()
    add_bath(offer)
    people = [joins(f"cliente{number}", Role.CUSTOMER) for number in range(MANY)]
    wanted = wish(offer)

    def tries(actor):
        return lambda: book(by=actor, quote_id=make_quote(by=actor, wish=wanted).pk)

    outcomes = at_once(patitas, [tries(each) for each in people])

    assert sorted(str(type(each).__name__) for each in outcomes) == ["Booking"] + ["str"] * 15
    assert {each for each in outcomes if isinstance(each, str)} == {"slot_taken"}
    assert (Booking.objects.count(), Quote.objects.count(), Payment.objects.count()) == (1, 1, 1)
    assert Occupancy.objects.filter(active=True).count() == 1


def test_one_quote_booked_sixteen_times_at_once_is_one_booking(patitas):
    (offer,) = works("ana")
    settled()
    add_bath(offer)
    clara = joins("clara", Role.CUSTOMER)
    quote = make_quote(by=clara, wish=wish(offer))

    outcomes = at_once(patitas, [lambda: book(by=clara, quote_id=quote.pk)] * MANY)

    assert {each.pk for each in outcomes} == {Booking.objects.get().pk}
    assert (Payment.objects.count(), Occupancy.objects.filter(active=True).count()) == (1, 1)


def test_ten_take_the_same_job_at_once_and_one_has_it(patitas):
    names = [f"persona{number}" for number in range(10)]
    offers = [works(name)[0] for name in names]
    settled()
    add_bath(offers[0])
    Service.objects.update(booking_mode="dispatch", price_owner="tenant")
    change_setting(by=owner(), group="matching.dispatch", values={"wave_size": 10})
    clara = joins("clara", Role.CUSTOMER)
    booking = time_passes(pays(booked(clara, offers[0])), MONDAY_NINE)
    asked = Offered.objects.select_related("worker").order_by("rank")

    def tries(mine):
        by = Actor(role=Role.WORKER, member_id=mine.worker.member_id)
        return lambda: take_offer(by=by, offered_id=mine.pk)

    outcomes = at_once(patitas, [tries(each) for each in asked])

    assert sorted(str(type(each).__name__) for each in outcomes) == ["Booking"] + ["str"] * 9
    assert {each for each in outcomes if isinstance(each, str)} == {"already_taken"}
    settled()
    assert (fresh(booking).state, fresh(booking).money) == ("confirmed", "captured")
    assert StepTaken.objects.filter(step="take").count() == 1
    assert OutboxEvent.objects.filter(name="payments.capture_asked").count() == 1
    assert Occupancy.objects.filter(active=True).count() == 1


def test_many_at_once_want_the_last_visit_of_a_package_and_one_has_it(patitas):
    (offer,) = works("ana")
    settled()
    add_bath(offer)
    clara = joins("clara", Role.CUSTOMER)
    package = bought(clara, sold(owner(), offer, visits=2, price_minor=60_000))
    books_with(clara, package.pk, offer)

    def tries(hours):
        wanted = wish(
            offer,
            tip_minor=0,
            add_ons={},
            starts_at=WEDNESDAY_TEN + timedelta(hours=hours),
            package_id=package.pk,
        )
        return lambda: book(by=clara, quote_id=make_quote(by=clara, wish=wanted).pk)

    outcomes = at_once(patitas, [tries(hours) for hours in (2, 4, 25, 27)])

    assert sorted(type(each).__name__ for each in outcomes) == ["Booking", "str", "str", "str"]
    assert CreditMove.objects.count() == 2
    assert Booking.objects.filter(paid_ahead__isnull=False).count() == 2
    assert Occupancy.objects.filter(active=True, kind="booking").count() == 2
