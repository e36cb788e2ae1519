"""The five axes of a service: how it is booked, where, how it is priced, closed and paid.

Every axis has its values; some pairs make no sense together and are refused here and, by the same
table, in the database.
"""

from dataclasses import dataclass

from kernel.errors import Invalid

BOOKING = ("instant", "request", "dispatch", "post")
LOCATION = ("at_customer", "at_worker", "remote")
PRICING = ("fixed", "per_unit", "estimated", "quoted")
COMPLETION = ("pin", "customer_confirm", "photo", "auto")
PAYMENT = ("at_booking", "before_start", "after_service")
PRICE_OWNERS = ("worker", "tenant")
UNITS = ("half_hour", "hour", "day", "night", "visit", "item", "person", "pet", "m2")
BLOCK_UNITS = ("day", "night")  # They take whole stretches of the calendar, not minutes.
USUAL_MINUTES = {"half_hour": 30, "hour": 60}

# Columns and the values that may not stand together, and what to correct.
REFUSED: tuple[tuple[str, dict[str, tuple[object, ...]]], ...] = (
    ("booking_mode", {"pricing": ("quoted",), "booking_mode": ("instant", "dispatch")}),
    ("completion", {"location": ("remote",), "completion": ("pin",)}),
    ("price_owner", {"booking_mode": ("dispatch",), "price_owner": ("worker",)}),
    ("cash", {"payment": ("after_service",), "cash": (True,)}),
)


class AxesRefused(Invalid):
    """Two choices about a service that contradict each other."""

    code = "service.axes"
    title = "These choices do not go together. Please change one of them."


class UnitInvalid(Invalid):
    """A way of counting that leads nowhere."""

    code = "service.unit"
    title = "A price per unit needs a unit, and a least, a most and a step that lead somewhere."


class RangeInvalid(Invalid):
    """Limits for workers' own prices that exclude each other, or the usual price."""

    code = "service.price_range"
    title = "The lowest price has to be at most the highest, and the usual price between them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """What a service is along its axes."""

    booking_mode: str = "instant"
    location: str = "at_customer"
    pricing: str = "fixed"
    completion: str = "pin"
    payment: str = "at_booking"
    price_owner: str = "worker"
    cash: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What is counted, from how many to how many, and how long each takes."""

    code: str = ""
    least: int = 1
    most: int = 1
    step: int = 1
    minutes: int = 0


def check_axes(axes: Axes) -> None:
    """Refuse unknown values and pairs that contradict each other, naming what to correct."""
    known = {
        "booking_mode": BOOKING,
        "location": LOCATION,
        "pricing": PRICING,
        "completion": COMPLETION,
        "payment": PAYMENT,
        "price_owner": PRICE_OWNERS,
    }
    unknown = [name for name, values in known.items() if getattr(axes, name) not in values]
    if unknown:
        raise AxesRefused(fields=unknown)
    for field, pair in REFUSED:
        if all(getattr(axes, name) in values for name, values in pair.items()):
            raise AxesRefused(fields=[field])


def check_unit(pricing: str, unit: Unit) -> None:
    """Refuse a price per unit without a way to count, and a unit where nothing is counted."""
    if pricing != "per_unit":
        if unit.code:
            raise UnitInvalid(fields=["unit"])
        return
    if unit.code not in UNITS:
        raise UnitInvalid(fields=["unit"])
    if not 1 <= unit.least <= unit.most <= 10_000:
        raise UnitInvalid(fields=["unit_max"])
    if unit.step < 1 or (unit.most - unit.least) % unit.step:
        raise UnitInvalid(fields=["unit_step"])


def check_range(price_minor: int, low: int | None, high: int | None) -> None:
    """Refuse limits for workers' own prices that leave no room for the usual one."""
    if low is not None and not 0 < low <= price_minor:
        raise RangeInvalid(fields=["price_min_minor"])
    if high is not None and high < price_minor:
        raise RangeInvalid(fields=["price_max_minor"])
