"""Questions about time and about who can come. Nothing here writes."""

from marketplace.matching.queries.calendars import (
    calendars,
    free_slots,
    limits_of,
    plan_of,
    time_off_of,
)
from marketplace.matching.queries.search import Found, SearchPage, find, search, weights

__all__ = [
    "Found",
    "SearchPage",
    "calendars",
    "find",
    "free_slots",
    "limits_of",
    "plan_of",
    "search",
    "time_off_of",
    "weights",
]
