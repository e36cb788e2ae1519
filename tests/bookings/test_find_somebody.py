"""Find me somebody: a service and a time, no person; the price before, and nobody's time held."""

from datetime import timedelta

import pytest

from kernel.actor import Actor, Role
from marketplace.bookings.actions.set_rule import RuleFields, set_rule
from marketplace.bookings.actions.take_offer import take_offer
from marketplace.bookings.models import Booking, Offered, Quote
from marketplace.bookings.queries.dispatch import offers_of
from marketplace.bookings.rules.commission import Kind
from marketplace.bookings.rules.offers import NobodyFree
from marketplace.catalog.models import Service, Worker
from marketplace.catalog.rules.areas import Place
from marketplace.matching.actions.part import part
from marketplace.matching.models import Occupancy
from tests.support.worlds import joins, person, signed_in_client
from tests.support.worlds_bookings import (
    HOME,
    MONDAY_NINE,
    WEDNESDAY_TEN,
    booked,
    fresh,
    pays,
    quoted,
    time_passes,
)
from tests.support.worlds_market import settled, works

FAR = Place(19.2900, -99.6500)  # Toluca: more than ten kilometres away.


def actor(name: str) -> Actor:
    worker = Worker.objects.get(member__user=person(name))
    return Actor(role=Role.WORKER, member_id=worker.member_id)


@pytest.fixture
def anybody(offer):
    """Ana and Beto walk dogs; for a walk we find somebody."""
    works("beto", place=Place(19.4080, -99.1600))
    settled()
    Service.objects.filter(pk=offer.service_id).update(
        booking_mode="dispatch", price_owner="tenant"
    )
    offer.service.refresh_from_db()
    return offer


def test_the_price_is_known_before_and_nobodys_time_is_held(anybody, clara):
    quote = quoted(clara, anybody)
    assert (quote.total.minor, quote.occupancy_id) == (65_900, None)
    assert not Occupancy.objects.exists()
    assert quoted(joins("diego", Role.CUSTOMER), anybody).starts_at == WEDNESDAY_TEN


def test_booking_twice_is_booking_once(anybody, clara):
    one = booked(clara, anybody)
    assert booked(clara, anybody).pk != one.pk
    from_quote = Quote.objects.order_by("made_at")[0]
    assert Booking.objects.get(quote=from_quote).pk == one.pk


def test_where_nobody_goes_it_is_refused_and_nothing_is_stored(anybody, clara):
    with pytest.raises(NobodyFree) as refused:
        quoted(clara, anybody, latitude=FAR.latitude, longitude=FAR.longitude)
    assert (refused.value.status, refused.value.details) == (409, {"times": []})
    assert not Quote.objects.exists()


def test_when_nobody_is_free_the_nearest_other_times_are_told(anybody, clara):
    early = WEDNESDAY_TEN - timedelta(hours=4)
    with pytest.raises(NobodyFree) as refused:
        quoted(clara, anybody, starts_at=early)
    times = refused.value.details["times"]
    assert (times[0], times[-1]) == ("2026-03-04T14:00:00+00:00", "2026-03-04T16:30:00+00:00")
    assert len(times) == 6
    assert not Quote.objects.exists()


def test_a_pair_that_was_parted_is_no_way_to_be_found(anybody, clara):
    for name in ("ana", "beto"):
        worker = Worker.objects.get(member__user=person(name))
        part(by=actor(name), worker_id=worker.pk, customer_id=clara.member_id)
    with pytest.raises(NobodyFree):
        quoted(clara, anybody)


def test_whoever_works_here_is_not_found_for_themselves(anybody):
    quote = quoted(joins("ana", Role.CUSTOMER), anybody)
    assert quote.worker.member.user == person("beto")


def test_each_is_told_what_they_themselves_would_get_and_gets_it(anybody, clara, olga):
    beto = Worker.objects.get(member__user=person("beto"))
    nothing = RuleFields(kind=Kind.WORKER_COMMISSION, rate_bp=0, worker_id=beto.pk)
    set_rule(by=olga, fields=nothing)
    looking = time_passes(pays(booked(clara, anybody)), MONDAY_NINE)
    nets = {each.worker.slug: each.net_pay.minor for each in Offered.objects.all()}
    assert nets == {"ana-p": 56_040, "beto-p": 63_000}
    take_offer(by=actor("beto"), offered_id=offers_of(actor("beto")).get().pk)
    taken = fresh(looking)
    assert (taken.worker_id, taken.net_pay.minor, taken.total) == (beto.pk, 63_000, looking.total)


def test_its_pages_lead_from_home_to_a_price_and_keep_what_was_typed(anybody, clara):
    client = signed_in_client("clara")
    slug = anybody.service.slug
    assert f"/somebody/{slug}/" in client.get("/somebody/").content.decode()
    page = client.get(f"/somebody/{slug}/?day=2026-03-04").content.decode()
    assert "start=2026-03-04T16%3A00%3A00%2B00%3A00" in page
    zone = client.get(f"/somebody/{slug}/book/?start=2026-03-04T16:00:00Z").context["form"]
    where = {
        "address": HOME["address"],
        "zone": next(key for key, _ in zone.fields["zone"].choices if key),
    }
    early = client.post(
        f"/somebody/{slug}/book/?start=2026-03-04T12:00:00Z", where | {"action": "continue"}
    )
    told = early.content.decode()
    assert (early.status_code, "?start=2026-03-04T" in told) == (409, True)
    assert HOME["address"] in told
    made = client.post(
        f"/somebody/{slug}/book/?start=2026-03-04T16:00:00Z", where | {"action": "continue"}
    )
    assert made.status_code == 302
    quote = Quote.objects.get()
    assert (quote.mode, quote.customer_id) == ("dispatch", clara.member_id)
    shown = client.get(made["Location"]).content.decode()
    assert quote.worker.name not in shown.partition("<h1")[2]


def test_programs_name_the_service_and_hear_when_else(anybody, clara):
    client = signed_in_client("clara")
    body = {"service_id": str(anybody.service_id), "starts_at": "2026-03-04T16:00:00Z", **HOME}
    made = client.post("/api/v1/quotes", body, content_type="application/json")
    assert (made.status_code, made.json()["mode"]) == (201, "dispatch")
    late = body | {"starts_at": "2026-03-04T12:00:00Z"}
    refused = client.post("/api/v1/quotes", late, content_type="application/json").json()
    assert (refused["type"], len(refused["details"]["times"])) == ("nobody_free", 6)
