"""What does not add up: the office's queue, and the operator's page over all tenants."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound, Refusal
from payments.actions.answer_question import answer_question
from payments.forms import AnswerForm
from payments.models import MoneyQuestion
from payments.queries.questions import open_questions, question_for, questions_for
from payments.queries.recon import last_run, money_by_tenant, refusals_today
from payments.rules.questions import KINDS
from tenants.tenancy.access import Request, office_actor_of, roles, signed_in
from tenants.tenancy.views.signing_in import proved_strongly

PAGE = 30
LATELY = timedelta(days=1)


def office_questions(request: Request) -> HttpResponse:
    """List what waits for somebody of the office."""
    by = office_actor_of(request)
    context = _list(request, by) | {"zone": request.tenant.timezone}
    return render(request, "payments/office/questions.html", context)


def office_question(request: Request, question_id: UUID) -> HttpResponse:
    """Show one question, and take its answer."""
    by = office_actor_of(request)
    return _one(request, by, question_id, "payments/office/question.html", "payments_questions")


def for_operators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in whoever works for the house and has just proved it with a second factor."""

    @wraps(view)
    @never_cache
    @signed_in
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = roles(request).get(Role.STAFF)
        if member is None:
            raise NotFound(what="page")
        if not proved_strongly(request):
            known = is_mfa_enabled(request.user)
            step = reverse("mfa_reauthenticate" if known else "mfa_activate_totp")
            return redirect(f"{step}?{urlencode({'next': request.get_full_path()})}")
        by = Actor(role=Role.STAFF, member_id=member.pk)
        return view(request, by, *args, **kwargs)

    return guarded


@for_operators
def operator_money(request: Request, by: Actor) -> HttpResponse:
    """Show all tenants' money: in, out, in flight; whether the books hold; what waits."""
    now = clock.now()
    context = _list(request, by) | {
        "zone": request.tenant.timezone,
        "flows": money_by_tenant(now - LATELY, now),
        "run": last_run(),
        "refused": refusals_today(now.date()),
    }
    return render(request, "payments/operator/money.html", context)


@for_operators
def operator_question(request: Request, by: Actor, question_id: UUID) -> HttpResponse:
    """Show one of the house's questions, and take its answer."""
    return _one(request, by, question_id, "payments/operator/question.html", "operator_money")


def _list(request: HttpRequest, by: Actor) -> dict[str, Any]:
    everything = "all" in request.GET
    rows = questions_for(by) if everything else open_questions(by)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {"page": page, "everything": everything}


def _one(request: Request, by: Actor, question_id: UUID, template: str, back: str) -> HttpResponse:
    question = question_for(by, question_id)
    form = AnswerForm(request.POST or None, answers=KINDS[question.kind].answers)
    if request.method == "POST" and form.is_valid() and _answered(form, by, question):
        messages.success(request, gettext("Thank you. This question is closed."))
        return redirect(back)
    context = {"question": question, "form": form, "zone": request.tenant.timezone, "back": back}
    return render(request, template, context, status=400 if form.errors else 200)


def _answered(form: AnswerForm, by: Actor, question: MoneyQuestion) -> bool:
    try:
        answer_question(by=by, question_id=question.pk, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, gettext(refusal.title))
        return False
    return True
