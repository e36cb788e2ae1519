"""A worker's own calendar by thumb: the week, one day, absence with what is booked inside."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound, Refusal
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import own_worker, published_services
from marketplace.matching.actions.set_plan import set_date
from marketplace.matching.actions.set_times import set_own_times
from marketplace.matching.forms import TIMES_ASKED, DateForm, OwnTimesForm
from marketplace.matching.queries import (
    calendar_of,
    days_of,
    jobs_inside,
    limits_for,
    own_time_off,
    own_times_of,
)
from marketplace.matching.rules.local_time import Hours, day_span, named_day
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import show_refusal

WEEK = timedelta(days=7)


@signed_in
@require_safe
def week(request: Request) -> HttpResponseBase:
    """Show seven days: when one works, what is booked, what is closed."""
    worker = own_worker(actor_of(request, role=Role.WORKER))
    today = clock.now().astimezone(ZoneInfo(worker.zone)).date()
    first = named_day(request.GET.get("day", ""), today=today) or today
    (person,) = days_of([worker], first=first)
    context = {
        "worker": worker,
        "days": person.days,
        "today": today,
        "before": first - WEEK,
        "after": first + WEEK,
        "offers": published_services(worker.pk),
    }
    return render(request, "matching/calendar.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one_day(request: Request, day: str) -> HttpResponseBase:
    """Show a day and let the worker say when they work on it."""
    by = actor_of(request, role=Role.WORKER)
    worker = own_worker(by)
    on = named_day(day, today=clock.now().date())
    if on is None:
        raise NotFound(what="day")
    if request.method == "POST":
        form = DateForm(request.POST)
        if _say(request, by, on, form):
            messages.success(request, gettext("That day is changed."))
            return redirect(f"/work/calendar/?day={on}")
    else:
        form = DateForm(initial=DateForm.initial_of(_hours(worker, on)))
    (person,) = days_of([worker], first=on, count=1)
    context = {"form": form, "worker": worker, "day": person.days[0], "on": on}
    return render(request, "matching/day.html", context, status=422 if form.errors else 200)


def _say(request: Request, by: Actor, on: date, form: DateForm) -> bool:
    """Do what was asked of a day; False when it cannot be done, with the form saying why."""
    if "usual" in request.POST or "free" in request.POST:
        set_date(by=by, on=on, rows=None if "usual" in request.POST else [])
        return True
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            set_date(by=by, on=on, rows=form.hours(on))
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _hours(worker: Worker, on: date) -> list[Hours]:
    span = day_span(on, ZoneInfo(worker.zone))
    return calendar_of(worker, from_=span.starts_at, to=span.ends_at).hours_of(on)


@signed_in
@require_safe
def absence(request: Request, time_off_id: UUID) -> HttpResponseBase:
    """Show some time off and what is booked inside: each job is kept unless the worker says."""
    by = actor_of(request, role=Role.WORKER)
    off = own_time_off(by, time_off_id)
    context = {"off": off, "jobs": jobs_inside(off, by=by), "worker": own_worker(by)}
    return render(request, "matching/absence.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_times(request: Request, offer_id: UUID) -> HttpResponseBase:
    """Let a worker say how one of their services is booked."""
    by = actor_of(request, role=Role.WORKER)
    worker = own_worker(by)
    offer = published_services(worker.pk).filter(pk=offer_id).first()
    if offer is None:
        raise NotFound(what="offer")
    said = own_times_of(by, offer)
    limits = limits_for(offer)
    usual = {name: getattr(limits, name, None) for name in TIMES_ASKED}
    first = {name: getattr(said, name) for name in TIMES_ASKED}
    form = OwnTimesForm(request.POST or None, initial=first, usual=usual)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                set_own_times(by=by, offer_id=offer.pk, values=form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved. Customers see other times from now on."))
            return redirect("matching:calendar")
    context = {"form": form, "offer": offer}
    return render(request, "matching/own_times.html", context, status=422 if form.errors else 200)
