"""Worlds in which customers describe work, made by the product's own actions."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from kernel import clock, outbox
from kernel.actor import Actor, Role
from kernel.timers import run_due_of
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.catalog.rules.areas import Place
from marketplace.jobs.actions.post_job import post_job
from marketplace.jobs.actions.save_job import Described, save_job
from marketplace.jobs.actions.send_offer import send_offer
from marketplace.jobs.models import Job, JobOffer
from marketplace.jobs.rules.offering import Part, Terms
from marketplace.jobs.rules.posting import Window
from tests.support.worlds import person
from tests.support.worlds_bookings import HOME, WEDNESDAY_TEN
from tests.support.worlds_market import settled, works

WORDS = "Pasear a Canela toda la mañana y bañarla al final."
WEDNESDAY = Window(
    datetime(2026, 3, 4, 14, tzinfo=UTC), datetime(2026, 3, 4, 20, tzinfo=UTC)
)  # From 8 to 14 in Mexico City.
AT_NOON = datetime(2026, 3, 4, 18, tzinfo=UTC)
NEIGHBOURS = {
    "beto": Place(19.4080, -99.1600),
    "caro": Place(19.3980, -99.1600),
}


def worker(name: str) -> Actor:
    """Return somebody in the role of a worker."""
    found = Worker.objects.get(member__user=person(name))
    return Actor(role=Role.WORKER, member_id=found.member_id)


def by_post(offer: WorkerService) -> Service:
    """Let a service be one for which customers describe a job."""
    Service.objects.filter(pk=offer.service_id).update(booking_mode="post", pricing="quoted")
    offer.service.refresh_from_db()
    return offer.service


def described(service: Service, **changed: object) -> Described:
    """Return what Clara would like: the whole Wednesday morning, for about 600.00."""
    said = {
        "service_id": service.pk,
        "text": WORDS,
        "windows": [WEDNESDAY],
        "budget_minor": 60_000,
        "zone_name": "Roma Norte",
        "latitude": HOME["latitude"],
        "longitude": HOME["longitude"],
    }
    return Described(**{**said, **changed})


def posted(by: Actor, service: Service, **changed: object) -> Job:
    """Let a customer describe a job and post it, and let those hear of it who may do it."""
    job = post_job(by=by, job_id=save_job(by=by, described=described(service, **changed)).pk)
    return seen(job)


def seen(job: Job) -> Job:
    """Do what is due on a job, let everybody hear of it, and return it as it is stored."""
    run_due_of(job.pk)
    outbox.drain()
    return Job.objects.select_related("service", "customer__user").get(pk=job.pk)


def terms(minor: int = 50_000, **changed: object) -> Terms:
    """Return an offer of an hour and a half on Wednesday at ten, or at noon."""
    said = {
        "parts": (Part(label="Paseo y baño", unit_minor=minor),),
        "minutes": 90,
        "slots": (WEDNESDAY_TEN, AT_NOON),
        "message": "Conozco bien a los beagles.",
    }
    return Terms(**{**said, **changed})


def offered(name: str, job: Job, minor: int = 50_000, **changed: object) -> JobOffer:
    """Let a worker make an offer."""
    return send_offer(by=worker(name), job_id=job.pk, terms=terms(minor, **changed))


def latest(offer_id: UUID) -> JobOffer:
    """Return an offer as it is stored."""
    rows = JobOffer.objects.select_related("job__service", "worker__member", "booking")
    return rows.get(pk=offer_id)


def later(job: Job, at: datetime, *offers: JobOffer) -> Job:
    """Let it be later, and do what was due on a job and its offers."""
    with clock.travelling_to(at):
        for offer in offers:
            run_due_of(offer.pk)
        return seen(job)


@pytest.fixture
def walks(offer: WorkerService) -> Service:
    """Ana, Beto and Caro walk dogs, and customers describe what they need."""
    for name, place in NEIGHBOURS.items():
        works(name, place=place)
    settled()
    return by_post(offer)


@pytest.fixture
def job(walks: Service, clara: Actor) -> Job:
    """Clara has posted a job for Wednesday morning, and the three know of it."""
    return posted(clara, walks)


def looks_for_offers(name: str, by: Actor) -> JobOffer:
    """Let a customer describe a job beside what a worker does already, and the worker answer."""
    offer = WorkerService.objects.select_related("service", "worker").filter(
        worker__member__user=person(name)
    )[0]
    service = offer.service
    service.pk, service.slug = None, "described"
    service.booking_mode, service.pricing, service.unit = "post", "quoted", ""
    service.save(force_insert=True)
    offer.pk, offer.service = None, service
    offer.save(force_insert=True)
    place = {"latitude": offer.worker.base_latitude, "longitude": offer.worker.base_longitude}
    return offered(name, posted(by, service, **place), slots=(AT_NOON,))
