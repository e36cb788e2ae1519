"""Turns plain values into words: moments and money as the reader writes them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency

from kernel.money import Money

Values = Mapping[str, str | int]

LANGUAGES = {"es": "es_MX", "pt": "pt_BR", "en": "en"}


def language(locale: str) -> str:
    """Return the catalogue a locale is read in: es, pt-br or en."""
    short = locale.lower()[:2]
    return {"pt": "pt-br", "en": "en"}.get(short, "es")


def words(values: Values, *, locale: str, zone: str) -> dict[str, str]:
    """Return what placeholders stand for.

    A value under `…_at` (ISO 8601) becomes a moment on the zone's clock; `price_minor` beside
    `currency` becomes money called `price`; the rest stays as it is.
    """
    readable: dict[str, str] = {}
    for name, value in values.items():
        if name.endswith("_at"):
            readable[name] = moment(datetime.fromisoformat(str(value)), locale=locale, zone=zone)
        elif name.endswith("_minor"):
            amount = Money(str(values["currency"]), int(value))
            readable[name.removesuffix("_minor")] = money(amount, locale=locale)
        else:
            readable[name] = str(value)
    return readable


def moment(at: datetime, *, locale: str, zone: str) -> str:
    """Write a moment as a wall clock of the zone shows it: sáb 21 nov, 10:00."""
    where = _babel(locale)
    local = at.astimezone(ZoneInfo(zone))
    day = format_skeleton("MMMEd", local, locale=where)
    time = format_time(local, "short", locale=where).replace("\u202f", " ")
    return f"{day}, {time}"


def moment_of_a_year(at: datetime, *, locale: str, zone: str) -> str:
    """Write a moment for papers that are kept: 21 nov 2026, 10:00."""
    where = _babel(locale)
    local = at.astimezone(ZoneInfo(zone))
    time = format_time(local, "short", locale=where).replace("\u202f", " ")
    return f"{day(local.date(), locale=locale)}, {time}"


def day(on: date, *, locale: str) -> str:
    """Write a day with its year: 21 nov 2026."""
    return str(format_date(on, "medium", locale=_babel(locale)))


def money(amount: Money, *, locale: str) -> str:
    """Write an amount; a bare "$" is followed by its currency, for many countries have one."""
    value = Decimal(amount.minor).scaleb(-amount.exponent)
    text: str = format_currency(value, amount.currency, locale=_babel(locale))
    if text.lstrip("-").startswith("$"):
        return f"{text}\u00a0{amount.currency}"
    return re.sub(r"(?<=[A-Z])(?=\d)", "\u00a0", text)


def _babel(locale: str) -> str:
    return LANGUAGES[language(locale)[:2]]
