"""Turns plain values into words: moments and money as the reader writes them."""

from collections.abc import Mapping
from datetime import datetime

from kernel.money import Money
from kernel.reading import babel_locale, moment, money

Values = Mapping[str, str | int]


def language(locale: str) -> str:
    """Return the catalogue a locale is read in: es, pt-br or en."""
    short = locale.lower()[:2]
    return {"pt": "pt-br", "en": "en"}.get(short, "es")


def words(values: Values, *, locale: str, zone: str, country: str = "") -> dict[str, str]:
    """Return what placeholders stand for, as the country writes the language.

    A value under `…_at` (ISO 8601) becomes a moment on the zone's clock; `price_minor` beside
    `currency` becomes money called `price`; the rest stays as it is.
    """
    readable: dict[str, str] = {}
    where = babel_locale(locale, country)
    for name, value in values.items():
        if name.endswith("_at"):
            readable[name] = moment(datetime.fromisoformat(str(value)), locale=where, zone=zone)
        elif name.endswith("_minor"):
            amount = Money(str(values["currency"]), int(value))
            readable[name.removesuffix("_minor")] = money(amount, locale=where)
        else:
            readable[name] = str(value)
    return readable
