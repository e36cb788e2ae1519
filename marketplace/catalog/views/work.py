"""A worker's own pages: applying, where one stands, services, area."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.actor import Actor, Role
from kernel.errors import NotFound, Refusal
from marketplace.catalog.actions.apply import Profile, apply, edit_profile
from marketplace.catalog.actions.decide_worker import pause, take_step
from marketplace.catalog.actions.publish_service import set_services
from marketplace.catalog.actions.set_area import PartWish, set_area, set_parts
from marketplace.catalog.forms.work import ApplyForm, AreaForm, OfferForm, PauseForm
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import (
    all_offers_of,
    own_worker,
    readiness,
    services,
    zones,
)
from marketplace.catalog.queries.areas import part_of, parts_of
from marketplace.catalog.queries.fields import fields_of_worker
from marketplace.catalog.queries.terms import own_variants
from marketplace.catalog.rules.areas import Circle
from marketplace.catalog.rules.worker_states import State, Step, steps_from
from tenants.tenancy.access import Request, actor_of, roles, signed_in
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.forms import show_refusal
from tenants.tenancy.models import User

OWN_STEPS = {Step.PAUSE, Step.RESUME, Step.LEAVE}
GONE = {State.REJECTED, State.LEFT}


def _worker_or_none(request: Request) -> Worker | None:
    if Role.WORKER not in roles(request):
        return None
    try:
        return own_worker(actor_of(request, role=Role.WORKER))
    except NotFound:
        return None


@signed_in
@require_safe
def home(request: Request) -> HttpResponseBase:
    """Show a worker where they stand and what comes next."""
    worker = _worker_or_none(request)
    if worker is None:
        return redirect("catalog:apply")
    context = {
        "worker": worker,
        "gaps": [(gap, gettext(gap.title)) for gap in readiness(worker)],
        "steps": steps_from(State(worker.state), role=Role.WORKER),
        "actor": actor_of(request, role=Role.WORKER),
        "pause_form": PauseForm(),
        "asks": bool(fields_of_worker(worker.pk)),
    }
    return render(request, "catalog/work_home.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def apply_page(request: Request) -> HttpResponseBase:
    """Let somebody apply, or go on with an application or a profile."""
    worker = _worker_or_none(request)
    user = cast("User", request.user)
    form = _apply_form(request, worker, named=bool(user.first_name))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _apply(request, user, form)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved. Thank you."))
            return redirect("catalog:work")
    context = {"form": form, "worker": worker}
    return render(request, "catalog/apply.html", context, status=422 if form.errors else 200)


def _apply_form(request: Request, worker: Worker | None, *, named: bool) -> ApplyForm:
    if request.method == "POST":
        return ApplyForm(request.POST, request.FILES, named=named)
    language = request.tenant.locale[:2]
    first: dict[str, object] = {"languages": [language]}
    if worker is not None:
        first = {name: getattr(worker, name) for name in ("headline", "bio", "languages")}
    return ApplyForm(initial=first, named=named)


def _apply(request: Request, user: User, form: ApplyForm) -> None:
    worker = apply(user=user, profile=form.profile())
    if (photo := form.cleaned_data["photo"]) is None:
        return
    by = Actor(role=Role.WORKER, member_id=worker.member_id)
    stored = take_upload(by=by, upload=photo, purpose="worker_photo")
    said = form.profile()
    edit_profile(
        by=by,
        profile=Profile(
            headline=said.headline, bio=said.bio, languages=said.languages, photo_id=stored.pk
        ),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def services_page(request: Request) -> HttpResponseBase:
    """Let a worker choose what to offer."""
    by = actor_of(request, role=Role.WORKER)
    worker = own_worker(by)
    posted = request.POST if request.method == "POST" else None
    offered = all_offers_of(worker.pk)
    form = OfferForm(
        posted, services=list(services()), offers=list(offered), own=own_variants(worker.pk)
    )
    if posted is not None and form.is_valid():
        try:
            with transaction.atomic():
                set_services(by=by, worker_id=worker.pk, choices=form.choices())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Your services are saved."))
            return redirect("catalog:work")
    context = {"form": form, "worker": worker}
    return render(request, "catalog/services.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def area_page(request: Request) -> HttpResponseBase:
    """Let a worker say where they go."""
    by = actor_of(request, role=Role.WORKER)
    worker = own_worker(by)
    known = list(zones())
    if request.method == "POST":
        form = AreaForm(request.POST, zones=known)
        if form.is_valid():
            set_area(by=by, worker_id=worker.pk, area=form.area())
            set_parts(
                by=by,
                worker_id=worker.pk,
                parts=[*form.parts(), *_circles(worker)],
                goes_around=form.cleaned_data["goes_around"] or not form.parts(),
            )
            messages.success(request, gettext("Your area is saved."))
            return redirect("catalog:work")
    else:
        form = AreaForm(
            initial=AreaForm.initial_of(worker, known, parts_of(worker.pk)), zones=known
        )
    context = {"form": form, "worker": worker}
    return render(request, "catalog/area.html", context, status=422 if form.errors else 200)


def _circles(worker: Worker) -> list[PartWish]:
    """Return the circles of an area, which this page does not ask about and keeps."""
    known = [(row, part_of(row)) for row in parts_of(worker.pk)]
    return [
        PartWish(circle=part, excluded=row.excluded)
        for row, part in known
        if isinstance(part, Circle)
    ]


@signed_in
@require_POST
def own_step(request: Request, step: str) -> HttpResponse:
    """Let a worker pause, come back or leave."""
    by = actor_of(request, role=Role.WORKER)
    if step not in {each.value for each in OWN_STEPS}:
        raise NotFound(what="step")
    worker = own_worker(by)
    if step == Step.PAUSE:
        form = PauseForm(request.POST)
        until = form.moment(worker.zone) if form.is_valid() else None
        pause(by=by, worker_id=worker.pk, until=until)
    else:
        take_step(by=by, worker_id=worker.pk, step=Step(step))
    messages.success(request, gettext("Done."))
    return redirect("catalog:work")
