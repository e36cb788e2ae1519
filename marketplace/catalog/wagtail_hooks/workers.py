"""The office's pages about who works here."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel.errors import Invalid, NotFound, Refusal
from marketplace.catalog.actions.decide_worker import Because, take_step
from marketplace.catalog.actions.suspend import dismiss_suspension, suspend, write_decision
from marketplace.catalog.forms.work import DecisionForm, WrittenDecisionForm
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import (
    open_suspension,
    published_services,
    readiness,
    worker,
    workers_for,
)
from marketplace.catalog.queries.fields import EVERYTHING, answers_of
from marketplace.catalog.rules.worker_states import State, Step, steps_from
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import PEOPLE, OfficeItem
from tenants.tenancy.forms import show_refusal, tell_refusal

PAGE = 30
STEP_NAMES = {
    Step.START_REVIEW: gettext_lazy("Start the review"),
    Step.ASK_INFO: gettext_lazy("Ask for something"),
    Step.REJECT: gettext_lazy("Reject"),
    Step.APPROVE: gettext_lazy("Approve"),
    Step.SUSPEND: gettext_lazy("Suspend"),
    Step.REINSTATE: gettext_lazy("End the suspension"),
    Step.REMOVE: gettext_lazy("Remove for good"),
}


@require_safe
def worker_list(request: Request) -> HttpResponse:
    """List who applied and who works here; applications that wait come first."""
    wanted = request.GET.get("state", "waiting")
    rows = workers_for(office_actor_of(request), wanted=wanted)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "states": ["waiting", *(each.value for each in State)],
        "zone": request.tenant.timezone,
    }
    return render(request, "catalog/office/workers.html", context)


@require_safe
def worker_page(request: Request, worker_id: UUID) -> HttpResponse:
    """Show one worker: who they are, what is missing, and what can be decided."""
    office_actor_of(request)
    return _show(request, worker(worker_id))


def _show(request: Request, row: Worker, **filled: DecisionForm) -> HttpResponse:
    by = office_actor_of(request)
    steps = steps_from(State(row.state), role=by.role)
    forms = [
        (step.value, STEP_NAMES[step], filled.get(step.value) or DecisionForm(step=step))
        for step in steps
    ]
    context = {
        "worker": row,
        "offers": published_services(row.pk),
        "gaps": [gettext(gap.title) for gap in readiness(row)],
        "forms": forms,
        "suspension": open_suspension(row.pk),
        "decision": WrittenDecisionForm(),
        "answers": answers_of(row.pk, seen=EVERYTHING),
        "zone": request.tenant.timezone,
    }
    return render(request, "catalog/office/worker.html", context, status=422 if filled else 200)


@require_POST
def worker_step(request: Request, worker_id: UUID, step: str) -> HttpResponse:
    """Decide about a worker; what does not fit is shown beside the form it came from."""
    by = office_actor_of(request)
    if step not in {each.value for each in STEP_NAMES}:
        raise NotFound(what="step")
    row, taken = worker(worker_id), Step(step)
    form = DecisionForm(request.POST, step=taken)
    if not form.is_valid():
        return _show(request, row, **{step: form})
    because = Because(form.cleaned_data.get("note", ""), form.cleaned_data.get("reason", ""))
    try:
        with transaction.atomic():
            if taken == Step.SUSPEND:
                said = {"note": because.note, "evidence": form.cleaned_data["evidence"]}
                suspend(by=by, worker_id=row.pk, reason=because.reason, **said)
            else:
                take_step(by=by, worker_id=row.pk, step=taken, because=because)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, row, **{step: form})
    messages.success(request, gettext("Decided. The worker is told."))
    return redirect("catalog_worker", row.pk)


@require_POST
def suspension_step(request: Request, suspension_id: UUID, step: str) -> HttpResponse:
    """Write down why a suspension stands, or let a proposal come to nothing."""
    by = office_actor_of(request)
    try:
        with transaction.atomic():
            if step == "decide":
                decision = request.POST.get("decision", "")
                row = write_decision(by=by, suspension_id=suspension_id, decision=decision)
            elif step == "dismiss":
                row = dismiss_suspension(by=by, suspension_id=suspension_id)
            else:
                raise NotFound(what="step")
    except Invalid as refusal:
        tell_refusal(request, refusal)
        return redirect(request.headers.get("referer") or "catalog_workers")
    messages.success(request, gettext("Saved."))
    return redirect("catalog_worker", row.worker_id)


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """Say where these pages are."""
    return [
        path("workers/", worker_list, name="catalog_workers"),
        path("workers/<uuid:worker_id>/", worker_page, name="catalog_worker"),
        path(
            "suspensions/<uuid:suspension_id>/<slug:step>/",
            suspension_step,
            name="catalog_suspension",
        ),
        path("workers/<uuid:worker_id>/<slug:step>/", worker_step, name="catalog_worker_step"),
    ]


@hooks.register("register_admin_menu_item")
def workers_item() -> MenuItem:
    """Put workers into the menu."""
    return OfficeItem(
        gettext_lazy("Workers"),
        reverse("catalog_workers"),
        icon_name="group",
        order=200,
        group=PEOPLE,
    )
