"""What narrows a search, as links: what could be chosen, and what was, to be taken away again."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.translation import gettext

from kernel.money import Money
from marketplace.catalog.forms.work import LANGUAGES
from marketplace.catalog.models import Category, CustomField
from marketplace.matching.forms.search import SearchForm
from marketplace.matching.queries import SearchPage
from marketplace.matching.queries.wording import answers_to, between, from_stars
from tenants.tenancy.access import Request

FINER = ("part", "sort", "price_min", "price_max", "rating_min", "language", "verified")
NOT_A_FILTER = ("q", "sort", "cursor", "lng", "days")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter one can put on or off."""

    label: object
    count: int
    href: str
    on: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Filters of one kind."""

    title: str
    chips: list[Chip]


def address(request: Request, **changes: object) -> str:
    """Return this page's address with some parameters changed; empty ones go."""
    query = {key: value for key, value in request.GET.items() if key != "cursor"}
    query |= {key: str(value) for key, value in changes.items()}
    kept = {key: value for key, value in query.items() if value}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def category_chips(request: Request, shelves: Sequence[Category], page: SearchPage) -> list[Chip]:
    """Return the categories in which somebody is found, and the chosen one."""
    counts = page.facets.categories
    return [
        _chip(request, "category", shelf.slug, shelf.name, counts.get(shelf.pk, 0), shelf.icon)
        for shelf in shelves
        if counts.get(shelf.pk) or shelf.slug == request.GET.get("category", "")
    ]


def facet_groups(request: Request, page: SearchPage, asked: Sequence[CustomField]) -> list[Group]:
    """Return what else could be chosen, with how many there are; kinds without a choice are out."""
    facets, names = page.facets, dict(LANGUAGES)
    stars = [
        _chip(request, "rating_min", f"{least:g}", from_stars(least), count, "star")
        for least, count in facets.ratings.items()
    ]
    if facets.verified:
        words = gettext("Documents verified")
        stars.append(_chip(request, "verified", "on", words, facets.verified, "shield-check"))
    spoken = [
        _chip(request, "language", code, str(names.get(code, code)), count)
        for code, count in facets.languages.items()
    ]
    groups = [
        Group(gettext("Trust"), stars),
        Group(gettext("Price"), _bands(request, page)),
        Group(gettext("Speaks"), spoken if len(spoken) > 1 else []),
        *(_answers(request, page, field) for field in asked),
    ]
    return [group for group in groups if group.chips]


def chosen(request: Request, form: SearchForm, shelves: Sequence[Category]) -> list[Chip]:
    """Return every filter in force, each with the address of the search without it."""
    names = {shelf.slug: shelf.name for shelf in shelves}
    found = []
    for name, field in form.fields.items():
        value = request.GET.get(name, "")
        if not value or name in NOT_A_FILTER or name in form.errors:
            continue
        without: dict[str, object] = {name: ""}
        if name == "lat":
            without = {"lat": "", "lng": ""}
        elif name == "day":
            without = {"day": "", "days": ""}
        words = _words(name, value, dict(getattr(field, "choices", ())), names)
        label = field.label or ""
        found.append(
            Chip(
                f"{label}: {words}" if label and words else words or label,
                0,
                address(request, **without),
            )
        )
    return found


def _words(name: str, value: str, choices: dict[object, object], shelves: dict[str, str]) -> str:
    """Return how a chosen value reads; nothing, where the name of the filter says it all."""
    if name == "category":
        return shelves.get(value, value)
    if name == "verified":
        return ""
    if name == "radius_km":
        return f"≤ {value} km"
    if name == "lat":
        return gettext("Near a point")
    return str(choices.get(value, value))


def _chip(
    request: Request, name: str, value: str, label: object, count: int, icon: str = ""
) -> Chip:
    on = request.GET.get(name, "") == value
    return Chip(label, count, address(request, **{name: "" if on else value}), on, icon)


def _bands(request: Request, page: SearchPage) -> list[Chip]:
    """Return the price bands; a single one is no choice, unless it is the chosen one."""
    now = (request.GET.get("price_min", ""), request.GET.get("price_max", ""))
    currency, found = request.tenant.currency, []
    for low, high, count in page.facets.prices:
        least, most = Money(currency, low), Money(currency, high)
        ends = (_typed(least), _typed(most))
        on = ends == now
        first, last = ("", "") if on else ends
        href = address(request, price_min=first, price_max=last)
        found.append(Chip(between(least, most), count, href, on))
    return found if len(found) > 1 or any(now) else []


def _typed(price: Money) -> str:
    """Write a price as one types it into the form."""
    return f"{Decimal(price.minor).scaleb(-price.exponent):f}"


def _answers(request: Request, page: SearchPage, field: CustomField) -> Group:
    counts = page.facets.answers.get(field.code, {})
    chips = [
        _chip(request, f"f.{field.code}", value, words, counts[value])
        for value, words in answers_to(field)
        if counts.get(value)
    ]
    return Group(field.said("label"), chips)
