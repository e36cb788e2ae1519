"""What does not add up: the office's queue."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from kernel.actor import Actor
from kernel.errors import Refusal
from payments.actions.answer_question import answer_question
from payments.forms import AnswerForm
from payments.models import MoneyQuestion
from payments.queries.questions import open_questions, question_for, questions_for
from payments.rules.questions import OPEN, answers_to
from tenants.support.queries import case_about
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.forms import show_refusal

PAGE = 30
LATELY = timedelta(days=1)


def office_questions(request: Request) -> HttpResponse:
    """List what waits for somebody of the office."""
    by = office_actor_of(request)
    context = question_list(request, by) | {"zone": request.tenant.timezone}
    return render(request, "payments/office/questions.html", context)


def office_question(request: Request, question_id: UUID) -> HttpResponse:
    """Show one question, and take its answer."""
    by = office_actor_of(request)
    return one_question(
        request, by, question_id, "payments/office/question.html", "payments_questions"
    )


def question_list(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """Return a page of what waits for this office, or of everything."""
    everything = "all" in request.GET
    rows = questions_for(by) if everything else open_questions(by)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {"page": page, "everything": everything}


def one_question(
    request: Request, by: Actor, question_id: UUID, template: str, back: str
) -> HttpResponse:
    """Show a question, and take its answer."""
    question = question_for(by, question_id)
    answers = answers_to(question.kind, lacks_minor=question.lacks_minor)
    form = AnswerForm(request.POST or None, answers=answers)
    if request.method == "POST" and form.is_valid() and _answered(request, form, by, question):
        return redirect(back)
    context = {
        "question": question,
        "form": form,
        "zone": request.tenant.timezone,
        "back": back,
        "case": case_about(question.pk).first(),
        "mine": by.member_id == question.proposed_by_id,
    }
    return render(request, template, context, status=400 if form.errors else 200)


def _answered(request: HttpRequest, form: AnswerForm, by: Actor, question: MoneyQuestion) -> bool:
    try:
        now = answer_question(by=by, question_id=question.pk, **form.cleaned_data)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    if now.state == OPEN:
        said = gettext("Noted. Somebody else has to agree before it is booked.")
    else:
        said = gettext("Thank you. This question is closed.")
    messages.success(request, said)
    return True
