"""One step of a job or an offer: the table, the row, the log, the timers. The job is locked first.

Whoever holds the lock on a job is alone with all of its offers.
"""

from datetime import datetime
from uuid import UUID

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.errors import NotFound
from kernel.events import publish
from kernel.timers import cancel_timers, run_due_of, set_timer
from marketplace.jobs import notices
from marketplace.jobs.events import JobClosed, JobOfferEnded
from marketplace.jobs.models import Job, JobOffer, JobStep
from marketplace.jobs.queries.jobs import party_in, the_job
from marketplace.jobs.rules.states import JOB, LIVE, OFFER, JobState, OfferState
from tenants.messaging.actions.notify import notify
from tenants.messaging.notice import Notice

EXPIRE, SEND_OUT, OFFER_EXPIRES = "jobs.expire", "jobs.send_out", "jobs.offer_expires"
ENDS = (JobState.AWARDED, JobState.EXPIRED, JobState.WITHDRAWN)


def lock_job(job_id: UUID, *, by: Actor) -> Job:
    """Do what is due on a job, then return it, locked, if this actor may know of it."""
    run_due_of(job_id)
    the_job(by=by, job_id=job_id)
    rows = Job.objects.select_for_update(of=("self",)).select_related("service", "customer__user")
    return rows.get(pk=job_id)


def lock_offer(offer_id: UUID, *, by: Actor) -> tuple[Job, JobOffer]:
    """Do what is due on an offer, then return its job, locked, and the offer."""
    known = JobOffer.objects.filter(pk=offer_id).values_list("job_id", flat=True).first()
    if known is None:
        raise NotFound(what="offer")
    the_job(by=by, job_id=known)
    run_due_of(offer_id)
    job = lock_job(known, by=by)
    rows = JobOffer.objects.select_related(
        "worker__member__user", "worker_service__service", "job__service", "booking"
    )
    offer = rows.get(pk=offer_id)
    party_in(job, by, offer=offer)
    return job, offer


def step_job(job: Job, step: str, *, by: Actor, branch: str = "", reason: str = "") -> None:
    """Take a step on a locked job, or refuse it with nothing changed."""
    row = JOB.take(step, origin=job.state, party=party_in(job, by), branch=branch)
    origin, job.state = job.state, row.to
    job.version += 1
    if job.state in ENDS:
        cancel_timers(job.pk, EXPIRE, SEND_OUT)
    job.save()
    log(job, step, by=by, origin=origin, state=row.to, reason=reason)
    if job.state in ENDS:
        _end_offers(job)
    if job.state in (JobState.EXPIRED, JobState.WITHDRAWN):
        publish(JobClosed(**who(job), state=job.state), by=by)


def step_offer(job: Job, offer: JobOffer, step: str, *, by: Actor) -> None:
    """Take a step on an offer of a locked job, or refuse it with nothing changed."""
    row = OFFER.take(step, origin=offer.state, party=party_in(job, by, offer=offer))
    origin, offer.state = offer.state, row.to
    offer.version += 1
    cancel_timers(offer.pk, OFFER_EXPIRES)
    offer.save()
    log(job, step, by=by, origin=origin, state=row.to, offer=offer)
    if offer.is_live:
        due, entry = offer.valid_until, str(offer.version)
        set_timer(OFFER_EXPIRES, subject_id=offer.pk, at=due, entry=entry)


def _end_offers(job: Job) -> None:
    """A job that is over leaves nobody waiting."""
    offers = JobOffer.objects.filter(job=job, state__in=LIVE).select_related("worker", "job")
    for offer in offers.order_by("pk"):
        step_offer(job, offer, "lose", by=SYSTEM)
        publish(JobOfferEnded(**about(job, offer), state=OfferState.LOST), by=SYSTEM)
        tell_worker(job, offer, notices.LOST_WORKER)


def log(
    job: Job,
    step: str,
    *,
    by: Actor,
    origin: str,
    state: str,
    reason: str = "",
    offer: JobOffer | None = None,
) -> None:
    """Append a step to the log."""
    JobStep.objects.create(
        job=job,
        offer_id=offer.pk if offer else None,
        step=step,
        origin=origin,
        state=state,
        actor_role=by.role,
        actor_id=by.member_id,
        reason=reason,
        at=clock.now(),
    )


def who(job: Job) -> dict[str, str]:
    """Return whose job it is and what it is about, for events."""
    return {
        "job_id": str(job.pk),
        "service_id": str(job.service_id),
        "customer_id": str(job.customer_id),
    }


def about(job: Job, offer: JobOffer) -> dict[str, str]:
    """Return between whom an offer stands, for events."""
    return {
        "job_id": str(job.pk),
        "offer_id": str(offer.pk),
        "worker_id": str(offer.worker_id),
        "customer_id": str(job.customer_id),
    }


def tell_customer(
    job: Job, notice: Notice, *, key: str, until: datetime | None = None, **values: str
) -> None:
    """Tell the customer something about a job, once for each key."""
    until_at = {} if until is None else {"until_at": until.isoformat()}
    told = {"code": job.code, "service": job.service.name, **until_at, **values}
    notify(to_id=job.customer_id, notice=notice, about=f"{job.code}:{key}", **told)


def tell_worker(job: Job, offer: JobOffer, notice: Notice, **values: str) -> None:
    """Tell a worker something about their offer, once for each of its versions."""
    key = f"{job.code}:{offer.pk}:{offer.version}"
    told = {"code": job.code, "service": job.service.name, **values}
    notify(to_id=offer.worker.member_id, notice=notice, about=key, **told)
