"""A document about money: a receipt, a statement. Words and amounts in place, no layout."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kernel.money import Money

NUMBER = re.compile(r"-?\d+(\.\d+)?")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # Without it spreadsheets misread accents.


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a header; the last columns, `amounts` of them, are aligned as amounts."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: int = 1
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole document in one language."""

    language: str
    business: str
    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    headline: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)


def plain_amount(amount: Money) -> str:
    """Write an amount for machines: no symbol, no grouping, a point."""
    return f"{Decimal(amount.minor).scaleb(-amount.exponent):.{amount.exponent}f}"


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if text.startswith(STARTS_A_FORMULA) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a file that spreadsheets open and that runs nothing in them (RFC 4180)."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([safe_cell(each) for each in header])
    writer.writerows([safe_cell(each) for each in row] for row in rows)
    return (BYTE_ORDER_MARK + file.getvalue()).encode()
