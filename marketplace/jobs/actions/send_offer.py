"""A worker says what they would do a job for, and when; and changes it, or takes it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.events import publish
from kernel.ids import uuid7
from kernel.timers import set_timer
from marketplace.bookings.actions.quote import price_wish
from marketplace.catalog.models import WorkerService
from marketplace.jobs import notices
from marketplace.jobs.actions.moves import (
    OFFER_EXPIRES,
    about,
    lock_job,
    lock_offer,
    log,
    step_offer,
    tell_customer,
)
from marketplace.jobs.events import JobOffered, JobOfferEnded
from marketplace.jobs.models import Job, JobOffer
from marketplace.jobs.models.offer import TAKES_A_PLACE
from marketplace.jobs.queries.comparing import wish_for
from marketplace.jobs.queries.jobs import party_in, sent_to
from marketplace.jobs.rules import offering
from marketplace.jobs.rules.offering import Part, Terms
from marketplace.jobs.rules.states import LIVE, OFFER, JobState
from marketplace.matching.queries.calendars import free_slots
from marketplace.matching.rules.slots import MINUTE
from tenants.messaging.notice import Notice
from tenants.messaging.rules.leaks import masked


@transaction.atomic
def send_offer(*, by: Actor, job_id: UUID, terms: Terms) -> JobOffer:
    """Make an offer for an open job that was shown to one. It costs nothing and blocks no time."""
    job = lock_job(job_id, by=by)
    OFFER.take("send", origin=None, party=party_in(job, by))
    sent = sent_to(by=by, job=job)
    at = clock.now()
    if job.state != JobState.OPEN or job.open_until is None or at >= job.open_until:
        raise offering.JobClosed
    if JobOffer.objects.filter(job=job, worker=sent.worker, state__in=LIVE).exists():
        raise offering.AlreadyOffered
    taken = JobOffer.objects.filter(job=job, state__in=[each.value for each in TAKES_A_PLACE])
    place = offering.place_for(taken.values_list("place", flat=True), most=job.max_offers)
    said = _checked(job, sent.offer, terms)
    offer = JobOffer(
        id=uuid7(),
        job=job,
        worker=sent.worker,
        worker_service=sent.offer,
        place=place,
        places=job.max_offers,
        valid_until=offering.valid_until(at, slots=said.slots),
        sent_at=at,
    )
    offer.take_terms(said)
    price_wish(wish=wish_for(offer, starts_at=min(said.slots)))  # What has no price is refused.
    offer.save(force_insert=True)
    log(job, "send", by=by, origin="", state=offer.state, offer=offer)
    due, entry = offer.valid_until, str(offer.version)
    set_timer(OFFER_EXPIRES, subject_id=offer.pk, at=due, entry=entry)
    _told(job, offer, by=by, notice=notices.OFFERED_CUSTOMER)
    return offer


def _checked(job: Job, service: WorkerService, terms: Terms) -> Terms:
    """Return terms that make sense and that the worker's own calendar allows, without contacts."""
    seen = replace(
        terms,
        message=masked(terms.message.strip()).text,
        parts=tuple(
            Part(label=masked(part.label.strip()).text, unit_minor=part.unit_minor,
                 quantity=part.quantity)
            for part in terms.parts
        ),
    )  # fmt: skip
    offering.check_terms(seen, windows=job.times, at=clock.now())
    _check_free(service, seen.slots, minutes=seen.minutes)
    return seen


def _check_free(service: WorkerService, slots: Sequence[datetime], *, minutes: int) -> None:
    for slot in slots:
        there = free_slots(worker_service=service, minutes=minutes, from_=slot, to=slot + MINUTE)
        if not any(each.starts_at == slot for each in there):
            raise offering.NotFree(fields=["slots"], slot_at=slot.isoformat())


def _told(job: Job, offer: JobOffer, *, by: Actor, notice: Notice) -> None:
    """Announce what changed about an offer, and tell the customer until when it stands."""
    publish(JobOffered(**about(job, offer)), by=by)
    tell_customer(
        job,
        notice,
        key=f"{offer.pk}:{offer.version}",
        until=offer.valid_until,
        worker=offer.worker.name,
    )


def _own(by: Actor, offer_id: UUID) -> tuple[Job, JobOffer]:
    if by.role != Role.WORKER:
        raise NotAllowed
    return lock_offer(offer_id, by=by)


@transaction.atomic
def answer_counter(*, by: Actor, offer_id: UUID, terms: Terms | None = None) -> JobOffer:
    """Answer what the customer asked for: with new terms, or by agreeing to the amount."""
    job, offer = _own(by, offer_id)
    OFFER.take("answer", origin=offer.state, party=party_in(job, by, offer=offer))
    said = terms or _as_wanted(offer)
    offer.take_terms(_checked(job, offer.worker_service, said))
    offer.wanted_minor, offer.wanted_words, offer.retime_until = None, "", None
    offer.valid_until = offering.valid_until(clock.now(), slots=offer.times)
    step_offer(job, offer, "answer", by=by)
    _told(job, offer, by=by, notice=notices.ANSWERED_CUSTOMER)
    return offer


def _as_wanted(offer: JobOffer) -> Terms:
    """Return the terms of an offer at the amount that the customer asked for."""
    if offer.wanted_minor is None:
        raise offering.OfferInvalid(fields=["lines"])
    first = offer.parts[0]
    return Terms(
        parts=(Part(label=first.label, unit_minor=offer.wanted_minor),),
        minutes=offer.minutes,
        slots=offer.times,
        message=offer.message,
    )


@transaction.atomic
def retime_offer(*, by: Actor, offer_id: UUID, slots: Sequence[datetime]) -> JobOffer:
    """Name other times after one was taken, within twelve hours."""
    job, offer = _own(by, offer_id)
    OFFER.take("retime", origin=offer.state, party=party_in(job, by, offer=offer))
    at = clock.now()
    if offer.retime_until is None or at >= offer.retime_until:
        raise offering.NothingToRetime
    offering.check_slots(slots, windows=job.times, at=at)
    _check_free(offer.worker_service, slots, minutes=offer.minutes)
    offer.take_slots(slots)
    offer.retime_until = None
    offer.valid_until = offering.valid_until(at, slots=offer.times)
    step_offer(job, offer, "retime", by=by)
    _told(job, offer, by=by, notice=notices.RETIMED_CUSTOMER)
    return offer


@transaction.atomic
def withdraw_offer(*, by: Actor, offer_id: UUID) -> JobOffer:
    """Take an offer back. It has no consequence, and its place is free again."""
    job, offer = _own(by, offer_id)
    step_offer(job, offer, "withdraw", by=by)
    publish(JobOfferEnded(**about(job, offer), state=offer.state), by=by)
    return offer
