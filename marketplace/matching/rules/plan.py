"""What a weekly plan may look like."""

from collections.abc import Sequence
from datetime import time

from kernel.errors import Invalid
from marketplace.matching.rules.local_time import Hours

MOST_ROWS = 50


class PlanInvalid(Invalid):
    """Rows that contradict each other, or too many of them."""

    code = "plan.invalid"
    title = "Please check the hours: two of them overlap, or one has no length."


class ServiceNotYours(Invalid):
    """Hours for something the worker does not offer."""

    code = "plan.service_not_yours"
    title = "Choose among the services you offer."


class StandInUnknown(Invalid):
    """Nobody who works here, or oneself."""

    code = "calendar.stand_in_unknown"
    title = "Somebody else has to stand in for you, and work here."


def check_plan(rows: Sequence[Hours]) -> None:
    """Refuse unknown weekdays and rows that overlap, also from Sunday into Monday."""
    if len(rows) > MOST_ROWS or any(not 0 <= row.weekday <= 6 for row in rows):
        raise PlanInvalid(fields=["rows"])
    spans = sorted(_minutes(row) for row in rows)
    week = 7 * 24 * 60
    following = [*spans[1:], *((start + week, end + week) for start, end in spans[:1])]
    for (_, end), (start, _) in zip(spans, following, strict=True):
        if end > start:
            raise PlanInvalid(fields=["rows"])


def _minutes(row: Hours) -> tuple[int, int]:
    """Return a row as minutes of the week."""
    start = row.weekday * 24 * 60 + _of_day(row.starts)
    length = (_of_day(row.ends) - _of_day(row.starts)) % (24 * 60) or 24 * 60
    return start, start + length


def _of_day(local: time) -> int:
    return local.hour * 60 + local.minute
