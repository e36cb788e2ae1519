"""Reading a bank's statement: what its lines are, and whether they add up.

A CSV file with comma or semicolon, its columns in any order: `date` (2026-11-21 or 21/11/2026),
`amount` (came in; with a minus, went out), `balance` (after the line), and if there are,
`reference`, `tracking_key` and `text`. Every balance must follow from the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kernel.errors import Conflict, Invalid
from payments.rules.bank_files import (
    COLUMNS,
    LARGEST_ANSWER,
    AnswerTooLong,
    cells,
    minor_of,
    places_in,
    table_of,
)

MATCHED, UNMATCHED, PUT_ASIDE = "matched", "unmatched", "put_aside"
LINE_RESULTS = (MATCHED, UNMATCHED, PUT_ASIDE)
NEEDED = {"date", "amount", "balance"}
NAMES = {
    "date": ("date", "fecha", "data"),
    "amount": COLUMNS["amount"],
    "balance": ("balance", "saldo"),
    "reference": COLUMNS["reference"],
    "tracking_key": COLUMNS["tracking_key"],
    "text": ("text", "descripcion", "descripción", "descricao", "descrição", "historico"),
}


class StatementUnreadable(Invalid):
    code = "bank.statement"
    title = "We cannot read this statement: its first line must name date, amount and balance."


class StatementLineUnreadable(Invalid):
    code = "bank.statement_line"
    title = "Line {row} cannot be read: it needs a date, an amount and a balance."


class StatementBroken(Invalid):
    code = "bank.statement_broken"
    title = "The balance in line {row} does not follow from the line before."


class StatementGap(Conflict):
    code = "bank.statement_gap"
    title = "This statement does not begin where the last one ended: something is missing between."


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedLine:
    """One line of a statement."""

    row: int
    booked_on: date
    minor: int
    balance_minor: int
    reference: str
    tracking_key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStatement:
    """A statement that adds up, oldest line first."""

    lines: tuple[BookedLine, ...]

    @property
    def opening_minor(self) -> int:
        """What there was before its first line."""
        return self.lines[0].balance_minor - self.lines[0].minor

    @property
    def closing_minor(self) -> int:
        """What there is after its last line."""
        return self.lines[-1].balance_minor


def read_statement(content: bytes, *, exponent: int) -> ReadStatement:
    """Read a statement, oldest or newest line first, or refuse what does not add up."""
    header, rows = table_of(content)
    places = places_in(header, NAMES)
    if not set(places) >= NEEDED or not rows:
        raise StatementUnreadable(fields=["statement"])
    if len(rows) >= LARGEST_ANSWER:
        raise AnswerTooLong(fields=["statement"])
    lines = [_line(at, cells(row, places), exponent) for at, row in rows]
    if len(lines) > 1 and _first_break(lines) and not _first_break(lines[::-1]):
        lines.reverse()
    if broken := _first_break(lines):
        raise StatementBroken(fields=["statement"], row=broken)
    return ReadStatement(lines=tuple(lines))


def check_follows(*, opening_minor: int, last_closing_minor: int | None) -> None:
    """Refuse a statement that leaves something out since the last one."""
    if last_closing_minor is not None and opening_minor != last_closing_minor:
        raise StatementGap(fields=["statement"])


def _first_break(lines: Sequence[BookedLine]) -> int:
    """Return the row whose balance does not follow from the line before; 0 if all do."""
    for before, line in pairwise(lines):
        if before.balance_minor + line.minor != line.balance_minor:
            return line.row
    return 0


def _line(row: int, said: dict[str, str], exponent: int) -> BookedLine:
    booked_on = _day(said["date"])
    minor, balance = (minor_of(said[name], exponent) for name in ("amount", "balance"))
    if booked_on is None or not minor or balance is None:
        raise StatementLineUnreadable(fields=["statement"], row=row)
    return BookedLine(
        row=row,
        booked_on=booked_on,
        minor=minor,
        balance_minor=balance,
        reference=said.get("reference", "").upper()[:60],
        tracking_key="".join(said.get("tracking_key", "").split()).upper()[:60],
        text=said.get("text", "")[:120],
    )


def _day(text: str) -> date | None:
    try:
        if "/" not in text:
            return date.fromisoformat(text)
        day, month, year = (int(each) for each in text.split("/"))
        return date(year, month, day)
    except ValueError:
        return None
