"""How money, moments and numbers are written for the reader of this page."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language, gettext

from kernel import reading
from kernel.context import country_here
from kernel.reading import Amount

__all__ = ["Amount", "city", "day", "distance", "locale", "moment", "money", "number", "percent"]


def locale() -> str:
    """Return Babel's name of the reader's language, as the marketplace's country writes it."""
    return reading.babel_locale(get_language(), country_here())


def money(amount: Amount) -> str:
    """Write an amount."""
    return reading.money(amount, locale=locale())


def number(value: float, *, decimals: int = 1) -> str:
    """Write a number with at most some decimals."""
    return reading.number(value, locale=locale(), decimals=decimals)


def percent(value: float | Decimal, *, decimals: int = 1) -> str:
    """Write so many of a hundred."""
    return reading.percent(value, locale=locale(), decimals=decimals)


def moment(at: datetime, *, zone: str, kind: str = "short") -> str:
    """Write a UTC moment as the clock on the wall says it in a zone; see `reading.moment`."""
    return reading.moment(at, zone=zone, locale=locale(), kind=kind)


def day(on: date) -> str:
    """Write a date in full."""
    return reading.day(on, locale=locale())


def city(zone: str) -> str:
    """Return the city whose clock a zone is."""
    return reading.city(zone, locale=locale())


def distance(km: float) -> str:
    """Write a distance a person would walk or ride."""
    return gettext("%(km)s km") % {"km": number(km, decimals=1 if km < 20 else 0)}
