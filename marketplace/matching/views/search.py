"""Searching, and how the order comes about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kernel import clock
from marketplace.catalog.models import Category
from marketplace.catalog.queries import categories, zones
from marketplace.matching.access import kept_by, not_for
from marketplace.matching.actions.note_search import note_search
from marketplace.matching.factors.base import FACTORS
from marketplace.matching.forms.search import SearchForm
from marketplace.matching.queries import find, weights
from marketplace.matching.queries.indexing import filters
from marketplace.matching.queries.relaxing import Relaxation, relaxations
from marketplace.matching.queries.search import Found
from marketplace.matching.queries.spelling import did_you_mean
from marketplace.matching.queries.wording import said
from marketplace.matching.rules.ranking import VERSION
from marketplace.matching.rules.wanted import unpack
from marketplace.matching.views.filters import (
    FINER,
    address,
    category_chips,
    chosen,
    facet_groups,
)
from tenants.tenancy.access import Request

ICONS = {"text": "search", "proximity": "map-pin", "soonest": "clock", "rating": "star"}


@dataclass(frozen=True, slots=True)
class Card:
    """A row of results as the page shows it."""

    found: Found
    reasons: list[tuple[str, str]]
    rated: bool
    href: str
    kept: bool


@require_safe
def search_page(request: Request) -> HttpResponse:
    """Show who can come, best first; the same address gives one page of rows to htmx."""
    at, tenant = clock.now(), request.tenant
    asked = filters()
    form = SearchForm(request.GET, zones=list(zones()), asked=asked)
    wanted = replace(form.wanted(zone=tenant.timezone, at=at), without=not_for(request))
    packed = request.GET.get("cursor", "")
    page = find(wanted, after=unpack(packed) if packed else None, fields=asked)
    if not packed:
        note_search(soon=page.soon)
    meant = "" if packed else did_you_mean(wanted, page)
    shelves, kept = list(categories()), kept_by(request)
    context: dict[str, Any] = {
        "form": form,
        "bar": [form["q"], form["place"], form["day"]],
        "finer": [form[name] for name in (*FINER, *(f"f.{code}" for code in form.asked))],
        "chosen": chosen(request, form, shelves),
        "page": page,
        "cards": [_card(found, request, at, kept=found.worker.pk in kept) for found in page.rows],
        "categories": category_chips(request, shelves, page),
        "open": any(name in form.errors for name in FINER),
        "groups": facet_groups(request, page, asked),
        "meant": (meant, address(request, q=meant)) if meant else None,
        "more": address(request, cursor=page.next_cursor) if page.next_cursor else "",
        "relaxations": [] if page.total else _relaxed(request, relaxations(wanted), shelves),
    }
    template = "matching/search.html"
    if request.htmx and packed:
        template += "#rows"
    elif request.htmx:
        template += "#results"
    return render(request, template, context)


def _card(found: Found, request: Request, at: datetime, *, kept: bool) -> Card:
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
        kept=kept,
        href=f"/w/{found.worker.slug}/?{urlencode(chosen)}",
    )


def _relaxed(
    request: Request, found: Sequence[Relaxation], shelves: Sequence[Category]
) -> list[tuple[str, str, int]]:
    """Return what each way out is called, where it leads, and how many it finds."""
    day, names = request.GET.get("day", ""), {shelf.slug: shelf.name for shelf in shelves}
    above = next((each.wanted.category for each in found if each.code == "category"), "")
    filters_off = {name: "" for name in request.GET if name.startswith("f.")}
    ways: dict[str, tuple[str, dict[str, object]]] = {
        "days": (gettext("Three days before or after"), _days_around(day)),
        "radius": (gettext("Twice as far"), {"radius_km": _twice(request)}),
        "limits": (
            gettext("Any price and rating"),
            {"price_min": "", "price_max": "", "rating_min": ""},
        ),
        "filters": (
            gettext("Without the other filters"),
            {"verified": "", "language": "", **filters_off},
        ),
        "category": (names.get(above, gettext("All categories")), {"category": above}),
        "place": (gettext("Anywhere"), {"place": "", "lat": "", "lng": "", "radius_km": ""}),
    }
    others = [each for each in found if each.code in ways]
    posting = [each for each in found if each.code == "post"]
    return [
        *((ways[each.code][0], address(request, **ways[each.code][1]), each.total)
          for each in others),
        *((gettext("Describe the job and get offers"), _describe(each), each.total)
          for each in posting),
    ]  # fmt: skip


def _describe(found: Relaxation) -> str:
    service = found.wanted.service
    return f"/jobs/new/?service={service}" if service else "/jobs/new/"


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
