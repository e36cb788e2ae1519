"""A worker's week and time off, edited by thumb."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kernel.actor import Role
from kernel.errors import Refusal
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import own_worker, published_services
from marketplace.matching.actions.set_plan import end_time_off, set_plan, take_time_off
from marketplace.matching.forms import PlanForm, TimeOffForm
from marketplace.matching.models import TimeOff
from marketplace.matching.queries import jobs_in, plan_of, time_off_of
from marketplace.matching.rules.spans import Span
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import refusal_words, show_refusal


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_page(request: Request) -> HttpResponseBase:
    """Show and change the weekly plan."""
    by = actor_of(request, role=Role.WORKER)
    worker = own_worker(by)
    if request.method != "POST":
        form = _week(worker, PlanForm.initial_of(list(plan_of(worker.pk))))
        return _show(request, worker, form)
    if "copy" in request.POST:
        return _show(request, worker, _week(worker, PlanForm.copied(request.POST)))
    form = PlanForm(request.POST, services=_services(worker))
    if form.is_valid():
        try:
            with transaction.atomic():
                set_plan(by=by, rows=form.hours())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Your hours are saved."))
            return redirect("matching:plan")
    return _show(request, worker, form)


@signed_in
@require_POST
def time_off(request: Request) -> HttpResponseBase:
    """Keep some time free."""
    by = actor_of(request, role=Role.WORKER)
    worker = own_worker(by)
    form = TimeOffForm(request.POST)
    if form.is_valid():
        starts_at, ends_at = form.span(ZoneInfo(worker.zone))
        try:
            with transaction.atomic():
                kind = form.cleaned_data["kind"] or TimeOff.AWAY
                off = take_time_off(by=by, starts_at=starts_at, ends_at=ends_at, kind=kind)
        except Refusal as refusal:
            form.add_error("last", refusal_words(refusal))
        else:
            messages.success(request, gettext("You get no new bookings then."))
            if jobs_in([worker.pk], Span(starts_at, ends_at)).exists():
                return redirect("matching:absence", off.pk)
            return redirect("matching:plan")
    week = _week(worker, PlanForm.initial_of(list(plan_of(worker.pk))))
    return _show(request, worker, week, off=form)


@signed_in
@require_POST
def work_again(request: Request, time_off_id: UUID) -> HttpResponse:
    """Take bookings again in some time that was kept free."""
    end_time_off(by=actor_of(request, role=Role.WORKER), time_off_id=time_off_id)
    messages.success(request, gettext("You can be booked again then."))
    return redirect("matching:plan")


def _week(worker: Worker, first: dict[str, Any]) -> PlanForm:
    return PlanForm(initial=first, services=_services(worker))


def _services(worker: Worker) -> list[tuple[str, str]]:
    offers = published_services(worker.pk)
    return [(str(offer.service_id), offer.service.name) for offer in offers]


def _show(
    request: Request, worker: Worker, form: PlanForm, *, off: Form | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "off": off or TimeOffForm(),
        "times_off": time_off_of(worker.pk),
        "worker": worker,
    }
    wrong = form.errors or (off is not None and off.errors)
    return render(request, "matching/plan.html", context, status=422 if wrong else 200)
