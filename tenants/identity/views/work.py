"""A worker's own pages: the badge, and the documents."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound, Refusal
from tenants.identity import queries
from tenants.identity.access import portrait_response
from tenants.identity.actions.answer_decision import answer_decision
from tenants.identity.actions.issue_badge import issue_badge
from tenants.identity.actions.request_check import request_check
from tenants.identity.actions.submit_evidence import submit_evidence
from tenants.identity.forms import AnswerForm, EvidenceForm
from tenants.identity.models import Badge, WorkerCheck
from tenants.identity.rules.check_states import FOR_REVIEW, State
from tenants.identity.rules.check_types import type_of
from tenants.identity.rules.requirements import Standing, Status
from tenants.tenancy.access import Request, actor_of, file_response, signed_in
from tenants.tenancy.forms import show_refusal
from tenants.tenancy.queries import address, member

SCANS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One required check on the worker's list, and what can be done about it."""

    standing: Standing
    latest: WorkerCheck | None
    form: EvidenceForm | None
    answer: AnswerForm | None

    @property
    def is_up_to_worker(self) -> bool:
        """Tell whether the worker, not the office, has to do something."""
        return self.form is not None or self.answer is not None


@require_safe
@signed_in
def my_badge(request: Request) -> HttpResponse:
    """Show the badge on the phone, who looked at it, and where to print it."""
    by = _worker(request)
    found = _badge_or_none(by)
    context = {
        "badge": found,
        "revoked": None if found else queries.last_revoked(_member_id(by)),
        "address": queries.badge_address(found) if found else "",
        "name": _name(by),
        "scans": queries.scans_of(by=by)[:SCANS_SHOWN],
        "zone": request.tenant.timezone,
    }
    return render(request, "identity/work_badge.html", context)


@require_safe
@signed_in
def card(request: Request) -> HttpResponse:
    """Show the card as it is printed."""
    by = _worker(request)
    found = queries.badge_of(_member_id(by))
    context = {
        "badge": found,
        "address": queries.badge_address(found),
        "host": address("", serves="badge").split("//")[1],
        "name": _name(by),
        "zone": request.tenant.timezone,
    }
    return render(request, "identity/work_card.html", context)


@require_safe
@signed_in
def my_photo(request: HttpRequest) -> HttpResponse:
    """Show the portrait on the worker's badge."""
    response = portrait_response(queries.holder_of(_member_id(_worker(request))))
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
def new_badge(request: HttpRequest) -> HttpResponse:
    """Issue a new card in place of one that was lost; the old one is not valid any more."""
    by = _worker(request)
    issue_badge(by=by, member_id=_member_id(by))
    messages.success(request, gettext("This is your new badge. The old one is not valid any more."))
    return redirect("identity:badge")


@require_safe
@signed_in
def documents(request: Request) -> HttpResponse:
    """List what is required, how it stands and what to do."""
    return _list(request, _worker(request))


@require_POST
@signed_in
def hand_in(request: Request, kind: str) -> HttpResponse:
    """Take evidence; what does not fit is shown beside the field, and what was written stays."""
    by = _worker(request)
    form = EvidenceForm(type_of(kind), request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                check = request_check(by=by, member_id=_member_id(by), kind=kind)
                files, fields = form.handed_in(), form.stated()
                submit_evidence(by=by, check_id=check.pk, files=files, fields=fields)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Thank you. We will look at it within a day or two."))
            return redirect("identity:documents")
    return _list(request, by, filled={kind: form})


@require_POST
@signed_in
def answer(request: Request, check_id: UUID) -> HttpResponse:
    """Take the worker's answer to a decision."""
    by = _worker(request)
    check = queries.check_of(by=by, check_id=check_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_decision(by=by, check_id=check.pk, text=form.cleaned_data["text"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Thank you. Somebody else will look again."))
            return redirect("identity:documents")
    return _list(request, by, answered={check.kind: form})


@require_safe
@signed_in
def evidence(request: HttpRequest, check_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Show a worker what they have handed in."""
    by = _worker(request)
    found = queries.evidence_file(by=by, check_id=check_id, evidence_id=evidence_id)
    return file_response(found.file)


def _list(
    request: Request,
    by: Actor,
    *,
    filled: dict[str, EvidenceForm] | None = None,
    answered: dict[str, AnswerForm] | None = None,
) -> HttpResponse:
    member_id = _member_id(by)
    latest: dict[str, WorkerCheck] = {}
    for row in queries.attempts_of(member_id):
        latest.setdefault(row.kind, row)
    items = [
        _item(each, latest.get(each.kind), filled or {}, answered or {})
        for each in queries.standings_of(member_id, clock.now())
    ]
    context = {
        "items": items,
        "left": sum(not each.standing.holds and each.is_up_to_worker for each in items),
        "waiting": any(not each.standing.holds for each in items),
        "zone": request.tenant.timezone,
    }
    status = 422 if filled or answered else 200
    return render(request, "identity/work_documents.html", context, status=status)


def _item(
    standing: Standing,
    latest: WorkerCheck | None,
    filled: dict[str, EvidenceForm],
    answered: dict[str, AnswerForm],
) -> Item:
    waits = latest is not None and latest.state in FOR_REVIEW
    may_answer = latest is not None and latest.state == State.ADVERSE_PENDING
    form = filled.get(standing.kind)
    if form is None and not waits and not may_answer and standing.status != Status.OK:
        form = EvidenceForm(type_of(standing.kind))
    reply = answered.get(standing.kind) or (AnswerForm() if may_answer else None)
    return Item(standing, latest, form, reply)


def _worker(request: HttpRequest) -> Actor:
    return actor_of(request, role=Role.WORKER)


def _member_id(by: Actor) -> UUID:
    if by.member_id is None:
        raise NotFound(what="membership")
    return by.member_id


def _name(by: Actor) -> str:
    return member(_member_id(by)).user.public_name


def _badge_or_none(by: Actor) -> Badge | None:
    try:
        return queries.badge_of(_member_id(by))
    except NotFound:
        return None
