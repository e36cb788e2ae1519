"""Questions about time and about who can come. Nothing here writes."""

from marketplace.matching.queries.calendars import (
    calendar_of,
    calendars,
    dates_of,
    free_slots,
    may_stand_in,
    plan_of,
    taken_of,
    time_off_of,
)
from marketplace.matching.queries.search import Found, SearchPage, find, search, weights
from marketplace.matching.queries.times import (
    blocks_at_once,
    hold_time,
    limits_for,
    limits_of,
    own_times_of,
    service_times_of,
)
from marketplace.matching.queries.weeks import (
    JobInside,
    days_of,
    jobs_in,
    jobs_inside,
    own_time_off,
)

__all__ = [
    "Found",
    "JobInside",
    "SearchPage",
    "blocks_at_once",
    "calendar_of",
    "calendars",
    "dates_of",
    "days_of",
    "find",
    "free_slots",
    "hold_time",
    "jobs_in",
    "jobs_inside",
    "limits_for",
    "limits_of",
    "may_stand_in",
    "own_time_off",
    "own_times_of",
    "plan_of",
    "search",
    "service_times_of",
    "taken_of",
    "time_off_of",
    "weights",
]
