"""A job is shown to workers, or first to the office; and what the office decides about it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.events import publish
from kernel.timers import set_timer
from marketplace.jobs import notices
from marketplace.jobs.actions.moves import (
    EXPIRE,
    SEND_OUT,
    lock_job,
    step_job,
    tell_customer,
    who,
)
from marketplace.jobs.events import JobHeld, JobOpened
from marketplace.jobs.models import Job
from marketplace.jobs.queries.jobs import party_in
from marketplace.jobs.rules import posting
from marketplace.jobs.rules.states import FREE, JOB, REVIEW
from marketplace.jobs.tenant_settings import JobSettings
from tenants.tenancy.queries import settings_of


@transaction.atomic
def post_job(*, by: Actor, job_id: UUID) -> Job:
    """Let workers see a job; one full of contacts, or every one where that is wished, waits."""
    job = lock_job(job_id, by=by)
    held = posting.is_reviewed(always=settings_of(JobSettings).review_all, hidden=len(job.hidden))
    if held:
        step_job(job, "post", by=by, branch=REVIEW)
        publish(JobHeld(**who(job)), by=by)
        return job
    _open(job, by=by, step="post", branch=FREE)
    return job


@transaction.atomic
def approve_job(*, by: Actor, job_id: UUID) -> Job:
    """Let workers see a job that waited for the office."""
    job = lock_job(job_id, by=by)
    _open(job, by=by, step="approve")
    assert job.open_until
    tell_customer(job, notices.OPENED_CUSTOMER, key=f"{job.version}", until=job.open_until)
    return job


@transaction.atomic
def send_back_job(*, by: Actor, job_id: UUID, reason: str) -> Job:
    """Ask the customer to change something, with the reason."""
    job = lock_job(job_id, by=by)
    _decide(job, "send_back", by=by, reason=reason)
    tell_customer(job, notices.SENT_BACK_CUSTOMER, key=f"{job.version}", reason=job.reason)
    return job


@transaction.atomic
def take_down_job(*, by: Actor, job_id: UUID, reason: str) -> Job:
    """Take a job away, with the reason; offers for it are lost."""
    job = lock_job(job_id, by=by)
    _decide(job, "take_down", by=by, reason=reason)
    tell_customer(job, notices.TAKEN_DOWN_CUSTOMER, key=f"{job.version}", reason=job.reason)
    return job


@transaction.atomic
def withdraw_job(*, by: Actor, job_id: UUID) -> Job:
    """Look for nobody any more; offers are lost."""
    job = lock_job(job_id, by=by)
    step_job(job, "withdraw", by=by)
    return job


def _decide(job: Job, step: str, *, by: Actor, reason: str) -> None:
    """Take a step of the office: what the table refuses is refused first, then a missing reason."""
    JOB.take(step, origin=job.state, party=party_in(job, by))
    job.reason = posting.check_reason(reason)
    step_job(job, step, by=by, reason=job.reason)


def _open(job: Job, *, by: Actor, step: str, branch: str = "") -> None:
    """Open a job under the rules of the hour."""
    decided, at = settings_of(JobSettings), clock.now()
    posting.check_windows(job.times, at=at)
    job.max_offers, job.reason = decided.max_offers, ""
    job.opened_at, job.open_until = at, at + timedelta(hours=decided.open_hours)
    step_job(job, step, by=by, branch=branch)
    set_timer(EXPIRE, subject_id=job.pk, at=job.open_until, entry=str(job.version))
    set_timer(SEND_OUT, subject_id=job.pk, at=at, entry=str(job.version))
    opened = JobOpened(**who(job), open_until=job.open_until.isoformat())
    publish(opened, by=by)
