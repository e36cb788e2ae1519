"""Somebody else comes: asked at booking, found in waves for the same total, and both read why."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.actor import Role
from marketplace.bookings.actions.release_worker import release_worker
from marketplace.bookings.actions.take_offer import take_offer
from marketplace.bookings.models import Booking, Offered
from marketplace.bookings.queries.bookings import booking_of
from marketplace.bookings.queries.dispatch import offers_of
from marketplace.bookings.queries.replacement import replacements_for
from marketplace.catalog.models import WorkerService
from marketplace.matching.actions.set_plan import take_time_off
from marketplace.matching.models import Occupancy
from tenants.identity.queries import codes_of
from tenants.messaging.models import Notification
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bookings import (
    MONDAY_NINE,
    WEDNESDAY_TEN,
    booked,
    fresh,
    pays,
    steps,
    time_passes,
)
from tests.support.worlds_market import settled, works

REASON = "Se me enfermó una hija."


@pytest.fixture
def others(offer) -> dict[str, WorkerService]:
    """Bea asks the same as Ana, Dora asks more."""
    (bea,) = works("bea", prices={"walk-60": 50_000})
    (dora,) = works("dora", prices={"walk-60": 50_001})
    settled()
    return {"bea": bea, "dora": dora}


@pytest.fixture
def agreed(offer, others, clara) -> Booking:
    """Clara booked Ana, and said that somebody else may come."""
    return pays(booked(clara, offer, substitute_ok=True))


@pytest.fixture
def sought(agreed, ana) -> Booking:
    """Ana cannot come, and those who may are asked."""
    before = steps(ana, agreed, "cancel", reason=REASON)
    return time_passes(before, MONDAY_NINE)


def test_it_is_asked_and_off_unless_said(offer, others, clara, ana):
    plain = pays(booked(clara, offer))
    assert not plain.substitute_ok
    assert steps(ana, plain, "cancel", reason=REASON).state == "awaiting_choice"
    page = signed_in_client("clara").get(f"/book/{offer.pk}/?start=2026-03-05T16:00:00Z")
    field = page.context["form"].fields["substitute_ok"]
    assert (field.required, field.initial) == (False, None)


def test_only_whose_price_fits_is_asked_and_never_the_one_who_cannot(sought, others):
    assert (sought.state, sought.money, sought.confirmed_at) == ("matching", "captured", None)
    (asked,) = Offered.objects.all()
    assert (asked.worker_id, asked.state) == (others["bea"].worker_id, "open")
    assert not Occupancy.objects.filter(active=True).exists()


def test_whoever_takes_it_comes_for_the_same_total_and_both_read_why(sought, others, clara, ana):
    bea = joins("bea", Role.WORKER)
    before = codes_of(sought.pk)
    take_offer(by=bea, offered_id=offers_of(bea).get().pk)
    settled()
    found = fresh(sought)
    assert (found.state, found.worker_id, found.total, found.money) == (
        *("confirmed", others["bea"].worker_id),
        *(sought.total, "captured"),
    )
    assert codes_of(found.pk) != before
    told = Notification.objects.filter(about=f"{found.code}:{found.entry}")
    assert {(each.notice, each.to_id, each.values["reason"]) for each in told} == {
        ("bookings.substitute_comes_customer", clara.member_id, REASON),
        ("bookings.substitute_comes_worker", bea.member_id, REASON),
    }
    for name, path in (("clara", "/bookings/"), ("bea", "/work/jobs/")):
        page = signed_in_client(name).get(f"{path}{found.code}/").content.decode()
        assert REASON in page
    with clock.travelling_to(MONDAY_NINE), pytest.raises(Exception, match="not_found"):
        booking_of(by=ana, booking_id=found.pk)


def test_while_we_look_the_customer_may_have_all_of_it_back(sought, clara):
    page = signed_in_client("clara").get(f"/bookings/{sought.code}/").content.decode()
    assert REASON in page
    ended = steps(clara, sought, "withdraw")
    assert (ended.state, ended.money, ended.refund_minor) == ("cancelled", "refunded", 65_900)


def test_with_nobody_in_time_all_of_it_goes_back(sought):
    ended = time_passes(sought, MONDAY_NINE + timedelta(hours=4))
    assert (ended.state, ended.money, ended.refund_minor) == ("expired", "refunded", 65_900)


def test_who_was_not_asked_at_booking_may_let_us_look_when_it_happens(offer, others, clara, ana):
    waits = steps(ana, pays(booked(clara, offer)), "cancel", reason=REASON)
    looking = time_passes(steps(clara, waits, "substitute"), MONDAY_NINE)
    assert looking.state == "matching"
    assert Offered.objects.get().worker_id == others["bea"].worker_id


def test_a_second_who_cannot_is_not_asked_again_nor_is_the_first(sought, others, offer):
    bea = joins("bea", Role.WORKER)
    take_offer(by=bea, offered_id=offers_of(bea).get().pk)
    again = time_passes(steps(bea, sought, "cancel", reason="Yo tampoco."), MONDAY_NINE)
    assert again.state == "matching"
    assert Offered.objects.filter(entry=again.entry).count() == 0


def test_a_worker_who_will_be_away_hands_it_over_where_the_customer_agreed(agreed, ana):
    off = take_time_off(
        by=ana,
        starts_at=WEDNESDAY_TEN - timedelta(hours=2),
        ends_at=WEDNESDAY_TEN + timedelta(hours=4),
    )
    client = signed_in_client("ana")
    page = client.get(f"/work/calendar/off/{off.pk}/").content.decode()
    assert 'value="hand_over"' in page
    path = f"/work/jobs/{agreed.code}/away/{off.pk}/"
    client.post(path, {"step": "hand_over", "reason": "Viaje"})
    assert (fresh(agreed).state, fresh(agreed).reason) == ("matching", "Viaje")


def test_the_visits_of_whoever_may_not_work_are_looked_for_anew(agreed, offer, clara):
    plain = pays(booked(clara, offer, starts_at=WEDNESDAY_TEN + timedelta(days=1)))
    release_worker(worker_id=offer.worker_id)
    assert (fresh(agreed).state, fresh(plain).state) == ("matching", "awaiting_choice")
    told = Notification.objects.filter(notice="bookings.released_worker")
    assert {each.values["code"] for each in told} == {agreed.code, plain.code}


def test_after_a_worker_did_not_come_those_who_could_soon_are_shown(offer, others, clara):
    missed = pays(booked(clara, offer))
    late = WEDNESDAY_TEN + timedelta(minutes=25)
    with clock.travelling_to(late):
        steps(clara, missed, "report_no_show")
    settled_at = late + timedelta(minutes=40)
    over = time_passes(missed, settled_at)
    assert (over.state, over.refund_minor) == ("no_show", 65_900)
    with clock.travelling_to(settled_at):
        found = {offer.worker.slug for offer, _ in replacements_for(fresh(over))}
        assert found == {"bea-p", "dora-p"}
        page = signed_in_client("clara").get(f"/bookings/{over.code}/").content.decode()
    assert f"/book/{others['bea'].pk}/?start=" in page
    assert replacements_for(fresh(missed)) != []
