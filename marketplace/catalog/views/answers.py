"""Where workers and customers answer what a business asks about them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kernel.actor import OFFICE, Actor, Role
from kernel.errors import Refusal
from marketplace.catalog.actions.answer import (
    answer_as_customer,
    answer_as_worker,
)
from marketplace.catalog.forms.answers import Asks
from marketplace.catalog.models import CustomField
from marketplace.catalog.queries import all_offers_of, own_worker
from marketplace.catalog.queries.fields import (
    answer_file,
    fields_for,
    fields_of_worker,
    raw_answers,
)
from tenants.tenancy.access import Request, actor_of, file_response, roles, signed_in
from tenants.tenancy.forms import show_refusal

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of questions: about what, which ones, how the answers are kept, and where to go on."""

    by: Actor
    title: str
    subject_id: UUID
    fields: Sequence[CustomField]
    keep: Callable[[Mapping[str, object], Collection[str]], object]
    back: str
    others: Sequence[tuple[str, str]] = ()


@signed_in
@require_http_methods(FORM)
def worker_page(request: Request) -> HttpResponseBase:
    """Let a worker answer questions about themselves, and find those about their services."""
    by = actor_of(request, role=Role.WORKER)
    worker = own_worker(by)
    offers = all_offers_of(worker.pk).exclude(state="hidden").select_related("service")
    sheet = Sheet(
        by=by,
        title=gettext("More about you"),
        subject_id=worker.pk,
        fields=fields_of_worker(worker.pk),
        keep=lambda given, consents: answer_as_worker(by=by, given=given, consents=consents),
        back="catalog:worker_answers",
        others=[(each.service.shown_name, f"/work/services/{each.service_id}/") for each in offers],
    )
    return _page(request, sheet)


@signed_in
@require_http_methods(FORM)
def customer_page(request: Request) -> HttpResponseBase:
    """Let a customer answer questions about themselves."""
    by = actor_of(request, role=Role.CUSTOMER)
    assert by.member_id
    sheet = Sheet(
        by=by,
        title=gettext("More about you"),
        subject_id=by.member_id,
        fields=fields_for("customer"),
        keep=lambda given, consents: answer_as_customer(by=by, given=given, consents=consents),
        back="catalog:customer_answers",
    )
    return _page(request, sheet)


def _page(request: Request, sheet: Sheet) -> HttpResponseBase:
    fields = [each for each in sheet.fields if each.visibility != "staff"]
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = Asks(*posted)
    form.ask(fields, known=raw_answers(sheet.subject_id))
    if posted and form.is_valid():
        try:
            with transaction.atomic():
                sheet.keep(form.answers(by=sheet.by), form.consents())
        except Refusal as refusal:
            if not form.show_answers_refused(refusal):
                show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved. Thank you."))
            return redirect(sheet.back)
    context = {
        "form": form,
        "questions": form.questions(),
        "title": sheet.title,
        "others": sheet.others,
        "work": sheet.by.role == Role.WORKER,
    }
    status = 422 if form.errors else 200
    return render(request, "catalog/answers.html", context, status=status)


@signed_in
@require_safe
def file(request: Request, file_id: UUID) -> HttpResponse:
    """Hand out a file that was an answer: to whom gave it, and to the team."""
    mine = {member.pk for member in roles(request).values()}
    office = any(role in roles(request) for role in OFFICE)
    return file_response(answer_file(file_id, uploaders=None if office else mine))
