"""A worker's side of jobs: those near them, one with what it would pay, and their offer for it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Conflict, Invalid, Refusal
from kernel.timers import run_due_of
from marketplace.bookings import kinds as words
from marketplace.bookings.actions.quote import price_wish
from marketplace.jobs.actions import send_offer as sending
from marketplace.jobs.forms import OfferForm, SlotsForm, typed_offer
from marketplace.jobs.models import Job, JobOffer, Sent
from marketplace.jobs.queries.comparing import job_sheet, net_of, offer_sheet, wish_for
from marketplace.jobs.queries.jobs import (
    latest_offers,
    open_jobs_for,
    photo_of,
    sent_to,
    the_job,
)
from marketplace.jobs.queries.sending import not_shown
from marketplace.jobs.rules.states import JobState, OfferState
from tenants.tenancy.access import Request, actor_of, file_response, signed_in
from tenants.tenancy.forms import fields_of, refusal_words, tell_refusal

LINES_GO_TO = {"lines": "price1", "slots": "slot1"}


@require_safe
@signed_in
def open_jobs(request: Request) -> HttpResponse:
    """List the open jobs near one; what one offered already stands beside."""
    by = actor_of(request, role=Role.WORKER)
    rows = [(job_sheet(sent.job, by=by, sent=sent), own) for sent, own in open_jobs_for(by)]
    left_out = [(each, words.BARRIERS[each.barrier]) for each in not_shown(by)]
    return render(request, "jobs/open_jobs.html", {"rows": rows, "left_out": left_out})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def open_job(request: Request, code: str) -> HttpResponse:
    """Show a job and take an offer for it: first what it would pay, then the button that sends."""
    by = actor_of(request, role=Role.WORKER)
    run_due_of(the_job(by=by, code=code).pk)
    job = the_job(by=by, code=code)
    sent = sent_to(by=by, job=job)
    own = latest_offers(sent.worker_id, [job.pk]).get(job.pk)
    if request.method != "POST":
        return _page(request, by, job, sent, own, form=_empty(job, own))
    form = OfferForm(request.POST, zone=job.zone, currency=job.currency)
    if not form.is_valid():
        return _page(request, by, job, sent, own, form=form, status=422)
    if request.POST.get("action") == "price":
        return _priced(request, by, job, sent, own, form)
    return _send(request, by, job, sent, own, form)


def _empty(job: Job, own: JobOffer | None) -> OfferForm:
    known = {"minutes": job.service.shortest_minutes, "label1": job.service.said("name")}
    if own is not None:
        known = typed_offer(own)
    return OfferForm(zone=job.zone, currency=job.currency, initial=known)


def _priced(
    request: Request, by: Actor, job: Job, sent: Sent, own: JobOffer | None, form: OfferForm
) -> HttpResponse:
    """Work out what the worker would get, before anything is sent."""
    terms = form.terms()
    draft = JobOffer(job=job, worker=sent.worker, worker_service=sent.offer)
    draft.take_terms(terms)
    try:
        priced = price_wish(wish=wish_for(draft, starts_at=min(terms.slots)))
    except (Conflict, Invalid) as refusal:
        _show(form, refusal)
        return _page(request, by, job, sent, own, form=form, status=refusal.status)
    return _page(request, by, job, sent, own, form=form, net=net_of(priced), priced=priced)


def _send(
    request: Request, by: Actor, job: Job, sent: Sent, own: JobOffer | None, form: OfferForm
) -> HttpResponse:
    try:
        if own is not None and own.state == OfferState.COUNTERED:
            sending.answer_counter(by=by, offer_id=own.pk, terms=form.terms())
        else:
            sending.send_offer(by=by, job_id=job.pk, terms=form.terms())
    except (Conflict, Invalid) as refusal:
        _show(form, refusal)
        return _page(request, by, job, sent, own, form=form, status=refusal.status)
    messages.success(request, gettext("Sent. You will hear if the customer asks or chooses."))
    return redirect("jobs:open_job", code=job.code)


def _show(form: OfferForm, refusal: Refusal) -> None:
    for name in refusal.details.get("fields", ()):
        if LINES_GO_TO.get(name, name) in form.fields:
            form.add_error(LINES_GO_TO.get(name, name), refusal_words(refusal))
            return
    named: list[str | None] = [*fields_of(refusal, form)]
    for each in named or [None]:
        form.add_error(each, refusal_words(refusal))


def _page(
    request: Request,
    by: Actor,
    job: Job,
    sent: Sent,
    own: JobOffer | None,
    *,
    form: OfferForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    alive = own is not None and own.is_live
    may_send = job.state == JobState.OPEN and bool(job.open_until and clock.now() < job.open_until)
    countered = own is not None and own.state == OfferState.COUNTERED
    km = number_format(round(sent.km, 1), decimal_pos=1)
    rating = number_format(round(sent.worker.rating or 0, 1), decimal_pos=1)
    context = {
        "job": job_sheet(job, by=by, sent=sent),
        "offer": offer_sheet(own, by=by) if own else None,
        "form": form,
        "asks": countered or (may_send and not alive),
        "countered": countered,
        "retime": SlotsForm(zone=job.zone) if own and alive and own.retime_until else None,
        "reasons": [str(words.REASONS[name]).format(km=km, rating=rating) for name in sent.reasons],
        **more,
    }
    return render(request, "jobs/open_job.html", context, status=status)


@require_POST
@signed_in
def step(request: Request, code: str, name: str) -> HttpResponse:
    """Withdraw one's offer, agree to what the customer asked, or name other times."""
    by = actor_of(request, role=Role.WORKER)
    job = the_job(by=by, code=code)
    own = latest_offers(sent_to(by=by, job=job).worker_id, [job.pk]).get(job.pk)
    try:
        if own is not None:
            _take(request, by, job, own, name)
            messages.success(request, gettext("Saved."))
    except (Conflict, Invalid) as refusal:
        tell_refusal(request, refusal)
    return redirect("jobs:open_job", code=job.code)


def _take(request: Request, by: Actor, job: Job, own: JobOffer, name: str) -> None:
    if name == "withdraw":
        sending.withdraw_offer(by=by, offer_id=own.pk)
    elif name == "agree":
        sending.answer_counter(by=by, offer_id=own.pk)
    elif name == "retime":
        form = SlotsForm(request.POST, zone=job.zone)
        slots = form.slots() if form.is_valid() else ()
        sending.retime_offer(by=by, offer_id=own.pk, slots=slots)


@require_safe
@signed_in
def photo(request: Request, code: str, position: int) -> HttpResponse:
    """Show a photo of a job to a worker who was shown the job."""
    by = actor_of(request, role=Role.WORKER)
    return file_response(photo_of(by=by, code=code, position=position))
