"""Questions about bookings. Nothing here writes."""

from marketplace.bookings.queries.bookings import (
    alternatives_to,
    booking,
    booking_named,
    booking_of,
    bookings_of,
    completed_bookings,
    facts_of,
    history_of,
    jobs_of,
    last_place,
    messages_of,
    office_bookings,
    open_visits_of,
    party_in,
    past_visits_of,
    photos_of,
    requests_since,
)
from marketplace.bookings.queries.cash import cash_missing
from marketplace.bookings.queries.outcomes import Job, finished_jobs, steps_since
from marketplace.bookings.queries.prices import (
    commission_rules,
    credit_for,
    facts_for,
    kept_times_of,
    quote_of,
)
from marketplace.bookings.queries.sheets import Sheet, sheet_of
from marketplace.bookings.queries.story import Station, story_of

__all__ = [
    "Job",
    "Sheet",
    "Station",
    "alternatives_to",
    "booking",
    "booking_named",
    "booking_of",
    "bookings_of",
    "cash_missing",
    "commission_rules",
    "completed_bookings",
    "credit_for",
    "facts_for",
    "facts_of",
    "finished_jobs",
    "history_of",
    "jobs_of",
    "kept_times_of",
    "last_place",
    "messages_of",
    "office_bookings",
    "open_visits_of",
    "party_in",
    "past_visits_of",
    "photos_of",
    "quote_of",
    "requests_since",
    "sheet_of",
    "steps_since",
    "story_of",
]
