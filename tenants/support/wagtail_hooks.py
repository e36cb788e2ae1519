"""The office's pages about cases and decisions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
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

from kernel.actor import Actor
from kernel.errors import NotFound, Refusal
from tenants.support.actions.add_note import add_note
from tenants.support.actions.assign import assign
from tenants.support.actions.communicate import communicate
from tenants.support.actions.contact import contact
from tenants.support.actions.dismiss import dismiss
from tenants.support.actions.reopen import reopen
from tenants.support.actions.resolve import resolve
from tenants.support.forms import (
    KIND_NAMES,
    STATE_NAMES,
    AssignForm,
    ContactForm,
    DismissForm,
    FilterForm,
    ResolveForm,
    TextForm,
)
from tenants.support.models import Case
from tenants.support.queries import (
    case_for,
    cases_for,
    check_chain,
    decision_for,
    decisions_for,
    explanation_of,
    is_overdue,
)
from tenants.support.rules.case_states import STEPS
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import EXPERIENCE, OfficeItem
from tenants.tenancy.forms import show_refusal
from tenants.tenancy.queries import member, office_members

PAGE = 30
Form = type[forms.Form]


@require_safe
def case_list(request: Request) -> HttpResponse:
    """List cases, by state, priority and whether somebody is late."""
    chosen = FilterForm(request.GET)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    cases = cases_for(office_actor_of(request), **wanted)
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": chosen,
        "page": page,
        "items": [(each, STATE_NAMES[each.state], is_overdue(each)) for each in page],
        "zone": request.tenant.timezone,
    }
    return render(request, "support/office/cases.html", context)


@require_safe
def case_page(request: Request, case_id: UUID) -> HttpResponse:
    """Show one case: what happened, and what can be done now."""
    return _show(request, case_for(office_actor_of(request), case_id))


def _show(request: Request, case: Case, **filled: forms.Form) -> HttpResponse:
    possible = {step for state, step in STEPS if state == case.state} | {"note"}
    blank = {name: _form(name, None, case) for name in FORMS if name in possible}
    context = {
        "case": case,
        "state": STATE_NAMES[case.state],
        "overdue": is_overdue(case),
        "events": case.events.select_related("by__user").order_by("at", "id"),
        "forms": {**blank, **filled},
        "possible": possible,
        "zone": request.tenant.timezone,
    }
    return render(request, "support/office/case.html", context, status=422 if filled else 200)


def _form(name: str, posted: Any, case: Case) -> forms.Form:
    if FORMS[name] is AssignForm:
        first = {"owner": str(case.owner_id)}
        members = list(office_members())
        return AssignForm(posted, members=members, initial=first, auto_id=f"{name}_%s")
    return FORMS[name](posted, auto_id=f"{name}_%s")


FORMS: dict[str, Form] = {
    "assign": AssignForm,
    "note": TextForm,
    "contact": ContactForm,
    "resolve": ResolveForm,
    "dismiss": DismissForm,
    "reopen": TextForm,
    "communicate": forms.Form,
}
WRITES: dict[str, Callable[[Actor, UUID, dict[str, Any]], object]] = {
    "assign": lambda by, case, said: assign(by=by, case_id=case, owner_id=UUID(said["owner"])),
    "note": lambda by, case, said: add_note(by=by, case_id=case, text=said["text"]),
    "contact": lambda by, case, said: contact(by=by, case_id=case, text=said["text"]),
    "resolve": lambda by, case, said: resolve(by=by, case_id=case, **said),
    "dismiss": lambda by, case, said: dismiss(by=by, case_id=case, reason=said["reason"]),
    "reopen": lambda by, case, said: reopen(by=by, case_id=case, text=said["text"]),
    "communicate": lambda by, case, said: communicate(by=by, case_id=case),
}


@require_POST
def case_step(request: Request, case_id: UUID, step: str) -> HttpResponse:
    """Take a step with a case; what does not fit is shown beside the form it came from."""
    by = office_actor_of(request)
    if step not in WRITES:
        raise NotFound(what="step")
    case = case_for(by, case_id)
    form = _form(step, request.POST, case)
    if not form.is_valid():
        return _show(request, case, **{step: form})
    try:
        with transaction.atomic():
            WRITES[step](by, case_id, form.cleaned_data)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, case, **{step: form})
    messages.success(request, gettext("Saved."))
    return redirect("support_case", case_id)


@require_safe
def decision_list(request: Request) -> HttpResponse:
    """List decisions, and say whether the chain still holds."""
    decisions = decisions_for(office_actor_of(request))
    page = Paginator(decisions, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": [(each, KIND_NAMES[each.kind]) for each in page],
        "check": check_chain(),
        "zone": request.tenant.timezone,
    }
    return render(request, "support/office/decisions.html", context)


@require_safe
def decision_page(request: Request, decision_id: UUID) -> HttpResponse:
    """Show one decision: what went in, what counted, who decided."""
    row = decision_for(office_actor_of(request), decision_id)
    context = {
        "decision": row,
        "kind": KIND_NAMES[row.kind],
        "record": row.record,
        "human": _human(row.record["human_id"]),
        "reasons": [gettext(each) for each in explanation_of(row)],
        "zone": request.tenant.timezone,
    }
    return render(request, "support/office/decision.html", context)


def _human(human_id: str | None) -> str:
    """Return the name of whoever decided: colleagues may know."""
    return str(member(UUID(human_id)).user) if human_id else ""


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """Say where these pages are."""
    return [
        path("cases/", case_list, name="support_cases"),
        path("cases/<uuid:case_id>/", case_page, name="support_case"),
        path("cases/<uuid:case_id>/<slug:step>/", case_step, name="support_case_step"),
        path("decisions/", decision_list, name="support_decisions"),
        path("decisions/<uuid:decision_id>/", decision_page, name="support_decision"),
    ]


@hooks.register("register_admin_menu_item")
def cases_item() -> MenuItem:
    """Put cases into the menu."""
    where = reverse("support_cases")
    return OfficeItem(gettext_lazy("Cases"), where, icon_name="help", order=310, group=EXPERIENCE)


@hooks.register("register_admin_menu_item")
def decisions_item() -> MenuItem:
    """Put decisions into the menu."""
    return OfficeItem(
        gettext_lazy("Decisions"),
        reverse("support_decisions"),
        icon_name="lock",
        order=320,
        group=EXPERIENCE,
    )
