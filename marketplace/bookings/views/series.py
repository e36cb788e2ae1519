"""Visits that repeat: begun on a visit's page, looked after on their own, answered at work."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST, require_safe

from kernel.actor import Actor, Role
from kernel.errors import NotFound, Refusal
from kernel.timers import run_due_of
from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.actions.extend_series import choose_time
from marketplace.bookings.actions.run_series import (
    answer_series,
    change_following,
    end_series,
    pause_series,
    skip_day,
    start_series,
)
from marketplace.bookings.forms.series import DayForm, FollowingForm, PauseForm, RepeatForm
from marketplace.bookings.models import Series
from marketplace.bookings.queries.series import (
    days_of,
    is_repeatable,
    one_series,
    series_of,
    ways_to_pay,
)
from tenants.tenancy.access import Request, actor_of, office_actor_of, signed_in
from tenants.tenancy.forms import refusal_words, show_refusal

PAGE = 30
DONE = {
    "skip": _("That visit is left out."),
    "time": _("Booked at the time you chose."),
    "pause": _("Your visits rest until then."),
    "following": _("These visits are at their new time."),
    "end": _("Your visits repeat no more."),
}


@signed_in
def repeat(request: Request, code: str) -> HttpResponse:
    """Ask how often a visit repeats, and let it."""
    by = customer_of(request)
    booking = catch_up(by=by, code=code)
    packages = ways_to_pay(by, booking)
    form = RepeatForm(request.POST or None, packages=packages)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                series = start_series(by=by, booking_id=booking.pk, **form.asked())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("bookings:one_series", series_id=series.pk)
    context = {
        "booking": booking,
        "form": form,
        "packages": packages,
        "possible": is_repeatable(booking),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "bookings/repeat.html", context, status=status)


@require_safe
@signed_in
def my_series(request: Request) -> HttpResponse:
    """List what repeats for a customer."""
    rows = series_of(customer_of(request))
    return render(request, "bookings/series_list.html", {"rows": rows})


@require_safe
@signed_in
def series(request: Request, series_id: UUID) -> HttpResponse:
    """Show the next visits of a series, and what can be done about them."""
    run_due_of(series_id)
    return _page(request, one_series(customer_of(request), series_id))


def _page(request: Request, found: Series, *, status: int = 200, **more: Any) -> HttpResponse:
    running = found.state in (Series.ACTIVE, Series.OFFERED)
    context = {
        "series": found,
        "worker": found.worker,
        "days": days_of(found),
        "running": running,
        "pause_form": PauseForm(),
        "following_form": FollowingForm(
            initial={"first_time": found.at, "every": str(found.every_weeks)}
        ),
    }
    return render(request, "bookings/series.html", context | more, status=status)


@require_POST
@signed_in
def act(request: Request, series_id: UUID, deed: str) -> HttpResponse:
    """Skip a visit, choose another time for it, pause, move what follows, or end it all."""
    by = customer_of(request)
    found = one_series(by, series_id)
    if deed not in DONE:
        raise NotFound(what="deed")
    try:
        with transaction.atomic():
            after, form = _do(request, by, found, deed)
    except Refusal as refusal:
        sentence = refusal_words(refusal)
        now = one_series(by, series_id)
        return _page(request, now, status=refusal.status, sentence=sentence)
    if form is not None:
        return _page(request, found, status=422, **form)
    messages.success(request, gettext(DONE[deed]))
    return redirect("bookings:one_series", series_id=after)


def _do(
    request: Request, by: Actor, found: Series, deed: str
) -> tuple[UUID, dict[str, Any] | None]:
    """Do it; return the series to go on with, and a form that was not filled in."""
    kinds = {"pause": PauseForm, "following": FollowingForm, "skip": DayForm, "time": DayForm}
    if deed == "end":
        return end_series(by=by, series_id=found.pk).pk, None
    form = kinds[deed](request.POST)
    if not form.is_valid():
        return found.pk, {f"{deed}_form": form}
    said = form.cleaned_data
    if deed == "skip":
        skip_day(by=by, series_id=found.pk, on=said["on"])
    elif deed == "time":
        choose_time(by=by, series_id=found.pk, on=said["on"], at=said["at"])
    elif deed == "pause":
        pause_series(by=by, series_id=found.pk, until=said["until"])
    elif isinstance(form, FollowingForm):
        asked = form.asked(found.clock_of)
        return change_following(by=by, series_id=found.pk, **asked).pk, None
    return found.pk, None


@require_safe
@signed_in
def work_series(request: Request) -> HttpResponse:
    """List what repeats for a worker: what waits for an answer first."""
    by = actor_of(request, role=Role.WORKER)
    rows = series_of(by)
    context = {
        "offered": [each for each in rows if each.state == Series.OFFERED],
        "active": [each for each in rows if each.state == Series.ACTIVE],
        "over": [each for each in rows if each.state in (Series.ENDED, Series.DECLINED)][:PAGE],
    }
    return render(request, "bookings/work_series.html", context)


@require_POST
@signed_in
def answer(request: Request, series_id: UUID) -> HttpResponse:
    """Accept a series once for all, decline it, or end it."""
    by = actor_of(request, role=Role.WORKER)
    if request.POST.get("answer") == "end":
        end_series(by=by, series_id=series_id)
    else:
        answer_series(by=by, series_id=series_id, agree=request.POST.get("answer") == "yes")
    messages.success(request, gettext("Saved."))
    return redirect("bookings:work_series")


@require_safe
def office_series(request: Request) -> HttpResponse:
    """List what repeats here, newest first, for the office."""
    by = office_actor_of(request)
    page = Paginator(series_of(by), PAGE).get_page(request.GET.get("page"))
    return render(request, "bookings/office/series.html", {"page": page})
