"""A job that goes round: who is asked, in which waves, why, and that one of them has it."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.bookings.actions.take_offer import ask_at_night, decline_offer, take_offer
from marketplace.bookings.models import Booking, Offered, StepTaken, Wave
from marketplace.bookings.queries.dispatch import offers_of, replay
from marketplace.bookings.rules.offers import AlreadyTaken
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.catalog.rules.areas import Place
from marketplace.matching.actions.part import part
from marketplace.matching.models import Occupancy, PairBlock
from marketplace.matching.queries import search
from marketplace.matching.queries.candidates import blocked_workers
from payments.models import Payment
from tenants.messaging.models import Notification
from tenants.support.models import DecisionRecord
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.worlds import person, signed_in_client
from tests.support.worlds_bookings import (
    MONDAY_NINE,
    WEDNESDAY_TEN,
    booked,
    fresh,
    pays,
    steps,
    time_passes,
)
from tests.support.worlds_market import owner, settled, works

NEAR = {  # South of the customer, each about 1.1 km further.
    "beto": Place(19.4080, -99.1600),
    "caro": Place(19.3980, -99.1600),
    "dani": Place(19.3880, -99.1600),
}
LATE = datetime(2026, 3, 3, 3, tzinfo=UTC)  # Monday, nine in the evening.
MORNING = datetime(2026, 3, 3, 15, tzinfo=UTC)


def actor(name: str) -> Actor:
    worker = Worker.objects.get(member__user=person(name))
    return Actor(role=Role.WORKER, member_id=worker.member_id)


def by_dispatch(offer: WorkerService) -> WorkerService:
    Service.objects.filter(pk=offer.service_id).update(
        booking_mode="dispatch", price_owner="tenant"
    )
    offer.service.refresh_from_db()
    return offer


@pytest.fixture
def everybody(offer: WorkerService) -> WorkerService:
    """Ana, Beto, Caro and Dani walk dogs; two are asked at once."""
    for name, place in NEAR.items():
        works(name, place=place)
    settled()
    change_setting(by=owner(), group="matching.dispatch", values={"wave_size": 2})
    return by_dispatch(offer)


@pytest.fixture
def looking(everybody: WorkerService, clara: Actor) -> Booking:
    """Clara has paid, and the first two were asked."""
    return time_passes(pays(booked(clara, everybody)), MONDAY_NINE)


def asked(booking: Booking) -> list[tuple[int, str, str]]:
    rows = Offered.objects.filter(booking=booking).order_by("wave__number", "rank")
    found = rows.values_list("wave__number", "worker__member__user__email", "state")
    return [(wave, email.partition("@")[0], state) for wave, email, state in found]


def test_the_money_is_kept_ready_and_nobodys_time_is_taken(looking):
    assert (looking.state, looking.money) == ("matching", "authorised")
    assert not Occupancy.objects.filter(active=True).exists()
    told = Notification.objects.filter(about__startswith=looking.code)
    assert sorted(told.values_list("notice", flat=True)) == [
        *("bookings.looking_customer", "bookings.offered_worker", "bookings.offered_worker"),
    ]


def test_the_best_two_are_asked_first_then_the_next_then_nobody_is_left(looking):
    assert asked(looking) == [(1, "ana", "open"), (1, "beto", "open")]
    time_passes(looking, MONDAY_NINE + timedelta(minutes=10))
    assert asked(looking)[2:] == [(2, "caro", "open"), (2, "dani", "open")]
    for minutes in (20, 30, 40):
        time_passes(looking, MONDAY_NINE + timedelta(minutes=minutes))
    assert [wave.asked for wave in Wave.objects.order_by("number")] == [2, 2, 0, 0]
    assert fresh(looking).state == "matching"


def test_whoever_takes_it_comes_is_paid_for_it_and_the_others_are_told_it_is_gone(looking):
    mine = offers_of(actor("beto")).get()
    taken = take_offer(by=actor("beto"), offered_id=mine.pk)
    settled()
    found = fresh(looking)
    assert (found.state, found.worker.member.user) == ("confirmed", person("beto"))
    assert (taken.pk, found.money) == (looking.pk, "captured")
    assert found.worker_service.worker_id == found.worker_id
    (occupied,) = Occupancy.objects.filter(active=True)
    assert (occupied.worker_id, occupied.starts_at) == (found.worker_id, WEDNESDAY_TEN)
    assert asked(looking) == [(1, "ana", "gone"), (1, "beto", "taken")]
    with pytest.raises(AlreadyTaken):
        take_offer(by=actor("ana"), offered_id=Offered.objects.get(state="gone").pk)
    assert fresh(looking).worker_id == found.worker_id
    assert take_offer(by=actor("beto"), offered_id=mine.pk).version == found.version
    assert Payment.objects.count() == 1
    assert steps(actor("beto"), found, "depart").departed_at is not None


def test_what_was_offered_to_one_is_nobody_elses_to_take(looking):
    theirs = offers_of(actor("beto")).get()
    with pytest.raises(NotFound):
        take_offer(by=actor("dani"), offered_id=theirs.pk)
    with pytest.raises(NotFound):
        steps(actor("ana"), looking, "take")
    assert (fresh(looking).state, asked(looking)[1]) == ("matching", (1, "beto", "open"))


def test_declining_has_no_consequence_and_one_is_not_asked_again(looking):
    for name in ("ana", "beto"):
        decline_offer(by=actor(name), offered_id=offers_of(actor(name)).get().pk)
    before = list(Worker.objects.order_by("pk").values())
    time_passes(looking, MONDAY_NINE + timedelta(minutes=10))
    assert asked(looking) == [
        *((1, "ana", "declined"), (1, "beto", "declined")),
        *((2, "caro", "open"), (2, "dani", "open")),
    ]
    assert list(Worker.objects.order_by("pk").values()) == before
    assert not StepTaken.objects.filter(step="decline").exists()


def test_with_nobody_the_money_goes_back_and_the_worker_it_was_asked_through_hears_nothing(looking):
    ended = time_passes(looking, MONDAY_NINE + timedelta(hours=4))
    assert (ended.state, ended.money) == ("expired", "refunded")
    assert {state for *_, state in asked(looking)} == {"gone"}
    told = Notification.objects.filter(about__startswith=looking.code, notice__contains="expired")
    assert not told.exists()
    assert Notification.objects.filter(notice="bookings.nobody_found_customer").count() == 1


def test_the_customer_may_change_their_mind_while_we_look(looking, clara):
    ended = steps(clara, looking, "withdraw")
    assert (ended.state, ended.money) == ("cancelled", "refunded")
    assert not offers_of(actor("ana")).exists()


def test_at_night_only_those_are_asked_who_wanted_to_be(everybody, clara):
    with clock.travelling_to(LATE):
        booking = pays(booked(clara, everybody))
        assert asked(time_passes(booking, LATE)) == []
        ask_at_night(by=actor("dani"), wanted=True)
    assert asked(time_passes(booking, LATE + timedelta(hours=1))) == []
    assert [row[1] for row in asked(time_passes(booking, MORNING))] == ["ana", "beto"]
    assert time_passes(booking, MORNING + timedelta(hours=3)).state == "matching"
    assert time_passes(booking, MORNING + timedelta(hours=4)).state == "expired"


def test_who_wants_to_be_asked_at_night_is(everybody, clara):
    ask_at_night(by=actor("dani"), wanted=True)
    with clock.travelling_to(LATE):
        booking = pays(booked(clara, everybody))
        time_passes(booking, LATE)
    assert asked(booking) == [(1, "dani", "open")]
    time_passes(booking, MORNING)
    assert {name for _, name, _ in asked(booking)} == {"dani", "ana", "beto"}


def test_a_pair_that_was_parted_is_not_brought_together(everybody, clara):
    ana = Worker.objects.get(member__user=person("ana"))
    part(by=actor("ana"), worker_id=ana.pk, customer_id=clara.member_id)
    part(by=actor("ana"), worker_id=ana.pk, customer_id=clara.member_id)
    with pytest.raises(NotFound):
        part(by=actor("beto"), worker_id=ana.pk, customer_id=clara.member_id)
    assert PairBlock.objects.count() == 1
    shown = search(without=frozenset(blocked_workers(clara.member_id)))
    assert {row.worker.pk for row in search().rows} - {row.worker.pk for row in shown.rows} == {
        ana.pk
    }
    booking = time_passes(pays(booked(clara, everybody)), MONDAY_NINE)
    assert asked(booking) == [(1, "beto", "open"), (1, "caro", "open")]
    record = DecisionRecord.objects.get(pk=Wave.objects.get().decision_id)
    assert replay(record).excluded == {str(ana.pk): "pair_block"}


def test_every_wave_has_a_record_that_replays_to_the_same_people_in_the_same_order(looking):
    time_passes(looking, MONDAY_NINE + timedelta(minutes=10))
    for wave in Wave.objects.all():
        again = replay(DecisionRecord.objects.get(pk=wave.decision_id))
        offered = wave.offers.order_by("rank").values_list("worker_id", flat=True)
        assert (again.same, again.offered) == (True, [str(key) for key in offered])
        assert again.weights == {
            "distance": 0.4, "rating": 0.2, "preference": 0.2, "fair_share": 0.2,
        }  # fmt: skip
        for each in again.placed:
            assert abs(sum(each.contributions.values()) - each.score) < 1e-9


def test_another_weight_is_another_policy(everybody, clara):
    first = time_passes(pays(booked(clara, everybody)), MONDAY_NINE)
    change_setting(by=owner(), group="matching.dispatch", values={"distance": 0.5})
    time_passes(first, MONDAY_NINE + timedelta(minutes=10))
    one, other = DecisionRecord.objects.filter(kind="offer").order_by("number")
    assert replay(one).same
    assert replay(other).same
    assert '"policy_version":"dispatch-1:' in one.body
    versions = {record.body.partition('"policy_version":"')[2][:24] for record in (one, other)}
    assert len(versions) == 2


def test_its_pages_say_what_it_pays_why_and_why_not(looking):
    worker, other = signed_in_client("ana"), signed_in_client("dani")
    mine = offers_of(actor("ana")).get()
    page = worker.get("/work/offers/").content.decode().partition("<h1")[2]
    assert page.index("560.40") < page.index("Paseo de perro")
    assert f"/work/offers/{mine.pk}/take/" in page
    assert "Orizaba" not in page
    assert worker.get(f"/work/offers/{mine.pk}/").status_code == 200
    assert other.get(f"/work/offers/{mine.pk}/").status_code == 404
    assert "km" in other.get("/work/offers/why-not/").content.decode()
    customer = signed_in_client("clara").get(f"/bookings/{looking.code}/").content.decode()
    assert f"/w/{mine.worker.slug}/" not in customer
    record = DecisionRecord.objects.get(kind="offer")
    office = signed_in_client("olga", strong=True)
    shown = office.get(f"/office/decisions/{record.pk}/")
    assert (shown.status_code, "replay.html" in str([t.name for t in shown.templates])) == (
        *(200, True),
    )
    listed = worker.get("/api/v1/offers").json()["items"]
    assert [(each["id"], each["net_minor"]) for each in listed] == [
        (str(mine.pk), looking.net_pay.minor)
    ]
    refused = other.post(f"/api/v1/offers/{mine.pk}/take")
    assert refused.status_code == 404
    assert worker.post(f"/api/v1/offers/{mine.pk}/reject").json()["state"] == "declined"
    assert fresh(looking).state == "matching"
