"""Searching, and how the order comes about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.money import Money
from marketplace.catalog.models import Category
from marketplace.catalog.queries import categories, zones
from marketplace.matching.factors.base import FACTORS
from marketplace.matching.forms import SearchForm
from marketplace.matching.queries import SearchPage, find, weights
from marketplace.matching.queries.relaxing import Relaxation, relaxations
from marketplace.matching.queries.search import Found
from marketplace.matching.queries.wording import figure, said
from marketplace.matching.rules.ranking import VERSION
from marketplace.matching.rules.wanted import unpack
from tenants.tenancy.access import Request

ICONS = {"text": "search", "proximity": "map-pin", "soonest": "clock", "rating": "star"}


@dataclass(frozen=True, slots=True)
class Card:
    """A row of results as the page shows it."""

    found: Found
    reasons: list[tuple[str, str]]
    rated: bool
    href: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter one can put on or off."""

    label: object
    count: int
    href: str
    on: bool
    icon: str = ""


@require_safe
def search_page(request: Request) -> HttpResponse:
    """Show who can come, best first; the same address gives one page of rows to htmx."""
    at, tenant = clock.now(), request.tenant
    form = SearchForm(request.GET, zones=list(zones()))
    wanted = form.wanted(zone=tenant.timezone, at=at)
    packed = request.GET.get("cursor", "")
    page = find(wanted, after=unpack(packed) if packed else None)
    shelves = list(categories())
    context: dict[str, Any] = {
        "form": form,
        "bar": [form["q"], form["place"], form["day"]],
        "finer": [form["part"], form["sort"]],
        "page": page,
        "cards": [_card(found, request, at) for found in page.rows],
        "categories": _category_chips(request, shelves, page),
        "limits": _limit_chips(request, page),
        "more": _with(request, cursor=page.next_cursor) if page.next_cursor else "",
        "relaxations": [] if page.total else _relaxed(request, relaxations(wanted)),
    }
    template = "matching/search.html"
    if request.htmx and packed:
        template += "#rows"
    elif request.htmx:
        template += "#results"
    return render(request, template, context)


def _card(found: Found, request: Request, at: datetime) -> Card:
    zone, day = found.worker.zone, request.GET.get("day", "")
    chosen = {"service": str(found.offer.pk), **({"day": day} if day else {})}
    return Card(
        found=found,
        reasons=[
            (ICONS.get(reason.code, "check"), said(reason, at=at, zone=zone))
            for reason in found.reasons
            if reason.code != "text"
        ],
        rated=any(reason.code == "rating" for reason in found.reasons),
        href=f"/w/{found.worker.slug}/?{urlencode(chosen)}",
    )


def _with(request: Request, **changes: object) -> str:
    """Return this page's address with some parameters changed; empty ones go."""
    query = {key: value for key, value in request.GET.items() if key != "cursor"}
    query |= {key: str(value) for key, value in changes.items()}
    kept = {key: value for key, value in query.items() if value}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _category_chips(request: Request, shelves: Sequence[Category], page: SearchPage) -> list[Chip]:
    chosen = request.GET.get("category", "")
    return [
        Chip(
            shelf.name,
            page.facets.categories.get(shelf.pk, 0),
            _with(request, category="" if shelf.slug == chosen else shelf.slug),
            shelf.slug == chosen,
            shelf.icon,
        )
        for shelf in shelves
        if page.facets.categories.get(shelf.pk) or shelf.slug == chosen
    ]


def _limit_chips(request: Request, page: SearchPage) -> list[Chip]:
    """Return chips for the rating and for the cheaper price bands."""
    stars, most = request.GET.get("rating_min", ""), request.GET.get("price_max", "")
    chips = [
        Chip(
            gettext("From {stars} stars").format(stars=figure(least)),
            count,
            _with(request, rating_min="" if stars == f"{least:g}" else f"{least:g}"),
            stars == f"{least:g}",
            "star",
        )
        for least, count in page.facets.ratings.items()
    ]
    counted = 0
    for _, high, count in page.facets.prices[:-1]:
        counted += count
        on = most == str(high)
        price = Money(request.tenant.currency, high)
        chips.append(Chip(price, counted, _with(request, price_max="" if on else high), on))
    return chips


def _relaxed(request: Request, found: Sequence[Relaxation]) -> list[tuple[str, str, int]]:
    """Return what each way out is called, where it leads, and how many it finds."""
    day = request.GET.get("day", "")
    ways: dict[str, tuple[str, dict[str, object]]] = {
        "days": (gettext("Three days before or after"), _days_around(day)),
        "radius": (gettext("Twice as far"), {"radius_km": _twice(request)}),
        "limits": (gettext("Any price and rating"), {"price_max": "", "rating_min": ""}),
        "category": (gettext("All categories"), {"category": ""}),
        "place": (gettext("Anywhere"), {"place": "", "lat": "", "lng": "", "radius_km": ""}),
    }
    return [
        (ways[each.code][0], _with(request, **ways[each.code][1]), each.total) for each in found
    ]


def _days_around(day: str) -> dict[str, object]:
    try:
        first = datetime.fromisoformat(day).date() - timedelta(days=3)
    except ValueError:
        return {"days": 4}
    today = clock.now().date()
    return {"day": max(first, today).isoformat(), "days": 7}


def _twice(request: Request) -> str:
    try:
        return f"{min(100.0, 2 * float(request.GET.get('radius_km', ''))):g}"
    except ValueError:
        return ""


@require_safe
def how_ranking_works(request: Request) -> HttpResponse:
    """Explain the order of results from the weights that are in force right now."""
    counted = weights()
    whole = sum(counted.values())
    rows = [
        (gettext(each.title), gettext(each.explanation), 100 * counted[code] / whole)
        for code, each in FACTORS.items()
    ]
    rows.sort(key=lambda row: -row[2])
    context = {"rows": rows, "version": VERSION}
    return render(request, "matching/how_ranking_works.html", context)
