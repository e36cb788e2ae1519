"""Nothing found: what could be given up so that somebody is, and how many that would be."""

from dataclasses import dataclass, replace
from datetime import timedelta

from kernel import clock
from marketplace.catalog.models import Category, Service
from marketplace.catalog.rules.areas import LARGEST_KM
from marketplace.matching.models import SearchRow
from marketplace.matching.queries.search import find
from marketplace.matching.rules.wanted import Wanted

DAYS_AROUND = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A search that gives one thing up, and how many it finds."""

    code: str
    wanted: Wanted
    total: int


def relaxations(wanted: Wanted) -> list[Relaxation]:
    """Return the searches nearest to one without results that find somebody, counted."""
    counted = (
        Relaxation(code, other, find(replace(other, limit=1)).total)
        for code, other in _alternatives(wanted)
    )
    return [each for each in (*counted, *_posting(wanted)) if each.total]


def _posting(wanted: Wanted) -> list[Relaxation]:
    """Return the way to describe a job and let those who could do it come with offers."""
    rows = SearchRow.objects.filter(bookable=True, service__booking_mode=Service.POST)
    near = rows.filter(category__slug=wanted.category) if wanted.category else rows
    found = near if near.exists() else rows
    slugs = list(found.values_list("service__slug", flat=True).distinct())
    service = slugs[0] if len(slugs) == 1 else ""
    total = found.values("worker_id").distinct().count()
    return [Relaxation("post", replace(wanted, service=service), total)]


def _above(category: str) -> str:
    """Return the category that a category is in; nothing stands for all of them."""
    found = Category.objects.filter(slug=category).values_list("parent__slug", flat=True).first()
    return found or ""


def _alternatives(wanted: Wanted) -> list[tuple[str, Wanted]]:
    found: list[tuple[str, Wanted]] = []
    if wanted.from_ is not None and wanted.to is not None:
        earliest = max(wanted.from_ - DAYS_AROUND, clock.now())
        around = replace(wanted, from_=earliest, to=wanted.to + DAYS_AROUND)
        found.append(("days", around))
    if wanted.radius_km is not None:
        twice = min(2 * wanted.radius_km, float(LARGEST_KM))
        found.append(("radius", replace(wanted, radius_km=twice)))
    if wanted.price_max is not None or wanted.price_min is not None or wanted.rating_min:
        limitless = replace(wanted, price_min=None, price_max=None, rating_min=None)
        found.append(("limits", limitless))
    if wanted.verified or wanted.language or wanted.answers:
        anybody = replace(wanted, verified=False, language="", answers=())
        found.append(("filters", anybody))
    if wanted.category:
        found.append(("category", replace(wanted, category=_above(wanted.category))))
    if wanted.place is not None:
        found.append(("place", replace(wanted, place=None, radius_km=None)))
    return found
