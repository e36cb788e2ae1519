"""The office's pages about time: everybody's calendar, and how services are booked."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel import clock
from kernel.errors import Refusal
from marketplace.catalog.queries import service, services, workers_for
from marketplace.catalog.rules.worker_states import State
from marketplace.matching.actions.set_times import set_service_times
from marketplace.matching.forms import ServiceTimesForm
from marketplace.matching.queries import days_of, service_times_of
from marketplace.matching.queries.times import OF_SERVICE
from marketplace.matching.rules.local_time import named_day
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import BOOKINGS, CATALOGUE, OfficeItem
from tenants.tenancy.forms import show_refusal

PAGE = 25
SHOWN = {"day": 1, "week": 7}


@require_safe
def everybody(request: Request) -> HttpResponse:
    """Show everybody's day or week: when they work, what is booked, what is closed."""
    by = office_actor_of(request)
    today = clock.now().astimezone(ZoneInfo(request.tenant.timezone)).date()
    first = named_day(request.GET.get("day", ""), today=today) or today
    view = request.GET.get("view", "week")
    count = SHOWN.get(view, SHOWN["week"])
    rows = workers_for(by, wanted=State.APPROVED)
    page = Paginator(rows.order_by("name", "id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "people": days_of(list(page), first=first, count=count),
        "first": first,
        "before": first - timedelta(days=count),
        "after": first + timedelta(days=count),
        "view": view if view in SHOWN else "week",
    }
    return render(request, "matching/office/everybody.html", context)


@require_safe
def times_list(request: Request) -> HttpResponse:
    """List services, each leading to how it is booked in time."""
    office_actor_of(request)
    return render(request, "matching/office/times.html", {"services": services()})


@require_http_methods(["GET", "HEAD", "POST"])
def service_times(request: Request, service_id: UUID) -> HttpResponse:
    """Show and change how a service is booked in time, beyond what its own page says."""
    by = office_actor_of(request)
    row = service(service_id)
    said = service_times_of(row)
    first = {name: getattr(said, name) for name in OF_SERVICE}
    form = ServiceTimesForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                set_service_times(by=by, service_id=row.pk, values=form.values())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved. Customers see other times from now on."))
            return redirect("matching_office_times")
    context = {"form": form, "service": row}
    status = 422 if form.errors else 200
    return render(request, "matching/office/service_times.html", context, status=status)


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """Say where these pages are."""
    return [
        path("calendar/", everybody, name="matching_office_calendar"),
        path("times/", times_list, name="matching_office_times"),
        path("times/<uuid:service_id>/", service_times, name="matching_office_service_times"),
    ]


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    """Put everybody's calendar into the menu."""
    where = reverse("matching_office_calendar")
    return OfficeItem(gettext_lazy("Calendar"), where, icon_name="date", order=115, group=BOOKINGS)


@hooks.register("register_admin_menu_item")
def times_item() -> MenuItem:
    """Put how services are booked into the menu."""
    where = reverse("matching_office_times")
    return OfficeItem(
        gettext_lazy("Booking times"), where, icon_name="time", order=215, group=CATALOGUE
    )
