"""A customer's jobs: describe one, look at it, compare the offers, ask for other terms, choose."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.actor import Actor, Role
from kernel.errors import Conflict, Invalid, NotFound, Refusal
from kernel.timers import run_due_of
from marketplace.bookings.access import customer_of
from marketplace.bookings.queries import last_place
from marketplace.catalog.models import Service
from marketplace.catalog.queries.fields import raw_answers
from marketplace.jobs import kinds
from marketplace.jobs.actions.choose_offer import Where, choose_offer, counter_offer
from marketplace.jobs.actions.post_job import post_job, withdraw_job
from marketplace.jobs.actions.save_job import drop_photos, save_job
from marketplace.jobs.forms import ChooseForm, CounterForm, JobForm, minor_of, typed_job
from marketplace.jobs.models import Job
from marketplace.jobs.queries.comparing import ORDERS, job_sheet, offers_for
from marketplace.jobs.queries.jobs import jobs_of, photo_of, posted_services, the_job
from marketplace.jobs.rules.states import JobState
from tenants.tenancy.access import Request, actor_of, file_response, login_address, signed_in
from tenants.tenancy.forms import refusal_words, show_refusal

FORM = ["GET", "HEAD", "POST"]
NAMES = {"place": "zone", "windows": "day1", "service": "text"}


@require_safe
@signed_in
def jobs(request: Request) -> HttpResponse:
    """List the jobs that one described, and what one can describe."""
    by = customer_of(request)
    rows = [(job_sheet(row, by=by), getattr(row, "offers_n", 0)) for row in jobs_of(by)]
    return render(request, "jobs/jobs.html", {"rows": rows, "services": posted_services()})


@require_http_methods(FORM)
def describe(request: Request) -> HttpResponse:
    """Ask what is to be done; it is kept as a draft, and seen once more before it is posted."""
    services = posted_services()
    wanted = request.GET.get("service", "")
    service = next((each for each in services if each.slug == wanted), None)
    if service is None and len(services) == 1:
        service = services[0]
    if service is None:
        return render(request, "jobs/which.html", {"services": services})
    if not request.user.is_authenticated:
        return redirect(login_address(request))
    return _ask(request, service)


def _ask(request: Request, service: Service) -> HttpResponse:
    by = customer_of(request)
    again = request.GET.get("again", "")
    sheet = job_sheet(the_job(by=by, code=again), by=by) if again else None
    initial = typed_job(sheet) if sheet else {}
    if sheet is not None:  # Other days: those have gone by.
        initial = {name: initial[name] for name in ("text", "budget", "zone")}
    known = raw_answers(sheet.id) if sheet else None
    return _form(request, by, service, initial=initial, known=known)


@require_http_methods(FORM)
@signed_in
def edit(request: Request, code: str) -> HttpResponse:
    """Change a draft."""
    by = customer_of(request)
    job = the_job(by=by, code=code)
    if job.state != JobState.DRAFT:
        return redirect("jobs:job", code=job.code)
    initial = typed_job(job_sheet(job, by=by))
    return _form(request, by, job.service, initial=initial, known=raw_answers(job.pk), job=job)


def _form(
    request: Request,
    by: Actor,
    service: Service,
    *,
    initial: dict[str, Any],
    known: dict[str, object] | None = None,
    job: Job | None = None,
) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = JobForm(*posted, service=service, initial=initial, known=known)
    status = 200
    if posted:
        status = 422
        if form.is_valid():
            try:
                kept = save_job(
                    by=by,
                    described=form.described(by=by),
                    job_id=job.pk if job else None,
                    photos=form.cleaned_data["photos"],
                )
                return redirect("jobs:job", code=kept.code)
            except (Conflict, Invalid) as refusal:
                _show(form, refusal)
                status = refusal.status
    context = {"form": form, "service": service, "questions": form.questions(), "job": job}
    return render(request, "jobs/describe.html", context, status=status)


def _show(form: JobForm, refusal: Conflict | Invalid) -> None:
    if form.show_answers_refused(refusal):
        return
    names = [NAMES.get(name, name) for name in refusal.details.get("fields", ())]
    for name in [name for name in names if name in form.fields] or [None]:
        form.add_error(name, refusal_words(refusal))


@require_safe
@signed_in
def job(request: Request, code: str) -> HttpResponse:
    """Show a job: a draft as workers will see it, an open one with its offers side by side."""
    return _page(request, customer_of(request), code)


def _page(
    request: Request,
    by: Actor,
    code: str,
    *,
    status: int = 200,
    counter: tuple[UUID, CounterForm] | None = None,
    choose: tuple[UUID, ChooseForm] | None = None,
    sentence: str = "",
) -> HttpResponse:
    run_due_of(the_job(by=by, code=code).pk)
    found = the_job(by=by, code=code)
    sheet = job_sheet(found, by=by)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "price"
    place = last_place(found.customer_id)
    offers = []
    for each in offers_for(found, by=by, order=order):
        asking = counter[1] if counter and counter[0] == each.id else CounterForm()
        first = {**place, "version": each.version}
        choosing = ChooseForm(initial=first, at_customer=sheet.at_customer)
        if choose and choose[0] == each.id:
            choosing = choose[1]
        offers.append((each, asking, choosing))
    context = {
        "job": sheet,
        "offers": offers,
        "order": order,
        "orders": ORDERS,
        "hidden": [kinds.HIDDEN.get(each, each) for each in sheet.hidden],
        "sentence": sentence,
    }
    return render(request, "jobs/job.html", context, status=status)


@require_POST
@signed_in
def step(request: Request, code: str, name: str) -> HttpResponse:
    """Post a draft, withdraw a job, or take its photos off."""
    by = customer_of(request)
    found = the_job(by=by, code=code)
    verbs = {"post": post_job, "withdraw": withdraw_job, "drop_photos": drop_photos}
    if name not in verbs:
        raise NotFound(what="step")
    try:
        changed = verbs[name](by=by, job_id=found.pk)
    except (Conflict, Invalid) as refusal:
        return _page(request, by, code, status=refusal.status, sentence=refusal_words(refusal))
    messages.success(request, _done(name, changed))
    return redirect("jobs:edit" if name == "drop_photos" else "jobs:job", code=changed.code)


def _done(name: str, changed: Job) -> str:
    if changed.state == JobState.PENDING_REVIEW:
        return gettext("Our team reads it first; you will hear from us soon.")
    if name == "post":
        return gettext("Posted. Workers near you can make offers now.")
    if name == "withdraw":
        return gettext("Withdrawn. Nobody is looking at it any more.")
    return gettext("The photos are gone.")


@require_POST
@signed_in
def counter(request: Request, code: str, offer_id: UUID) -> HttpResponse:
    """Ask a worker for other terms."""
    by = customer_of(request)
    found = the_job(by=by, code=code)
    form = CounterForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            counter_offer(
                by=by,
                offer_id=offer_id,
                amount_minor=minor_of(said["amount"], found.currency),
                words=said["words"],
            )
        except (Conflict, Invalid) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Asked. You will hear when there is an answer."))
            return redirect("jobs:job", code=found.code)
    return _page(request, by, code, status=422, counter=(offer_id, form))


@require_POST
@signed_in
def choose(request: Request, code: str, offer_id: UUID) -> HttpResponse:
    """Choose an offer, and go on to pay; if its time was taken, say what happens now."""
    by = customer_of(request)
    found = the_job(by=by, code=code)
    at_customer = found.service.location == "at_customer"
    form = ChooseForm(request.POST, at_customer=at_customer)
    if form.is_valid():
        said = form.cleaned_data
        where = Where(address=said.get("address", ""), note=said["note"])
        try:
            made = choose_offer(
                by=by,
                offer_id=offer_id,
                starts_at=said["slot"],
                where=where,
                expected_version=said["version"],
            )
        except NotFound:
            raise
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            if made.booking is None:
                return _page(
                    request,
                    by,
                    code,
                    status=409,
                    sentence=gettext(
                        "That time was taken meanwhile. We asked the worker to name another within"
                        " twelve hours; you can also choose another offer."
                    ),
                )
            if made.booking.to_pay:
                return redirect(
                    "bookings:pay", code=made.booking.code, payment_id=made.booking.payment_id
                )
            return redirect("bookings:visit", code=made.booking.code)
    return _page(request, by, code, status=422, choose=(offer_id, form))


@require_safe
@signed_in
def photo(request: Request, code: str, position: int) -> HttpResponse:
    """Show a photo of a job to its customer."""
    by = actor_of(request, role=Role.CUSTOMER)
    return file_response(photo_of(by=by, code=code, position=position))
