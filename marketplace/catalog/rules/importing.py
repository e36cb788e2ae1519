"""Lists that a business brings along: which columns they have, and what fits into each."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kernel.errors import Conflict, Invalid
from marketplace.catalog.rules import service_axes as axes

KINDS = ("services", "workers", "customers")
MOST_ROWS, MOST_PROBLEMS, MOST_BYTES = 50_000, 1_000, 10 * 1024 * 1024

Value = str | int | bool | Decimal | list[str] | None


class ImportRefused(Invalid):
    """A file that is no list."""

    code = "import.unreadable"
    title = "This is not a table in UTF-8 with a first line of column names, up to 50 000 rows."


class ImportNotReady(Conflict):
    """A list that was not looked at yet, has mistakes, or was taken in already."""

    code = "import.not_ready"
    title = "This list cannot be taken in now. Correct it and bring it again."


class SomebodyElse(Conflict):
    """The other system's number already belongs to another of our rows."""

    code = "import.somebody_else"
    title = "This number already belongs to somebody else here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in a list: the line as a spreadsheet counts it, the column and why."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: how its cells are read, and whether they may be empty."""

    read: Callable[[str], Value]
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a list, with its cells read; empty ones are left out."""

    number: int
    cells: Mapping[str, Value]

    @property
    def external_id(self) -> str:
        """What the other system calls it."""
        return str(self.cells["external_id"])


def _text(longest: int) -> Callable[[str], Value]:
    def read(cell: str) -> Value:
        if len(cell) > longest or "\x00" in cell:
            raise ValueError
        return cell

    return read


def _one_of(values: tuple[str, ...]) -> Callable[[str], Value]:
    def read(cell: str) -> Value:
        if cell not in values:
            raise ValueError
        return cell

    return read


def _whole(low: int, high: int) -> Callable[[str], Value]:
    def read(cell: str) -> Value:
        number = int(cell)
        if not low <= number <= high:
            raise ValueError
        return number

    return read


def _number(low: int, high: int) -> Callable[[str], Value]:
    def read(cell: str) -> Value:
        number = Decimal(cell.replace(",", "."))
        if not number.is_finite() or not low <= number <= high:
            raise ValueError
        return number

    return read


def _several(cell: str) -> Value:
    return [part for part in re.split(r"[;\s]+", cell) if part]


def _yes_or_no(cell: str) -> Value:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[
        cell.lower()
    ]


NAMED = Column(read=_text(80), required=True)
PERSON = {
    "external_id": NAMED,
    "email": Column(read=_text(254)),
    "phone": Column(read=_text(30)),
    "first_name": Column(read=_text(60), required=True),
    "last_name": Column(read=_text(60)),
}
COLUMNS: dict[str, dict[str, Column]] = {
    "services": {
        "external_id": NAMED,
        "category": NAMED,
        "name": NAMED,
        "description": Column(read=_text(1_000)),
        "minutes": Column(read=_whole(0, 720), required=True),
        "price": Column(read=_number(0, 10**12), required=True),
        "booking_mode": Column(read=_one_of(axes.BOOKING)),
        "location": Column(read=_one_of(axes.LOCATION)),
        "pricing": Column(read=_one_of(axes.PRICING)),
        "completion": Column(read=_one_of(axes.COMPLETION)),
        "payment": Column(read=_one_of(axes.PAYMENT)),
        "price_owner": Column(read=_one_of(axes.PRICE_OWNERS)),
        "unit": Column(read=_one_of(axes.UNITS)),
        "unit_min": Column(read=_whole(1, 10_000)),
        "unit_max": Column(read=_whole(1, 10_000)),
        "unit_minutes": Column(read=_whole(0, 720)),
        "active": Column(read=_yes_or_no),
    },
    "workers": PERSON
    | {
        "headline": NAMED,
        "bio": Column(read=_text(1_500)),
        "languages": Column(read=_several),
        "latitude": Column(read=_number(-90, 90)),
        "longitude": Column(read=_number(-180, 180)),
        "radius_km": Column(read=_whole(1, 100)),
    },
    "customers": PERSON,
}


def read_list(kind: str, text: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a list that could be read, and all that is wrong with the others."""
    columns = COLUMNS[kind]
    table = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        lines = [(table.line_num, line) for line in table if any(cell.strip() for cell in line)]
    except csv.Error:
        raise ImportRefused(fields=["file"]) from None
    if not lines or len(lines) > MOST_ROWS + 1:
        raise ImportRefused(fields=["file"])
    names = [cell.strip().lower() for cell in lines[0][1]]
    problems = _header(names, columns)
    if problems:
        return [], problems
    rows: list[Row] = []
    seen: set[str] = set()
    for number, line in lines[1:]:
        row, wrong = _row(number, dict(zip(names, line, strict=False)), columns)
        wrong += _same_again(row, seen)
        problems += wrong
        if not wrong:
            rows.append(row)
    return rows, problems


def _delimiter(text: str) -> str:
    """Return what separates the cells: spreadsheets of Latin America often write semicolons."""
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _header(names: list[str], columns: Mapping[str, Column]) -> list[Problem]:
    unknown = [
        Problem(row=1, column=name, reason="unknown") for name in names if name not in columns
    ]
    twice = {name for name in names if names.count(name) > 1}
    doubled = [Problem(row=1, column=name, reason="twice") for name in sorted(twice)]
    missing = [
        Problem(row=1, column=name, reason="missing")
        for name, column in columns.items()
        if column.required and name not in names
    ]
    return [*unknown, *doubled, *missing]


def _row(
    number: int, line: Mapping[str, str], columns: Mapping[str, Column]
) -> tuple[Row, list[Problem]]:
    cells: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, column in columns.items():
        cell = line.get(name, "").strip()
        if not cell:
            if column.required:
                problems.append(Problem(row=number, column=name, reason="empty"))
            continue
        try:
            cells[name] = column.read(cell)
        except (ValueError, InvalidOperation, KeyError):
            problems.append(Problem(row=number, column=name, reason="does_not_fit"))
    if "email" in columns and not {"email", "phone"} & cells.keys() and not problems:
        problems.append(Problem(row=number, column="email", reason="no_contact"))
    return Row(number=number, cells=cells), problems


def _same_again(row: Row, seen: set[str]) -> list[Problem]:
    known = str(row.cells.get("external_id", ""))
    if known and known in seen:
        return [Problem(row=row.number, column="external_id", reason="twice")]
    seen.add(known)
    return []
