"""The time of a job or of an offer is over."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.events import publish
from kernel.timers import set_timer
from marketplace.jobs import notices
from marketplace.jobs.actions.moves import EXPIRE, about, step_job, step_offer, tell_customer
from marketplace.jobs.events import JobOfferEnded
from marketplace.jobs.models import Job, JobOffer
from marketplace.jobs.rules.offering import closes_at
from marketplace.jobs.rules.states import LIVE, JobState


@transaction.atomic
def end_job(*, job_id: UUID) -> Job | None:
    """End a job that nobody was chosen for; while an offer still stands it waits for that."""
    job = _locked(job_id)
    if job is None or job.state != JobState.OPEN or job.open_until is None:
        return None
    alive = JobOffer.objects.filter(job=job, state__in=LIVE)
    until = list(alive.values_list("valid_until", flat=True))
    due = closes_at(open_until=job.open_until, offers_until=until)
    if due > clock.now():
        set_timer(EXPIRE, subject_id=job.pk, at=due, entry=due.isoformat())
        return job
    step_job(job, "expire", by=SYSTEM)
    tell_customer(job, notices.EXPIRED_CUSTOMER, key="expired")
    return job


@transaction.atomic
def end_offer(*, offer_id: UUID) -> JobOffer | None:
    """End an offer that nobody chose in its time."""
    known = JobOffer.objects.filter(pk=offer_id).values_list("job_id", flat=True).first()
    job = None if known is None else _locked(known)
    rows = JobOffer.objects.select_related("worker", "job").filter(pk=offer_id, state__in=LIVE)
    if job is None or (offer := rows.first()) is None or offer.valid_until > clock.now():
        return None
    step_offer(job, offer, "expire", by=SYSTEM)
    publish(JobOfferEnded(**about(job, offer), state=offer.state), by=SYSTEM)
    return offer


def _locked(job_id: UUID) -> Job | None:
    rows = Job.objects.select_for_update(of=("self",)).select_related("service", "customer__user")
    return rows.filter(pk=job_id).first()
