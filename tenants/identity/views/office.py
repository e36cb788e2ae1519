"""The office's pages: what waits for review, one check, all checks, badges."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound, Refusal
from tenants.identity import queries
from tenants.identity.access import watermarked_response
from tenants.identity.actions.claim_check import claim_check
from tenants.identity.actions.decide import decide
from tenants.identity.actions.issue_badge import issue_badge
from tenants.identity.actions.revoke_badge import revoke_badge
from tenants.identity.forms import DecisionForm, RevokeForm
from tenants.identity.models import WorkerCheck
from tenants.identity.rules.check_types import type_of
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.actions.log_access import log_access
from tenants.tenancy.forms import show_refusal, tell_refusal
from tenants.tenancy.queries import member

PAGE = 30


@require_safe
def queue(request: Request) -> HttpResponse:
    """List what waits for a person, the most urgent first."""
    rows = queries.review_queue(by=office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "identity/office/queue.html", {**_about(request), "page": page})


@require_safe
def checks(request: Request) -> HttpResponse:
    """List all checks, newest first."""
    rows = queries.checks(by=office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "identity/office/checks.html", {**_about(request), "page": page})


@require_safe
def check(request: Request, check_id: UUID) -> HttpResponse:
    """Show one check: what was handed in, what happened, what can be decided."""
    by = office_actor_of(request)
    return _show(request, by, queries.check_to_review(by=by, check_id=check_id))


@require_POST
def claim(request: Request, check_id: UUID) -> HttpResponse:
    """Take a check for a quarter of an hour."""
    by = office_actor_of(request)
    try:
        claim_check(by=by, check_id=check_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    return redirect("identity_check", check_id)


@require_POST
def decision(request: Request, check_id: UUID) -> HttpResponse:
    """Take a decision; what does not fit is shown on the same page."""
    by = office_actor_of(request)
    row = queries.check_to_review(by=by, check_id=check_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, by, row, form=form)
    try:
        with transaction.atomic():
            decided = decide(by=by, check_id=check_id, **form.cleaned_data)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, by, row, form=form)
    if decided.proposal and decided.decided_at is None:
        messages.info(request, gettext("Proposed. A second person has to confirm it."))
    else:
        messages.success(request, gettext("Decided. The worker is told."))
    return redirect("identity_queue")


@require_safe
def evidence(request: Request, check_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Show one piece of evidence to whoever reviews it, marked with their name, and log it."""
    by = office_actor_of(request)
    found = queries.evidence_file(by=by, check_id=check_id, evidence_id=evidence_id)
    log_access(by=by, object_kind="identity.evidence", object_id=found.pk, purpose="review")
    at = clock.now().astimezone(ZoneInfo(request.tenant.timezone))
    return watermarked_response(found.file, mark=f"{_name(by)}  {at:%Y-%m-%d %H:%M}")


@require_safe
def badges(request: Request) -> HttpResponse:
    """List badges, with a way to revoke each."""
    rows = queries.badges(by=office_actor_of(request))
    context = {
        **_about(request),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "form": RevokeForm(),
        "now": clock.now(),
    }
    return render(request, "identity/office/badges.html", context)


@require_POST
def revoke(request: Request, badge_id: UUID) -> HttpResponse:
    """Revoke a badge."""
    form = RevokeForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        revoke_badge(by=office_actor_of(request), badge_id=badge_id, reason=reason)
        messages.success(request, gettext("The badge is not valid any more."))
    else:
        messages.error(request, gettext("Choose a reason and confirm that you mean it."))
    return redirect("identity_badges")


@require_POST
def issue(request: Request, member_id: UUID) -> HttpResponse:
    """Issue a new badge to a worker."""
    try:
        issue_badge(by=office_actor_of(request), member_id=member_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, gettext("A new badge was issued."))
    return redirect("identity_badges")


def _show(
    request: Request, by: Actor, row: WorkerCheck, form: DecisionForm | None = None
) -> HttpResponse:
    taken = row.claimed_until is not None and row.claimed_until > clock.now()
    context: dict[str, Any] = {
        **_about(request),
        "check": row,
        "mine": taken and row.claimed_by_id == by.member_id,
        "taken": taken,
        "evidence": queries.evidence_of(row),
        "stated": [(name, value) for name, value in sorted(row.fields.items())],
        "steps": queries.steps_of(row),
        "two_people": type_of(row.kind).two_people,
        "form": form or DecisionForm(),
    }
    status = 422 if form else 200
    return render(request, "identity/office/check.html", context, status=status)


def _about(request: Request) -> dict[str, Any]:
    return {"zone": request.tenant.timezone, "at": clock.now()}


def _name(by: Actor) -> str:
    if by.member_id is None:
        raise NotFound(what="membership")
    return str(member(by.member_id).user)
