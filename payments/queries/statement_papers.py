"""A statement as a paper and as a spreadsheet, in its owner's language."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext, pgettext

from kernel.money import Money
from payments import kinds
from payments.models import THE_BUSINESS, Earning, Payout, Tip
from payments.providers import caps_of
from payments.queries.papers import in_figures, locale_now, on_calendar
from payments.rules.entries.charges import CASH
from payments.rules.paper import Paper, Table, plain_amount
from payments.rules.statements import AccountSum, Movement
from payments.rules.story import Side
from tenants.tenancy.queries import here, member

SHEET = (
    *("date", "entry", "kind", "booking", "description", "amount", "currency", "balance"),
    *("account", "adjustment"),
)


def statement_paper(
    *,
    owner_id: UUID,
    month: date,
    currency: str,
    sums: Sequence[AccountSum],
    movements: Sequence[Movement],
    year: dict[str, int],
    note: str = "",
) -> Paper:
    """Return a month as a paper: accounts, jobs, cash-outs, every line, the year so far."""
    side = Side.OFFICE if owner_id == THE_BUSINESS else Side.WORKER
    tenant = here()
    words = _Words(currency, side)
    whose = tenant.name if owner_id == THE_BUSINESS else member(owner_id).user.public_name
    tables = [
        words.accounts(sums),
        words.jobs(movements, owner_id),
        words.cash_outs(movements),
        words.lines(movements),
        words.year(year),
    ]
    return Paper(
        language=locale_now()[:2],
        business=tenant.name,
        title=gettext("Monthly statement"),
        number=f"{month:%Y-%m}",
        headline=whose,
        facts=((gettext("Currency"), currency),),
        tables=tuple(table for table in tables if table.rows),
        notes=(
            *([note] if note else ()),
            gettext("Issued once and never changed: what comes late is in the next statement."),
            gettext("This is a statement of account, not a tax invoice."),
        ),
    )


def statement_rows(
    movements: Sequence[Movement], *, opening: dict[str, int], currency: str
) -> list[list[str]]:
    """Return a month's lines for a spreadsheet, each with its account's balance after it."""
    balance, rows = dict(opening), []
    for each in movements:
        balance[each.account] = balance.get(each.account, 0) + each.minor
        rows.append(
            [
                each.at.isoformat(),
                each.entry_id,
                each.kind,
                each.about,
                each.title,
                plain_amount(Money(currency, each.minor)),
                currency,
                plain_amount(Money(currency, balance[each.account])),
                each.account,
                "adjustment" if each.adjustment else "",
            ]
        )
    return rows


class _Words:
    """The tables of a statement, in the language of the moment."""

    def __init__(self, currency: str, side: Side) -> None:
        self.currency, self.side = currency, side

    def accounts(self, sums: Sequence[AccountSum]) -> Table:
        rows = tuple(
            (
                kinds.account_words(each["account"], self.side),
                self._money(each["opening"]),
                self._money(each["closing"] - each["opening"]),
                self._money(each["closing"]),
            )
            for each in sums
        )
        header = (gettext("Account"), gettext("Opening"), gettext("Change"), gettext("Closing"))
        return Table(caption=gettext("Accounts"), header=header, rows=rows, amounts=3)

    def jobs(self, movements: Sequence[Movement], owner_id: UUID) -> Table:
        """Each job of the month: its price, who got what of it, the tip, what was paid in cash.

        A tax that was kept back of the worker's share stands among the taxes, not in the share.
        """
        refs = list(dict.fromkeys(each.ref for each in movements if each.kind == "job.accrued"))
        earnings = Earning.objects.filter(reference__in=refs).select_related("payment")
        tips = Tip.objects.filter(reference__in=refs, state=Tip.EARNED)
        tipped: dict[str, int] = {}
        for tip in tips:
            tipped[tip.reference] = tipped.get(tip.reference, 0) + tip.amount_minor
        set_off: dict[str, int] = {}
        for each in movements:
            if each.account == "worker_receivable" and each.kind == "job.released":
                set_off[each.about] = set_off.get(each.about, 0) + each.minor
        rows = tuple(
            (
                on_calendar(earning.accrued_at),
                earning.payment.title,
                *map(self._money, _columns(earning)),
                self._money(tipped.get(earning.reference, 0)),
                self._money(set_off.get(earning.reference, 0)),
                self._money(_in_cash(earning)),
            )
            for earning in earnings.order_by("accrued_at")
        )
        header = (
            *(gettext("Day"), gettext("Job"), gettext("Price"), gettext("Commission")),
            *(gettext("Technology"), gettext("Payment"), gettext("Taxes"), gettext("Worker")),
            *(gettext("Tip"), gettext("Set off"), gettext("In cash")),
        )
        return Table(caption=gettext("Jobs"), header=header, rows=rows, amounts=9)

    def cash_outs(self, movements: Sequence[Movement]) -> Table:
        refs = {each.ref for each in movements if each.kind.startswith("cashout.")}
        payouts = Payout.objects.filter(pk__in=[UUID(ref.partition(":")[2]) for ref in refs])
        rows = tuple(
            (
                on_calendar(payout.requested_at),
                payout.destination,
                payout.provider_ref,
                self._money(payout.fee_minor),
                self._money(payout.amount_minor),
            )
            for payout in payouts.order_by("requested_at")
        )
        header = (
            *(gettext("Day"), pgettext("account", "To"), gettext("Reference"), gettext("Fee")),
            gettext("Amount"),
        )
        return Table(caption=gettext("Cash-outs"), header=header, rows=rows, amounts=2)

    def lines(self, movements: Sequence[Movement]) -> Table:
        rows = tuple(
            (
                on_calendar(each.at),
                kinds.account_words(each.account, self.side),
                self._what(each),
                self._money(each.minor),
            )
            for each in movements
        )
        header = (gettext("Day"), gettext("Account"), gettext("What happened"), gettext("Amount"))
        return Table(caption=gettext("Every line"), header=header, rows=rows)

    def year(self, year: dict[str, int]) -> Table:
        rows = tuple((str(kinds.YEAR[name]), self._money(minor)) for name, minor in year.items())
        header = (gettext("What"), gettext("Amount"))
        return Table(caption=gettext("The year so far"), header=header, rows=rows)

    def _what(self, each: Movement) -> str:
        words = kinds.entry_words(each.kind, self.side)
        told = f"{words} · {each.title}" if each.title else words
        return gettext("Adjustment: %(what)s") % {"what": told} if each.adjustment else told

    def _money(self, minor: int) -> str:
        return in_figures(Money(self.currency, minor))


def _columns(earning: Earning) -> tuple[int, ...]:
    """Return the price of a job and its parts, which add up to it; the tip is apart."""
    blocks = earning.blocks
    kept_back = sum(each["minor"] for each in earning.withheld)
    return (
        blocks.service.minor,
        blocks.tenant.minor,
        blocks.platform.minor,
        blocks.processor.minor,
        blocks.tax.minor + kept_back,
        blocks.worker.minor - kept_back,
    )


def _in_cash(earning: Earning) -> int:
    """Return what of a job's price the customer gave into the worker's hand."""
    cash = caps_of(earning.payment.provider).lands_in == CASH
    return earning.blocks.service.minor if cash else 0
