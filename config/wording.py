"""How money, moments and numbers are written in the reader's language."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from django.utils.translation import get_language, gettext

SPANISH_HOME = {
    "MXN": "es_MX",
    "CLP": "es_CL",
    "COP": "es_CO",
    "ARS": "es_AR",
    "PEN": "es_PE",
    "UYU": "es_UY",
    "PYG": "es_PY",
    "BOB": "es_BO",
}
WRITTEN_ALIKE = {"$", "US$"}


class Amount(Protocol):
    """Money as a page needs it."""

    @property
    def currency(self) -> str:
        """The ISO 4217 code."""

    @property
    def minor(self) -> int:
        """The amount in minor units."""

    @property
    def exponent(self) -> int:
        """How many decimals people write."""


def locale() -> str:
    """Return Babel's name of the reader's language."""
    language = (get_language() or "es").lower()
    if language.startswith("pt"):
        return "pt_BR"
    return "en" if language.startswith("en") else "es_MX"


def money_locale(currency: str) -> str:
    """Return the locale whose separators readers of Spanish know from this currency."""
    reader = locale()
    return SPANISH_HOME.get(currency, reader) if reader.startswith("es") else reader


def money(amount: Amount) -> str:
    """Write an amount; a bare "$" is followed by its currency, because five countries use it."""
    where = money_locale(amount.currency)
    value = Decimal(amount.minor).scaleb(-amount.exponent)
    decimals = "." + "0" * amount.exponent if amount.exponent else ""
    symbol = get_currency_symbol(amount.currency, locale=where)
    space = "\u00a0" if where == "pt_BR" or symbol == amount.currency else ""
    pattern = f"¤{space}#,##0{decimals};-¤{space}#,##0{decimals}"
    text = format_currency(value, amount.currency, pattern, locale=where, currency_digits=False)
    return f"{text}\u00a0{amount.currency}" if symbol in WRITTEN_ALIKE else text


def number(value: float, *, decimals: int = 1) -> str:
    """Write a number with at most some decimals."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, pattern, locale=locale())


def moment(at: datetime, *, zone: str, kind: str = "short") -> str:
    """Write a UTC moment as the clock on the wall says it in a zone.

    Kinds: `short` (sáb 21 nov, 10:00), `long` (sábado, 21 de noviembre de 2026, 10:00), `date`,
    `day` (sáb 21 nov), `time`.
    """
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
    where = locale()
    time = format_time(local, "short", locale=where)
    if kind == "time":
        return time
    if kind == "date":
        return day(local.date())
    if kind == "long":
        return f"{format_datetime(local, 'EEEE', locale=where)}, {day(local.date())}, {time}"
    short = format_skeleton("MMMEd", local, locale=where)
    return short if kind == "day" else f"{short}, {time}"


def day(on: date) -> str:
    """Write a date in full."""
    return format_date(on, "long", locale=locale())


def distance(km: float) -> str:
    """Write a distance a person would walk or ride."""
    return gettext("%(km)s km") % {"km": number(km, decimals=1 if km < 20 else 0)}
