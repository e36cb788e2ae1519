"""The office's pages about jobs: a list, those that wait first, and one with its whole story."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kernel.errors import NotFound, Refusal
from marketplace.bookings.kinds import TAKERS
from marketplace.jobs import kinds
from marketplace.jobs.actions.post_job import approve_job, send_back_job, take_down_job
from marketplace.jobs.forms import ReasonForm
from marketplace.jobs.models import Sent
from marketplace.jobs.queries.comparing import job_sheet, offers_for
from marketplace.jobs.queries.jobs import (
    history_of,
    office_jobs,
    photo_of,
    the_job,
    waiting_jobs,
)
from marketplace.jobs.rules.states import JobState
from tenants.tenancy.access import Request, file_response, office_actor_of
from tenants.tenancy.forms import show_refusal, tell_refusal

PAGE = 30
WITH_REASON = {"send_back": send_back_job, "take_down": take_down_job}


@require_safe
def job_list(request: Request) -> HttpResponse:
    """List the tenant's jobs, newest first; those that wait for somebody to read them on demand."""
    by = office_actor_of(request)
    waiting = waiting_jobs()
    state = request.GET.get("state", JobState.PENDING_REVIEW if waiting else "")
    state = state if state in set(JobState) else ""
    page = Paginator(office_jobs(by=by, state=state), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": list(JobState), "waiting": waiting}
    return render(request, "jobs/office/list.html", context)


@require_safe
def job_page(request: Request, job_id: UUID) -> HttpResponse:
    """Show a job with everything that happened to it."""
    return _page(request, job_id, ReasonForm())


def _page(
    request: Request, job_id: UUID, form: ReasonForm, *, failed: str = "", status: int = 200
) -> HttpResponse:
    by = office_actor_of(request)
    job = the_job(by=by, job_id=job_id)
    sheet = job_sheet(job, by=by)
    context = {
        "job": sheet,
        "customer": job.customer.user.public_name,
        "offers": offers_for(job, by=by),
        "sent": Sent.objects.filter(job=job).select_related("worker").order_by("rank"),
        "history": [
            (each, kinds.STEPS.get(each.step, each.step), TAKERS.get(each.actor_role, ""))
            for each in history_of(job)
        ],
        "hidden": [kinds.HIDDEN.get(each, each) for each in sheet.hidden],
        "form": form,
        "failed": failed,
    }
    return render(request, "jobs/office/detail.html", context, status=status)


@require_POST
def job_step(request: Request, job_id: UUID, step: str) -> HttpResponse:
    """Approve a job, send it back or take it down; the last two with a reason."""
    by = office_actor_of(request)
    job = the_job(by=by, job_id=job_id)
    if step == "approve":
        try:
            with transaction.atomic():
                approve_job(by=by, job_id=job.pk)
        except Refusal as refusal:
            tell_refusal(request, refusal)
            return redirect("jobs_office_job", job_id)
    elif step in WITH_REASON:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _page(request, job_id, form, failed=step, status=422)
        try:
            with transaction.atomic():
                WITH_REASON[step](by=by, job_id=job.pk, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            show_refusal(form, refusal)
            return _page(request, job_id, form, failed=step, status=refusal.status)
    else:
        raise NotFound(what="step")
    messages.success(request, gettext("Saved."))
    return redirect("jobs_office_job", job_id)


@require_safe
def photo(request: Request, job_id: UUID, position: int) -> HttpResponse:
    """Show a photo of a job to the office."""
    by = office_actor_of(request)
    code = the_job(by=by, job_id=job_id).code
    return file_response(photo_of(by=by, code=code, position=position))
