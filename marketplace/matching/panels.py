"""What matching puts on other floors' pages: a way to begin, on a marketplace's home page."""

from typing import Any

from django.http import HttpRequest

from kernel.panels import Rendered, panel
from marketplace.catalog.queries import categories, zones
from marketplace.matching.forms.search import SearchForm


@panel("home", order=10)
def begin_here(request: HttpRequest, tenant: Any) -> Rendered:
    """Let whoever comes to the home page say what they need, or choose a shelf."""
    shelves = list(categories())
    if not shelves:
        return None
    form = SearchForm(zones=list(zones()))
    bar = [form["q"], form["place"], form["day"]]
    return "matching/home.html", {"bar": bar, "shelves": shelves}
