"""Offers for a job: made, asked about, chosen, lost; and the booking that comes of one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kernel.errors import NotFound
from kernel.models import OutboxEvent
from marketplace.bookings.actions.quote import make_quote
from marketplace.bookings.models import Booking, Quote
from marketplace.bookings.rules.guards import NotBookable
from marketplace.catalog.models import Worker
from marketplace.jobs.actions.choose_offer import Where, choose_offer, counter_offer
from marketplace.jobs.actions.post_job import withdraw_job
from marketplace.jobs.actions.send_offer import (
    answer_counter,
    retime_offer,
    withdraw_offer,
)
from marketplace.jobs.models import Job, JobOffer
from marketplace.jobs.queries.comparing import offer_sheet, offers_for
from marketplace.jobs.rules import offering
from marketplace.jobs.rules.offering import Part
from marketplace.jobs.rules.states import MovedOn
from marketplace.matching.actions.set_plan import take_time_off
from marketplace.matching.models import Occupancy
from payments.models import Payment
from tenants.messaging.models import Notification
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.worlds import joins
from tests.support.worlds_bookings import MONDAY_NINE, WEDNESDAY_TEN, pays, steps, wish
from tests.support.worlds_jobs import (
    AT_NOON,
    WEDNESDAY,
    later,
    latest,
    offered,
    posted,
    terms,
    worker,
)

DOOR = Where(address="Orizaba 101, Roma Norte", note="Tocar dos veces.")


def choose(clara, offer, at=WEDNESDAY_TEN, **more):
    return choose_offer(by=clara, offer_id=offer.pk, starts_at=at, where=DOOR, **more)


def told(notice: str) -> int:
    return Notification.objects.filter(notice=f"jobs.{notice}").count()


def test_an_offer_shows_its_six_parts_and_what_the_worker_takes_home(job, clara):
    parts = (
        Part(label="Paseo", unit_minor=21_000, quantity=2),
        Part(label="Baño", unit_minor=8_000),
    )
    offer = offered("ana", job, parts=parts)
    sheet = offer_sheet(latest(offer.pk), by=clara)
    blocks = {name: getattr(sheet.blocks, name).minor for name in
              ("worker", "tip", "tenant", "platform", "processor", "tax")}  # fmt: skip
    assert blocks == {
        "worker": 44_000, "tip": 0, "tenant": 4_637, "platform": 500, "processor": 2_190,
        "tax": 1_173,
    }  # fmt: skip
    assert (sheet.total.minor, sheet.net_pay.minor, sheet.km) == (52_500, 44_000, 1.0)
    assert (sheet.worker.name, sheet.steps) == ("Ana P.", ["counter", "accept"])
    assert offer.valid_until == MONDAY_NINE + timedelta(hours=48)
    assert told("offered_customer") == 1
    assert not Occupancy.objects.filter(active=True).exists()
    assert not Quote.objects.exists()


def test_offers_stand_side_by_side_in_the_order_that_is_asked_for(job, clara):
    offered("ana", job, 50_000)
    offered("beto", job, 40_000, slots=(AT_NOON,))
    orders = {
        order: [each.worker.name for each in offers_for(job, by=clara, order=order)]
        for order in ("price", "distance", "soonest", "nonsense")
    }
    assert orders == {
        "price": ["Beto P.", "Ana P."],
        "distance": ["Ana P.", "Beto P."],
        "soonest": ["Ana P.", "Beto P."],
        "nonsense": ["Beto P.", "Ana P."],
    }


def test_choosing_books_at_the_offers_price_takes_the_money_and_the_rest_are_lost(job, clara, ana):
    mine, other = offered("ana", job), offered("beto", job, 40_000)
    choice = choose(clara, mine)
    assert choice.booking is not None
    booking = pays(choice.booking)
    assert (booking.state, booking.money, booking.mode) == ("confirmed", "captured", "post")
    assert (booking.total.minor, booking.worker_minor) == (52_500, 44_000)
    assert (booking.starts_at, booking.ends_at) == (
        *(WEDNESDAY_TEN, WEDNESDAY_TEN + timedelta(minutes=90)),
    )
    assert booking.price_lines[0].label == "Paseo y baño"
    assert Payment.objects.get().state == "captured"
    assert (latest(mine.pk).state, latest(mine.pk).booking_id) == ("accepted", booking.pk)
    assert (latest(other.pk).state, Job.objects.get().state) == ("lost", "awarded")
    assert told("lost_worker") == 1
    assert choose(clara, mine).booking.pk == booking.pk
    assert Booking.objects.count() == 1
    assert steps(ana, booking, "depart").departed_at is not None
    events = OutboxEvent.objects.filter(name__startswith="jobs.").order_by("pk")
    assert [each.name for each in events][-2:] == ["jobs.offer_ended", "jobs.awarded"]
    with pytest.raises(MovedOn):
        choose(clara, other)


def test_contacts_in_an_offer_are_hidden(job):
    offer = offered("ana", job, message="Mi cel: 55 1234 5678")
    assert offer.message == "Mi cel: •••"


def test_one_live_offer_a_worker_and_never_more_than_the_job_takes(walks, clara, olga):
    change_setting(by=olga, group="jobs", values={"max_offers": 2})
    job = posted(clara, walks)
    first = offered("ana", job)
    with pytest.raises(offering.AlreadyOffered):
        offered("ana", job)
    offered("beto", job)
    with pytest.raises(offering.JobFull):
        offered("caro", job)
    assert JobOffer.objects.count() == 2
    withdraw_offer(by=worker("ana"), offer_id=first.pk)
    assert offered("caro", job).place == 1
    for state in ("sent", "accepted"):
        with pytest.raises(IntegrityError), transaction.atomic():
            JobOffer.objects.filter(pk=first.pk).update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobOffer.objects.filter(pk=first.pk).update(place=3)
    assert latest(first.pk).state == "withdrawn"


def test_the_database_keeps_one_accepted_and_one_live_offer_of_a_worker(job):
    ana, beto = offered("ana", job), offered("beto", job)
    JobOffer.objects.filter(pk=ana.pk).update(state="accepted")
    with pytest.raises(IntegrityError), transaction.atomic():
        JobOffer.objects.filter(pk=beto.pk).update(state="accepted")
    JobOffer.objects.filter(pk=ana.pk).update(state="sent")
    with pytest.raises(IntegrityError), transaction.atomic():
        JobOffer.objects.filter(pk=beto.pk).update(worker=ana.worker_id)


def test_a_time_that_is_not_ones_own_or_not_the_jobs_is_refused(job):
    for changed, refusal in (
        ({"slots": (WEDNESDAY.ends_at,)}, offering.SlotOutside),
        ({"minutes": 14}, offering.OfferInvalid),
    ):
        with pytest.raises(refusal):
            offered("ana", job, **changed)
    off = {"starts_at": WEDNESDAY_TEN, "ends_at": WEDNESDAY_TEN + timedelta(hours=1)}
    take_time_off(by=worker("ana"), **off)
    with pytest.raises(offering.NotFree):
        offered("ana", job)
    assert not JobOffer.objects.exists()


def test_back_and_forth_three_times_and_then_yes_or_no(job, clara, ana):
    offer = offered("ana", job)
    for number in (1, 2, 3):
        asked = counter_offer(by=clara, offer_id=offer.pk, amount_minor=45_000, words="¿Menos?")
        assert (asked.state, asked.rounds) == ("countered", number)
        answer_counter(by=ana, offer_id=offer.pk, terms=terms(50_000 - number * 1_000))
    with pytest.raises(offering.NoMoreRounds):
        counter_offer(by=clara, offer_id=offer.pk, amount_minor=40_000)
    found = latest(offer.pk)
    assert (found.state, found.amount_minor, found.rounds) == ("sent", 47_000, 3)
    assert (found.wanted_minor, told("answered_customer")) == (None, 3)


def test_agreeing_takes_the_customers_amount_and_the_standing_offer_can_be_chosen_meanwhile(
    job, clara, ana
):
    offer = offered("ana", job)
    counter_offer(by=clara, offer_id=offer.pk, amount_minor=45_000)
    agreed = answer_counter(by=ana, offer_id=offer.pk)
    assert (agreed.amount_minor, agreed.parts) == (
        *(45_000, (Part(label="Paseo y baño", unit_minor=45_000),)),
    )
    counter_offer(by=clara, offer_id=offer.pk, words="¿Puede traer champú?")
    with pytest.raises(offering.OfferInvalid):
        answer_counter(by=ana, offer_id=offer.pk)
    assert choose(clara, offer).booking.work_minor == 45_000


def test_a_changed_offer_is_not_chosen_unseen(job, clara, ana):
    offer = offered("ana", job)
    counter_offer(by=clara, offer_id=offer.pk, words="¿Más temprano?")
    answer_counter(by=ana, offer_id=offer.pk, terms=terms(60_000))
    with pytest.raises(offering.OfferChanged):
        choose(clara, offer, expected_version=1)
    assert not Booking.objects.exists()
    assert choose(clara, offer, expected_version=3).booking.work_minor == 60_000


def test_a_time_that_was_taken_falls_away_and_the_worker_has_twelve_hours(job, clara, ana):
    offer = offered("ana", job, slots=(WEDNESDAY_TEN,))
    take_time_off(by=ana, starts_at=WEDNESDAY_TEN, ends_at=WEDNESDAY_TEN + timedelta(hours=1))
    choice = choose(clara, offer)
    assert (choice.booking, choice.refusal.code) == (None, "slot_taken")
    found = latest(offer.pk)
    noon = MONDAY_NINE + timedelta(hours=12)
    assert (found.state, found.slots) == ("sent", [])
    assert (found.retime_until, found.valid_until) == (noon, noon)
    assert not Booking.objects.exists()
    assert not Quote.objects.exists()
    assert Job.objects.get().state == "open"
    assert told("retime_worker") == 1
    with pytest.raises(offering.TimesMissing):
        choose(clara, offer)
    retime_offer(by=ana, offer_id=offer.pk, slots=(AT_NOON,))
    assert told("retimed_customer") == 1
    assert choose(clara, offer, at=AT_NOON).booking.starts_at == AT_NOON


def test_without_new_times_it_ends_after_twelve_hours(job, clara, ana):
    offer = offered("ana", job, slots=(WEDNESDAY_TEN,))
    with pytest.raises(offering.NothingToRetime):
        retime_offer(by=ana, offer_id=offer.pk, slots=(AT_NOON,))
    take_time_off(by=ana, starts_at=WEDNESDAY_TEN, ends_at=WEDNESDAY_TEN + timedelta(hours=1))
    choose(clara, offer)
    later(job, MONDAY_NINE + timedelta(hours=11, minutes=59), offer)
    assert latest(offer.pk).state == "sent"
    later(job, MONDAY_NINE + timedelta(hours=12), offer)
    assert latest(offer.pk).state == "expired"


def test_offers_run_out_and_a_withdrawn_job_leaves_nobody_waiting(job, clara):
    offer, other = offered("ana", job), offered("beto", job, slots=(AT_NOON,))
    later(job, MONDAY_NINE + timedelta(hours=48), offer, other)
    assert (latest(offer.pk).state, latest(other.pk).state) == ("expired", "expired")
    third = offered("caro", job)
    withdraw_job(by=clara, job_id=job.pk)
    assert latest(third.pk).state == "lost"
    with pytest.raises(offering.JobClosed):
        offered("ana", job)


def test_what_is_somebody_elses_is_not_there(job, clara, ana):
    offer = offered("ana", job)
    stranger = joins("celia", clara.role)
    with pytest.raises(NotFound):
        choose(stranger, offer)
    with pytest.raises(NotFound):
        withdraw_offer(by=worker("beto"), offer_id=offer.pk)
    with pytest.raises(NotFound):
        offer_sheet(latest(offer.pk), by=worker("beto"))
    assert (latest(offer.pk).state, Worker.objects.count()) == ("sent", 3)


def test_a_price_for_such_a_service_comes_from_an_offer_and_from_nowhere_else(walks, offer, clara):
    with pytest.raises(NotBookable):
        make_quote(by=clara, wish=wish(offer))
    assert not Quote.objects.exists()
