"""The office answers payers' banks, says whose fault it was, and forgives debts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.actor import Actor
from kernel.errors import NotFound, Refusal
from payments.actions.accept_dispute import accept_dispute
from payments.actions.debts import ask_to_forgive, forgive
from payments.actions.send_evidence import dismiss_warning, find_fault, hand_in_evidence
from payments.forms.back import AcceptForm, EvidenceForm, FindingForm, ReasonForm
from payments.models import Dispute
from payments.queries.disputes import all_disputes, dispute_by, is_answerable
from payments.queries.going_back import debts_for, forgivable_since
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.forms import show_refusal, tell_refusal

PAGE = 30
Write = Callable[[Actor, UUID, dict[str, Any]], object]
STEPS: dict[str, tuple[type[forms.Form], Write]] = {
    "evidence": (
        EvidenceForm,
        lambda by, which, said: hand_in_evidence(by=by, dispute_id=which, words=said["words"]),
    ),
    "fault": (
        FindingForm,
        lambda by, which, said: find_fault(
            by=by, dispute_id=which, fault=said["fault"], finding=said["reason"]
        ),
    ),
    "accept": (
        AcceptForm,
        lambda by, which, said: accept_dispute(
            by=by, dispute_id=which, confirmed=bool(said.get("confirm"))
        ),
    ),
    "dismiss": (forms.Form, lambda by, which, said: dismiss_warning(by=by, dispute_id=which)),
}


@require_safe
def dispute_list(request: Request) -> HttpResponse:
    """List disputes and warnings, newest first."""
    rows = all_disputes(office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "zone": request.tenant.timezone}
    return render(request, "payments/office/disputes.html", context)


@require_safe
def dispute_page(request: Request, dispute_id: UUID) -> HttpResponse:
    """Show one dispute: what is at stake, and what can be done until when."""
    return _show(request, dispute_by(office_actor_of(request), dispute_id))


@require_POST
def dispute_step(request: Request, dispute_id: UUID, step: str) -> HttpResponse:
    """Send evidence, accept, say whose fault it was, or dismiss a warning."""
    by = office_actor_of(request)
    dispute = dispute_by(by, dispute_id)
    if step not in STEPS:
        raise NotFound(what="step")
    make, write = STEPS[step]
    form = make(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                write(by, dispute_id, form.cleaned_data)
            messages.success(request, gettext("Noted."))
            return redirect("payments_dispute", dispute_id)
        except Refusal as refusal:
            show_refusal(form, refusal)
    return _show(request, dispute, status=422, **{step: form})


def _show(
    request: Request, dispute: Dispute, *, status: int = 200, **filled: forms.Form
) -> HttpResponse:
    blank: dict[str, forms.Form] = {
        "evidence": EvidenceForm(initial={"words": dispute.evidence}),
        "fault": FindingForm(initial={"fault": dispute.fault, "reason": dispute.finding}),
        "accept": AcceptForm(),
        "dismiss": forms.Form(),
    }
    context = {
        "dispute": dispute,
        "answerable": is_answerable(dispute),
        "zone": request.tenant.timezone,
        **blank,
        **filled,
    }
    return render(request, "payments/office/dispute.html", context, status=status)


@require_safe
def debt_list(request: Request) -> HttpResponse:
    """List what workers owe, oldest first."""
    rows = debts_for(office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": ReasonForm(),
        "forgivable_since": forgivable_since(),
        "me": office_actor_of(request).member_id,
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/office/debts.html", context)


@require_http_methods(["POST"])
def forgive_debt(request: Request, debt_id: UUID, step: str) -> HttpResponse:
    """Propose to write a debt off, or agree to what somebody else proposed."""
    by = office_actor_of(request)
    try:
        with transaction.atomic():
            if step == "ask":
                ask_to_forgive(by=by, debt_id=debt_id, reason=request.POST.get("reason", ""))
            else:
                forgive(by=by, debt_id=debt_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    return redirect("payments_debts")
