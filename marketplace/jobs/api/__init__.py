"""Jobs and offers, for programs."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router, Status

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from kernel.idempotency import made_once
from kernel.paging import page_of
from kernel.timers import run_due_of
from marketplace.bookings.access import customer_of
from marketplace.jobs.access import part_in_job
from marketplace.jobs.actions import post_job as posting
from marketplace.jobs.actions.save_job import save_job
from marketplace.jobs.api.offers import router as offers
from marketplace.jobs.api.shapes import JobIn, JobOut, JobPage, JobRole, JobStepIn, job_out
from marketplace.jobs.models import Job
from marketplace.jobs.queries.comparing import job_sheet
from marketplace.jobs.queries.jobs import jobs_of, sent_to, the_job
from tenants.tenancy.access import actor_of, office_actor_of

router = Router(tags=["jobs"])
router.add_router("", offers)

STEPS: dict[str, Callable[..., Job]] = {
    "post": posting.post_job,
    "withdraw": posting.withdraw_job,
    "approve": posting.approve_job,
    "send_back": posting.send_back_job,
    "take_down": posting.take_down_job,
}
WITH_REASON = ("send_back", "take_down")


@router.post("/jobs", response={201: JobOut}, operation_id="describe_job")
def create_job(
    request: HttpRequest,
    body: JobIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[Any]:
    """Describe work that is to be done and, unless `post` is false, let workers see it."""
    by = customer_of(request)

    def make() -> JobOut:
        job = save_job(by=by, described=body.described())
        if body.post:
            job = posting.post_job(by=by, job_id=job.pk)
        return job_out(job_sheet(job, by=by))

    asked = body.model_dump(mode="json")
    return Status(
        *made_once(by=by, key=idempotency_key, operation="describe_job", asked=asked, make=make)
    )


@router.get("/jobs", response=JobPage, operation_id="list_jobs")
def list_jobs(
    request: HttpRequest, role: JobRole = "customer", state: str = "", cursor: str = ""
) -> JobPage:
    """List the caller's jobs, those shown to them as a worker, or all for the office."""
    by = office_actor_of(request) if role == "office" else actor_of(request, role=Role(role))
    found = jobs_of(by)
    rows, following = page_of(found.filter(state=state) if state else found, cursor)
    return JobPage(items=[_out(row, by) for row in rows], next_cursor=following)


@router.get("/jobs/{job_id}", response=JobOut, operation_id="get_job")
def get_job(request: HttpRequest, job_id: UUID) -> JobOut:
    """Return one job, with the steps that the caller may take now (`actions`)."""
    by, job = part_in_job(request, job_id)
    run_due_of(job.pk)
    return _out(the_job(by=by, job_id=job.pk), by)


@router.post("/jobs/{job_id}/transitions/{step}", response=JobOut, operation_id="step_job")
def create_job_transition(request: HttpRequest, job_id: UUID, step: str, body: JobStepIn) -> JobOut:
    """Take a step on a job: post, withdraw; for the office approve, send_back, take_down."""
    by, job = part_in_job(request, job_id)
    if step not in STEPS:
        raise NotFound(what="step")
    reason = {"reason": body.reason} if step in WITH_REASON else {}
    return _out(STEPS[step](by=by, job_id=job.pk, **reason), by)


def _out(job: Job, by: Actor) -> JobOut:
    sent = sent_to(by=by, job=job) if by.role == Role.WORKER else None
    return job_out(job_sheet(job, by=by, sent=sent))
