"""How a service may be booked in time: the limits of every parameter, and whose word counts.

A worker's own value goes before the tenant's, the tenant's before ours. What a country's law says
about rest between two days of work goes before all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.errors import Invalid, NotAllowed
from marketplace.matching.rules.caps import BLOCK, WARN
from marketplace.matching.rules.lanes import MOST_UNITS, Room

LIMITS: Mapping[str, tuple[int, int]] = {
    "buffer_before": (0, 240),
    "buffer_after": (0, 240),
    "min_notice": (0, 14 * 24 * 60),
    "horizon_days": (1, 366),
    "slot_step": (5, 240),
    "max_jobs_day": (1, 50),
    "max_minutes_day": (15, 24 * 60),
    "min_rest_hours": (0, 24),
    "units": (1, MOST_UNITS),
}
SERVICE_ONLY = ("room", "request_blocks_slot", "travel")
REST_MODES = (WARN, BLOCK)
USUAL: Mapping[str, object] = {
    "max_jobs_day": None,
    "min_rest_hours": 12,
    "rest_mode": WARN,
    "room": Room.WHOLE,
    "units": 1,
    "travel": False,
}


class TimesInvalid(Invalid):
    """A value outside the limits of its parameter."""

    code = "times.invalid"
    title = "One of these values is outside its limits."


class OfficeOnly(NotAllowed):
    """What a service is for everybody, the tenant decides."""

    code = "times.office_only"
    title = "Only the team may change this."


@dataclass(frozen=True, slots=True)
class Law:
    """What a country asks for: so many hours between two days of work, 0 where nothing."""

    rest_hours: int = 0


def check_times(values: Mapping[str, object]) -> None:
    """Refuse values outside the limits, naming each; None means that nothing was said."""
    wrong = [name for name, value in values.items() if value is not None and not _fits(name, value)]
    if wrong:
        raise TimesInvalid(fields=sorted(wrong))


def _fits(name: str, value: object) -> bool:
    if name in LIMITS:
        least, most = LIMITS[name]
        return type(value) is int and least <= value <= most
    allowed: Mapping[str, tuple[object, ...]] = {
        "rest_mode": REST_MODES,
        "room": tuple(Room),
        "request_blocks_slot": (True, False),
        "travel": (True, False),
    }
    return value in allowed.get(name, ())


def in_force(*said: Mapping[str, object], law: Law) -> dict[str, object]:
    """Return what counts of all that was said, later before earlier, and the law before all."""
    values = dict(USUAL)
    for each in said:
        values |= {name: value for name, value in each.items() if value is not None}
    modes = {each.get("rest_mode") for each in said}
    values["rest_mode"] = BLOCK if law.rest_hours or BLOCK in modes else WARN
    own = values["min_rest_hours"]
    assert isinstance(own, int)
    values["min_rest_hours"] = max(own, law.rest_hours)
    return values
