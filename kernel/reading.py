"""How figures, money, moments and places are written where the reader is at home.

A page has one way to write all of them: the reader's language as it is written in the country of
the marketplace. Mexico writes $1,250.50 and 83.8 %, Argentina $1.250,50 and 83,8 %.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.localedata import exists
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol

SPANISH, SPANISH_AT_HOME = "es_419", "es_MX"
WRITTEN_ALIKE = {"$", "US$"}
NARROW_SPACE = "\u202f"
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


class Amount(Protocol):
    """Money as a reader needs it."""

    @property
    def currency(self) -> str:
        """The ISO 4217 code."""

    @property
    def minor(self) -> int:
        """The amount in minor units."""

    @property
    def exponent(self) -> int:
        """How many decimals people write."""


def babel_locale(language: str | None, country: str = "") -> str:
    """Return Babel's name of a language as a country writes it: es_MX, es_AR, pt_BR, en."""
    short = (language or "es").lower()[:2]
    if short == "pt":
        return "pt_BR"
    if short == "en":
        return "en"
    if not country:
        return SPANISH_AT_HOME
    regional = f"es_{country.upper()}"
    return regional if exists(regional) else SPANISH


def country_name(code: str, *, language: str | None) -> str:
    """Return what a language calls a country: MX is México, or Mexico."""
    locale = Locale.parse(babel_locale(language))
    return str(locale.territories.get(code.upper(), code))


def number(value: float | Decimal, *, locale: str, decimals: int = 1) -> str:
    """Write a number with at most some decimals."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    written: str = format_decimal(_rounded(value, decimals), pattern, locale=locale)
    return written


def percent(value: float | Decimal, *, locale: str, decimals: int = 1) -> str:
    """Write so many of a hundred, with at most some decimals: 83.8 %."""
    share = _rounded(value, decimals).scaleb(-2)
    written: str = format_percent(share, locale=locale, decimal_quantization=False)
    return written


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def money(amount: Amount, *, locale: str) -> str:
    """Write an amount; a bare "$" is followed by its currency, because many countries use it."""
    value = Decimal(amount.minor).scaleb(-amount.exponent)
    decimals = "." + "0" * amount.exponent if amount.exponent else ""
    symbol = get_currency_symbol(amount.currency, locale=locale)
    space = "\u00a0" if locale == "pt_BR" or symbol == amount.currency else ""
    pattern = f"¤{space}#,##0{decimals};-¤{space}#,##0{decimals}"
    text: str = format_currency(
        value, amount.currency, pattern, locale=locale, currency_digits=False
    )
    return f"{text}\u00a0{amount.currency}" if symbol in WRITTEN_ALIKE else text


def moment(at: datetime, *, zone: str, locale: str, kind: str = "short") -> str:
    """Write a UTC moment as the clock on the wall says it in a zone.

    Kinds: `short` (sáb 21 de nov, 10:00 a.m.), `long` (sábado, 21 de noviembre de 2026, …),
    `date`, `day` (sáb 21 de nov), `time`.
    """
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
    time = format_time(local, "short", locale=locale).replace(NARROW_SPACE, " ")
    if kind == "time":
        return time
    if kind == "date":
        return day(local.date(), locale=locale)
    if kind == "long":
        weekday = format_datetime(local, "EEEE", locale=locale)
        return f"{weekday}, {day(local.date(), locale=locale)}, {time}"
    short: str = format_skeleton("MMMEd", local, locale=locale)
    return short if kind == "day" else f"{short}, {time}"


def day(on: date, *, locale: str) -> str:
    """Write a date in full."""
    written: str = format_date(on, "long", locale=locale)
    return written


def city(zone: str, *, locale: str) -> str:
    """Return the city whose clock a zone is, as the reader calls it: Ciudad de México."""
    names = Locale.parse(locale).time_zones
    area, last = zone.partition("/")[0], zone.rpartition("/")[2]
    known = names.get(zone) or names.get(f"{area}/{last}") or {}
    return str(known.get("city") or last.replace("_", " "))


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """Fill in a sentence's placeholders; what ends in a full stop needs no second one.

    "a las 8:41 a.m.." and "reseña de Ana T.." lose a stop; "…" and "..." stay.
    """
    return TWO_STOPS.sub(".", sentence.format_map(values))
