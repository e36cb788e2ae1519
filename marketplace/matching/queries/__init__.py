"""Questions about time and about who can come. Nothing here writes."""

from marketplace.matching.queries.calendars import (
    calendars,
    free_slots,
    limits_of,
    plan_of,
    time_off_of,
)

__all__ = ["calendars", "free_slots", "limits_of", "plan_of", "time_off_of"]
