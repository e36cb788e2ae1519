"""Jobs and offers, as far as whoever asks may know of them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.bookings.rules.process import Party
from marketplace.catalog.models import Service
from marketplace.catalog.queries import own_worker, services
from marketplace.jobs.models import Job, JobOffer, JobPhoto, JobStep, Sent
from marketplace.jobs.rules.states import LIVE, JobState
from tenants.tenancy.models import StoredFile

PARTIES = {
    Role.CUSTOMER: Party.CUSTOMER,
    Role.WORKER: Party.WORKER,
    Role.STAFF: Party.STAFF,
    Role.OWNER: Party.STAFF,
    Role.SYSTEM: Party.SYSTEM,
}
UNSEEN = (JobState.DRAFT, JobState.PENDING_REVIEW)  # Nobody but the customer and the office.


def posted_services() -> list[Service]:
    """Return what customers can describe a job for, in the tenant's order."""
    return [each for each in services() if each.booking_mode == Service.POST]


def _mine(by: Actor) -> QuerySet[Job]:
    rows = Job.objects.select_related("service__category", "customer__user")
    if by.works_in_office or by.role == Role.SYSTEM:
        return rows
    if by.role == Role.CUSTOMER and by.member_id:
        return rows.filter(customer_id=by.member_id)
    if by.role == Role.WORKER and by.member_id:
        shown = Sent.objects.filter(worker__member_id=by.member_id).values("job_id")
        return rows.filter(pk__in=shown).exclude(state__in=UNSEEN)
    raise NotFound(what="job")


def the_job(*, by: Actor, job_id: UUID | None = None, code: str = "") -> Job:
    """Return a job that this actor may know of."""
    named = Q(pk=job_id) if job_id else Q(code=code.upper())
    if (found := _mine(by).filter(named).first()) is None:
        raise NotFound(what="job")
    return found


def party_in(job: Job, by: Actor, *, offer: JobOffer | None = None) -> Party:
    """Return in which capacity somebody acts on a job or an offer; a stranger finds nothing."""
    party = PARTIES.get(by.role)
    theirs = {Party.CUSTOMER: job.customer_id, Party.WORKER: by.member_id}
    if offer is not None:
        theirs[Party.WORKER] = offer.worker.member_id
    if party is None or (party in theirs and theirs[party] != by.member_id):
        raise NotFound(what="job")
    return party


def jobs_of(by: Actor) -> QuerySet[Job]:
    """Return a customer's jobs, or all for the office, newest first, with how many offers live."""
    alive = Count("offers", filter=Q(offers__state__in=LIVE))
    return _mine(by).annotate(offers_n=alive).order_by("-made_at", "-pk")


def office_jobs(*, by: Actor, state: str) -> QuerySet[Job]:
    """Return jobs for the office, those that wait for it first asked."""
    if not by.works_in_office:
        raise NotFound(what="jobs")
    found = jobs_of(by)
    return found.filter(state=state) if state else found


def open_jobs_for(by: Actor) -> list[tuple[Sent, JobOffer | None]]:
    """Return the open jobs that were shown to a worker, the newest first, with their own offer."""
    worker = own_worker(by)
    rows = Sent.objects.filter(worker=worker, job__state=JobState.OPEN)
    found = list(rows.select_related("job__service", "job__customer__user").order_by("-at", "-pk"))
    own = latest_offers(worker.pk, [each.job_id for each in found])
    return [(each, own.get(each.job_id)) for each in found]


def latest_offers(worker_id: UUID, job_ids: Sequence[UUID]) -> dict[UUID, JobOffer]:
    """Return a worker's latest offer for each of some jobs."""
    rows = JobOffer.objects.filter(worker_id=worker_id, job_id__in=job_ids)
    rows = rows.select_related("job__service", "worker__member", "worker_service__service")
    return {each.job_id: each for each in rows.order_by("sent_at", "pk")}


def sent_to(*, by: Actor, job: Job) -> Sent:
    """Return how a job came to be shown to the worker who asks."""
    found = Sent.objects.filter(job=job, worker=own_worker(by)).select_related("worker", "offer")
    if (one := found.first()) is None:
        raise NotFound(what="job")
    return one


def photos_of(job: Job) -> QuerySet[JobPhoto]:
    """Return the photos of a job, in order."""
    return JobPhoto.objects.filter(job=job).select_related("file").order_by("position")


def photo_of(*, by: Actor, code: str, position: int) -> StoredFile:
    """Return a photo of a job to whoever may see the job."""
    found = photos_of(the_job(by=by, code=code)).filter(position=position).first()
    if found is None:
        raise NotFound(what="photo")
    return found.file


def history_of(job: Job) -> QuerySet[JobStep]:
    """Return everything that happened to a job and its offers, in order."""
    return JobStep.objects.filter(job=job).order_by("at", "pk")


def waiting_jobs() -> int:
    """Return how many jobs wait for the office."""
    return Job.objects.filter(state=JobState.PENDING_REVIEW).count()
