"""Find me somebody: a service and a time are chosen, and no person."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kernel import clock
from marketplace.bookings.queries.somebody import (
    anybody_for,
    dispatched_service,
    dispatched_services,
    times_for,
)
from marketplace.bookings.rules.offers import NobodyFree
from marketplace.bookings.views.flow import ask
from marketplace.catalog.models import Service
from marketplace.matching.rules.local_time import instant
from tenants.tenancy.access import Request
from tenants.tenancy.queries import here

DAYS = 14


@require_safe
def services(request: Request) -> HttpResponse:
    """List the services for which we find somebody."""
    return render(request, "bookings/somebody.html", {"services": dispatched_services()})


@require_safe
def times(request: Request, slug: str) -> HttpResponse:
    """Show on which days and at which times somebody could come, and how it goes."""
    service = dispatched_service(slug)
    zone = ZoneInfo(here().timezone)
    today = clock.now().astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(DAYS)]
    wanted = _day(request.GET.get("day", ""))
    first = wanted if wanted in days else _first_free(days, zone, service)
    context = {
        "service": service,
        "days": [(each, instant(_midnight(each), zone), each == first) for each in days],
        "times": times_for(service, **_bounds(first, zone)) if first else [],
        "zone": zone.key,
    }
    template = "bookings/somebody_times.html" + ("#times" if request.htmx else "")
    return render(request, template, context)


def _first_free(days: list[date], zone: ZoneInfo, service: Service) -> date | None:
    """Return the first of the next days on which somebody could come."""
    return next((each for each in days if times_for(service, **_bounds(each, zone))), None)


def _bounds(day: date, zone: ZoneInfo) -> dict[str, datetime]:
    return {
        "from_": instant(_midnight(day), zone),
        "to": instant(_midnight(day + timedelta(days=1)), zone, ends=True),
    }


def choose(request: Request, slug: str) -> HttpResponse:
    """Ask where, with which extras and how much of a tip; whoever comes, the price is the same."""
    if (offer := anybody_for(dispatched_service(slug))) is None:
        raise NobodyFree
    return ask(request, offer)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
