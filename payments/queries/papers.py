"""Receipts as papers in the reader's language: the same words on the page, in PDF and in CSV."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import get_language, gettext, pgettext

from kernel import reading
from kernel.money import Money
from payments import kinds
from payments.models import Receipt
from payments.rules.blocks import PARTS
from payments.rules.paper import Paper, Table, plain_amount
from payments.rules.receipts import CASH_OUT, PAYMENT, REFUND, TIP
from tenants.messaging.rules import wording
from tenants.tenancy.queries import here


def locale_now() -> str:
    """Return the language this is being read in."""
    return wording.language(get_language() or here().locale)


def receipt_paper(receipt: Receipt) -> Paper:
    """Return a receipt as a paper in the reader's language."""
    tenant = here()
    return Paper(
        language=locale_now()[:2],
        business=tenant.name,
        title=str(kinds.RECEIPTS[receipt.kind]),
        number=receipt.name,
        headline=in_figures(receipt.total),
        facts=tuple(_facts(receipt)),
        tables=tuple(_TABLES[receipt.kind](receipt)),
        notes=(gettext("This is a receipt, not a tax invoice."),),
    )


def receipt_rows(receipts: list[Receipt]) -> tuple[list[str], list[list[str]]]:
    """Return receipts as rows for a spreadsheet, in machine-readable figures."""
    header = ["number", "date", "kind", "reference", "description", "line", "amount", "currency"]
    rows = [
        [
            receipt.name,
            receipt.happened_at.isoformat(),
            receipt.kind,
            receipt.reference,
            receipt.title,
            line,
            plain_amount(amount),
            receipt.currency,
        ]
        for receipt in receipts
        for line, amount in _lines(receipt)
    ]
    return header, rows


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    content, facts = receipt.content, [(gettext("Date"), _moment(receipt.happened_at))]
    if receipt.title:
        facts.append((gettext("For"), receipt.title))
    if receipt.payer is not None:
        facts.append((gettext("Paid by"), receipt.payer.user.public_name))
    if receipt.worker is not None:
        facts.append((gettext("Worker"), receipt.worker.user.public_name))
    known = (
        (gettext("With"), gettext("Cash") if content.get("in_cash") else content.get("method")),
        (gettext("Of receipt"), content.get("of")),
        (pgettext("account", "To"), content.get("destination")),
        (gettext("Reference"), content.get("provider_ref")),
    )
    if content.get("to_credit"):
        facts.append((gettext("With"), gettext("A credit, to spend here")))
    return [*facts, *((label, str(value)) for label, value in known if value)]


def _lines(receipt: Receipt) -> list[tuple[str, Money]]:
    content = receipt.content

    def line(label: str, minor: int) -> tuple[str, Money]:
        return label, Money(receipt.currency, minor)

    if receipt.kind == CASH_OUT:
        return [
            line(gettext("Taken from your wallet"), content["gross"]),
            line(gettext("Fee"), -content["fee"] if content["fee_from"] == "worker" else 0),
        ]
    if content.get("items"):
        return [line(_item(item), item["minor"]) for item in content["items"]]
    lines = [line(receipt.title, content["amount"])] if content.get("amount") else []
    tip = content.get("tip")
    words = gettext("Tip, 100 % for the worker")
    return [*lines, line(words, tip)] if tip else lines


def _item(item: dict[str, Any]) -> str:
    label, quantity = str(item["label"]), item["quantity"]
    return f"{gettext(label)} × {quantity}" if quantity > 1 else gettext(label)


def _main_table(receipt: Receipt, caption: str, total: str) -> Table:
    return Table(
        caption=caption,
        header=(gettext("What for"), gettext("Amount")),
        rows=tuple((label, in_figures(amount)) for label, amount in _lines(receipt)),
        total=(total, in_figures(receipt.total)),
    )


def _payment(receipt: Receipt) -> list[Table]:
    tables = [_main_table(receipt, gettext("What was paid"), gettext("Total")), *_ways(receipt)]
    parts = receipt.content["parts"]
    if not parts:
        return tables
    rows = tuple(
        (str(kinds.PARTS[part]), in_figures(Money(receipt.currency, parts[part]))) for part in PARTS
    )
    whole = (gettext("Total"), in_figures(receipt.total))
    header = (gettext("For whom"), gettext("Amount"))
    caption = gettext("Who gets what of it")
    return [*tables, Table(caption=caption, header=header, rows=rows, total=whole)]


def _ways(receipt: Receipt) -> list[Table]:
    """Say how a price was paid of which credits paid a part."""
    credit = Money(receipt.currency, receipt.content.get("credit", 0))
    if not credit:
        return []
    ways = ((gettext("With credits"), credit), (gettext("In money"), receipt.total - credit))
    return [
        Table(
            caption=gettext("How it was paid"),
            header=(gettext("With"), gettext("Amount")),
            rows=tuple((label, in_figures(amount)) for label, amount in ways),
            total=(gettext("Total"), in_figures(receipt.total)),
        )
    ]


def _refund(receipt: Receipt) -> list[Table]:
    return [_main_table(receipt, gettext("What was given back"), gettext("Total"))]


def _tip(receipt: Receipt) -> list[Table]:
    return [_main_table(receipt, gettext("The tip"), gettext("Reached the worker"))]


def _cash_out(receipt: Receipt) -> list[Table]:
    return [_main_table(receipt, gettext("The cash-out"), gettext("Arrives at your bank"))]


_TABLES: dict[str, Callable[[Receipt], list[Table]]] = {
    PAYMENT: _payment,
    REFUND: _refund,
    TIP: _tip,
    CASH_OUT: _cash_out,
}


def in_figures(amount: Money) -> str:
    """Write an amount as readers here do."""
    return reading.money(amount, locale=_where())


def on_calendar(at: datetime) -> str:
    """Write a moment's day, short, with its year, as the calendar on the wall here has it."""
    local = at.astimezone(ZoneInfo(here().timezone))
    return str(format_date(local.date(), "medium", locale=_where()))


def _moment(at: datetime) -> str:
    zone = here().timezone
    return f"{on_calendar(at)}, {reading.moment(at, zone=zone, locale=_where(), kind='time')}"


def _where() -> str:
    return reading.babel_locale(locale_now(), here().country)
