"""A customer asks a worker for other terms, or chooses an offer and books it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor, Role
from kernel.errors import NotAllowed
from kernel.events import publish
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import make_quote
from marketplace.bookings.models import Booking
from marketplace.jobs import notices
from marketplace.jobs.actions.moves import (
    about,
    lock_offer,
    step_job,
    step_offer,
    tell_worker,
)
from marketplace.jobs.events import JobAwarded, JobCountered
from marketplace.jobs.models import Job, JobOffer
from marketplace.jobs.queries.comparing import wish_for
from marketplace.jobs.queries.jobs import party_in
from marketplace.jobs.rules import offering
from marketplace.jobs.rules.states import JOB, OFFER, OfferState
from marketplace.matching.rules.occupancy import SlotTaken
from tenants.messaging.rules.leaks import masked


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What the chosen worker needs to know, and nobody before: the door, and how to get in."""

    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What came of choosing: a booking to pay, or a time that was taken meanwhile.

    The second is no refusal: that the worker may name new times has to be kept.
    """

    offer: JobOffer
    booking: Booking | None

    @property
    def refusal(self) -> SlotTaken | None:
        """Return how to tell people that the time was gone."""
        return None if self.booking else SlotTaken(fields=["starts_at"])


@transaction.atomic
def choose_offer(
    *,
    by: Actor,
    offer_id: UUID,
    starts_at: datetime,
    where: Where,
    expected_version: int | None = None,
    with_credit: bool = True,
) -> Choice:
    """Choose an offer: book it if its time is still free; the others are lost. Repeating is safe.

    A time that was taken falls away, and the worker has twelve hours to name others.
    """
    job, offer = _theirs(by, offer_id)
    if offer.state == OfferState.ACCEPTED:
        return Choice(offer=offer, booking=offer.booking)
    OFFER.take("accept", origin=offer.state, party=party_in(job, by))
    JOB.take("award", origin=job.state, party=party_in(job, by))
    if expected_version is not None and expected_version != offer.version:
        raise offering.OfferChanged(version=offer.version)
    if not offer.slots:
        raise offering.TimesMissing
    if starts_at not in offer.times:
        raise offering.OfferInvalid(fields=["starts_at"])
    wish = replace(
        wish_for(offer, starts_at=starts_at, answered=True),
        address=where.address,
        note=where.note,
    )
    try:
        with transaction.atomic():
            quote = make_quote(by=by, wish=wish)
            offer.booking = book(by=by, quote_id=quote.pk, with_credit=with_credit)
    except SlotTaken:
        _slot_gone(job, offer, starts_at)
        return Choice(offer=offer, booking=None)
    _award(job, offer, by=by)
    return Choice(offer=offer, booking=offer.booking)


def _theirs(by: Actor, offer_id: UUID) -> tuple[Job, JobOffer]:
    if by.role != Role.CUSTOMER:
        raise NotAllowed
    return lock_offer(offer_id, by=by)


def _award(job: Job, offer: JobOffer, *, by: Actor) -> None:
    step_offer(job, offer, "accept", by=by)
    step_job(job, "award", by=by)
    assert offer.booking
    publish(JobAwarded(**about(job, offer), booking_id=str(offer.booking.pk)), by=by)


def _slot_gone(job: Job, offer: JobOffer, slot: datetime) -> None:
    left = [each for each in offer.times if each != slot]
    offer.take_slots(left)
    offer.retime_until, offer.valid_until = offering.after_slot_gone(
        at=clock.now(), stood_until=offer.valid_until, left=left
    )
    step_offer(job, offer, "slot_gone", by=SYSTEM)
    times = {"slot_at": slot.isoformat(), "until_at": offer.retime_until.isoformat()}
    tell_worker(job, offer, notices.RETIME_WORKER, **times)


@transaction.atomic
def counter_offer(
    *, by: Actor, offer_id: UUID, amount_minor: int | None = None, words: str = ""
) -> JobOffer:
    """Ask a worker for another amount or something else, at most three times; the offer stands."""
    job, offer = _theirs(by, offer_id)
    OFFER.take("counter", origin=offer.state, party=party_in(job, by))
    said = masked(words.strip()).text
    if amount_minor is None and not said:
        raise offering.OfferInvalid(fields=["amount", "words"])
    if len(said) > offering.LONGEST_MESSAGE:
        raise offering.OfferInvalid(fields=["words"])
    if amount_minor is not None and not 0 < amount_minor <= offering.MOST_MINOR:
        raise offering.OfferInvalid(fields=["amount"])
    offer.rounds = offering.check_round(offer.rounds)
    offer.wanted_minor, offer.wanted_words = amount_minor, said
    step_offer(job, offer, "counter", by=by)
    publish(JobCountered(**about(job, offer), round=offer.rounds), by=by)
    tell_worker(job, offer, notices.COUNTERED_WORKER)
    return offer
