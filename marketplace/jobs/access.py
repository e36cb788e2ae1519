"""In which capacity somebody asks about a job."""

from uuid import UUID

from django.http import HttpRequest

from kernel.actor import Actor
from kernel.errors import NotFound
from marketplace.bookings.access import actors_of
from marketplace.jobs.models import Job, JobOffer
from marketplace.jobs.queries.comparing import offer_of
from marketplace.jobs.queries.jobs import the_job


def part_in_job(request: HttpRequest, job_id: UUID) -> tuple[Actor, Job]:
    """Return a job and in which capacity somebody has a part in it; a stranger has none."""
    for actor in actors_of(request):
        try:
            return actor, the_job(by=actor, job_id=job_id)
        except NotFound:
            continue
    raise NotFound(what="job")


def part_in_offer(request: HttpRequest, offer_id: UUID) -> tuple[Actor, JobOffer]:
    """Return an offer and in which capacity somebody has a part in it; a stranger has none."""
    for actor in actors_of(request):
        try:
            if (found := offer_of(by=actor, offer_id=offer_id)) is not None:
                return actor, found
        except NotFound:
            continue
    raise NotFound(what="offer")
