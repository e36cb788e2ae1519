"""Places on a page where floors above may put something: a profile, a booking, a person's home.

The floor that owns the page offers the place by rendering `{% panels "name" subject %}`; a floor
above fills it in its `panels.py` with `@panel("name", order=…)`. A panel returns a template and its
context, or None when it has nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Rendered = tuple[str, dict[str, Any]] | None
Fill = Callable[[HttpRequest, Any], Rendered]


@dataclass(frozen=True, slots=True)
class Panel:
    """One floor's contribution to a place."""

    order: int
    name: str
    fill: Fill


_places: dict[str, list[Panel]] = {}


def panel(place: str, *, order: int = 50) -> Callable[[Fill], Fill]:
    """Fill a place; lower orders come first."""

    def declare(fill: Fill) -> Fill:
        name = f"{fill.__module__}.{fill.__qualname__}"
        others = [each for each in _places.get(place, []) if each.name != name]
        _places[place] = sorted(
            [*others, Panel(order, name, fill)], key=lambda each: (each.order, each.name)
        )
        return fill

    return declare


def panels_at(place: str) -> list[Panel]:
    """Return what fills a place, in order."""
    return list(_places.get(place, []))
