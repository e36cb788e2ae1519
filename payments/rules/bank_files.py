"""Files for banks and from banks: what to pay, and what became of it.

Numbers and names go out as text that no spreadsheet takes for a formula; amounts as each country's
banks write them, from the table of currencies.
"""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kernel.errors import Invalid
from kernel.money import Money
from payments.rules.bank_accounts import BankAccount

REFERENCE_LONGEST = 20
LARGEST_ANSWER = 5_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
PAID, REJECTED, RECEIVED = "paid", "rejected", "received"
STATUS_WORDS = {
    PAID: ("paid", "pagado", "pagada", "pago", "paga", "liquidada", "liquidado", "efetuado"),
    REJECTED: ("rejected", "rechazado", "rechazada", "devuelto", "devuelta", "rejeitado"),
    RECEIVED: ("received", "recibido", "recibida", "recebido", "abono", "credito"),
}
COLUMNS = {
    "reference": ("reference", "referencia", "concepto"),
    "status": ("status", "estado", "estatus", "situacao"),
    "tracking_key": ("tracking_key", "clave_de_rastreo", "clave_rastreo", "e2e", "e2e_id"),
    "amount": ("amount", "monto", "importe", "valor"),
    "reason": ("reason", "motivo"),
}


class AnswerUnreadable(Invalid):
    code = "bank.answer"
    title = "We cannot read this file: its first line must name reference, status and amount."


class AnswerTooLong(Invalid):
    code = "bank.answer_too_long"
    title = "This file has too many lines. Please import it in parts."


@dataclass(frozen=True, slots=True, kw_only=True)
class PayLine:
    """One person to be paid."""

    reference: str
    account: BankAccount
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One line of what a bank says; `minor` is nothing where no amount can be read."""

    row: int
    reference: str
    status: str
    tracking_key: str
    minor: int | None
    reason: str


def plain_amount(amount: Money) -> str:
    """Write an amount with a point, and with as many decimals as its currency has."""
    return f"{Decimal(amount.minor).scaleb(-amount.exponent):.{amount.exponent}f}"


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return out.getvalue().encode()


def _mexico(lines: Sequence[PayLine]) -> bytes:
    header = ("clabe", "beneficiario", "monto", "referencia")
    return _as_csv(header, [_common(line) for line in lines])


def _brazil(lines: Sequence[PayLine]) -> bytes:
    header = ("chave_pix", "favorecido", "valor", "identificador")
    # A phone begins with a plus; it is a key, no formula, and banks want it bare.
    return _as_csv(header, [_common(line) for line in lines]).replace(b"'+55", b"+55")


def _common(line: PayLine) -> tuple[str, str, str, str]:
    return line.account.number, line.account.holder, plain_amount(line.amount), line.reference


def _argentina(lines: Sequence[PayLine]) -> bytes:
    """Write fixed columns: CBU 22, amount 15 in cents, name 40, reference 20."""
    return "".join(
        f"{line.account.number:22}{line.amount.minor:015}{line.account.holder[:40]:40}"
        f"{line.reference:20}\r\n"
        for line in lines
    ).encode()


def _chile(lines: Sequence[PayLine]) -> bytes:
    header = ("rut", "nombre", "banco", "cuenta", "monto", "referencia")
    return _as_csv(
        header,
        [
            (
                line.account.national_id,
                line.account.holder,
                line.account.bank,
                line.account.number,
                plain_amount(line.amount),
                line.reference,
            )
            for line in lines
        ],
    )


def _elsewhere(lines: Sequence[PayLine]) -> bytes:
    header = ("account", "bank", "name", "amount", "currency", "reference")
    return _as_csv(
        header,
        [
            (
                line.account.number,
                line.account.bank,
                line.account.holder,
                plain_amount(line.amount),
                line.amount.currency,
                line.reference,
            )
            for line in lines
        ],
    )


WRITERS = {
    "MX": (_mexico, "csv"),
    "BR": (_brazil, "csv"),
    "AR": (_argentina, "txt"),
    "CL": (_chile, "csv"),
}


def pay_file(*, country: str, lines: Sequence[PayLine]) -> bytes:
    """Return the file that a country's banks take; the same lines always give the same bytes."""
    write, _ = WRITERS.get(country, (_elsewhere, "csv"))
    return write(lines)


def pay_file_form(country: str) -> str:
    """Return the ending of a country's file."""
    return WRITERS.get(country, (_elsewhere, "csv"))[1]


def sha256(content: bytes) -> str:
    """Return what tells whether a file is the one that was seen."""
    return hashlib.sha256(content).hexdigest()


def read_answer(content: bytes, *, exponent: int) -> list[AnswerLine]:
    """Read a bank's answer or statement: CSV, with comma or semicolon, its columns in any order."""
    header, rows = table_of(content)
    places = places_in(header, COLUMNS)
    if not {"reference", "status", "amount"} <= set(places):
        raise AnswerUnreadable(fields=["answer"])
    if len(rows) >= LARGEST_ANSWER:
        raise AnswerTooLong(fields=["answer"])
    return [_line(number, cells(row, places), exponent) for number, row in rows]


def table_of(content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return a file's first line, and the others that are not empty with their numbers."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    first = text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ","))
    return (rows[0] if rows else []), [(at, row) for at, row in enumerate(rows[1:], 2) if any(row)]


def places_in(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return which column is where, by the names that it may have."""
    named = [each.strip().lower().replace(" ", "_") for each in header]
    return {
        name: named.index(alias)
        for name, aliases in columns.items()
        for alias in aliases
        if alias in named
    }


def cells(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """Return what a row says, by column; nothing where it is too short."""
    return {
        name: row[place].strip().lstrip("'") if place < len(row) else ""
        for name, place in places.items()
    }


def _line(number: int, said: Mapping[str, str], exponent: int) -> AnswerLine:
    return AnswerLine(
        row=number,
        reference=said["reference"].upper(),
        status=_status(said["status"]),
        tracking_key=said.get("tracking_key", "").upper()[:60],
        minor=minor_of(said["amount"], exponent),
        reason=said.get("reason", "")[:80],
    )


def _status(word: str) -> str:
    for status, words in STATUS_WORDS.items():
        if word.lower() in words:
            return status
    return ""


def minor_of(text: str, exponent: int) -> int | None:
    """Read an amount; with a comma as its last sign, the comma is the point."""
    plain = text.replace("$", "").replace(" ", "")
    if plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        minor = Decimal(plain.replace(",", "")).scaleb(exponent)
    except InvalidOperation:
        return None
    return int(minor) if minor.is_finite() and minor == minor.to_integral_value() else None
