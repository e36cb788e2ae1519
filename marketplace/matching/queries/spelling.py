"""Nothing found for some words: which of the marketplace's own words may have been meant."""

from dataclasses import replace

from marketplace.catalog.models.texts import Translated
from marketplace.catalog.queries import categories, services
from marketplace.matching.queries.search import SearchPage, find
from marketplace.matching.rules.spelling import meant, vocabulary
from marketplace.matching.rules.wanted import Wanted


def did_you_mean(wanted: Wanted, page: SearchPage) -> str:
    """Return other words for a search that found nobody with all of its own, if they find some."""
    if not wanted.q or (page.total and not page.relaxed):
        return ""
    named: list[Translated] = [*services().prefetch_related(None), *categories()]
    known = vocabulary(text for each in named for text in each.in_all_languages("name"))
    other = meant(wanted.q, known)
    if not other or not find(replace(wanted, q=other, limit=1)).total:
        return ""
    return other
