"""A worker's calendar on their phone, and their other calendar here."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kernel.actor import Role
from kernel.errors import Refusal
from marketplace.catalog.queries import own_worker
from marketplace.matching.actions.feed import import_busy, make_feed, revoke_feed
from marketplace.matching.forms import BusyForm
from marketplace.matching.queries.feeds import feed_of, feed_with, imported_of
from marketplace.matching.rules.ical import LARGEST_BYTES
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import refusal_words
from tenants.tenancy.queries import address


@require_safe
def feed(request: Request, secret: str) -> HttpResponse:
    """Send a worker's jobs to whoever knows the secret address."""
    answer = HttpResponse(feed_with(secret), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@signed_in
@require_safe
def phone(request: Request) -> HttpResponseBase:
    """Show what goes out to a phone and what comes in from another calendar."""
    return _page(request, BusyForm())


@signed_in
@require_POST
def change_feed(request: Request) -> HttpResponseBase:
    """Make a new address, shown this once, or let none open anything."""
    by = actor_of(request, role=Role.WORKER)
    if "stop" in request.POST:
        revoke_feed(by=by)
        messages.success(request, gettext("The address shows nothing any more."))
        return redirect("matching:phone")
    secret = make_feed(by=by)
    shown = address(reverse("matching:feed", args=[secret]))
    return _page(request, BusyForm(), shown=shown)


@signed_in
@require_POST
def take_busy(request: Request) -> HttpResponseBase:
    """Close the times of another calendar, or of none."""
    by = actor_of(request, role=Role.WORKER)
    if "forget" in request.POST:
        import_busy(by=by, content=b"")
        messages.success(request, gettext("The other calendar closes nothing any more."))
        return redirect("matching:phone")
    form = BusyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                import_busy(by=by, content=form.cleaned_data["file"].read(LARGEST_BYTES + 1))
        except Refusal as refusal:
            form.add_error("file", refusal_words(refusal))
        else:
            messages.success(request, gettext("Those times are closed now."))
            return redirect("matching:phone")
    return _page(request, form)


def _page(request: Request, form: BusyForm, *, shown: str = "") -> HttpResponse:
    worker = own_worker(actor_of(request, role=Role.WORKER))
    context = {
        "form": form,
        "feed": feed_of(worker),
        "shown": shown,
        "imported": imported_of(worker),
        "worker": worker,
    }
    return render(request, "matching/phone.html", context, status=422 if form.errors else 200)
