"""A month of somebody's accounts: opening, every line, closing; and what it adds up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypedDict
from zoneinfo import ZoneInfo

WORKER_ACCOUNTS = (
    *("worker_pending", "worker_available", "worker_reserve", "worker_in_transit"),
    *("worker_receivable",),
)
TENANT_ACCOUNTS = (
    *("tenant_pending", "tenant_available", "tenant_in_transit", "tenant_receivable"),
    *("goodwill", "chargeback_loss", "dispute_fee", "bad_debt"),
)
ISSUED_AT = time(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One posting on one of the owner's accounts; `minor` is positive where the account grows."""

    entry_id: str
    seq: int
    account: str
    kind: str
    ref: str
    about: str
    title: str
    minor: int
    at: datetime
    adjustment: bool


class AccountSum(TypedDict):
    """An account over a month."""

    account: str
    opening: int
    closing: int


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_of(at: datetime, *, zone: str) -> date:
    """Return the first day of the month that a moment falls into, on the wall of a zone."""
    return at.astimezone(ZoneInfo(zone)).date().replace(day=1)


def starts(month: date, *, zone: str) -> datetime:
    """Return the moment a month begins in a zone."""
    return datetime.combine(month, time(0), ZoneInfo(zone)).astimezone(UTC)


def due_at(month: date, *, zone: str) -> datetime:
    """Return when a month's statements are written: the first of the next one, at six."""
    return datetime.combine(next_month(month), ISSUED_AT, ZoneInfo(zone)).astimezone(UTC)


def sums(
    accounts: Sequence[str], *, opening: dict[str, int], movements: Iterable[Movement]
) -> list[AccountSum]:
    """Return each account that had or got something: opening + lines = closing."""
    closing = dict(opening)
    for each in movements:
        closing[each.account] = closing.get(each.account, 0) + each.minor
    return [
        AccountSum(account=name, opening=opening.get(name, 0), closing=closing[name])
        for name in accounts
        if name in closing
    ]


YEAR = {
    "shares": (("job.accrued", "worker_pending"),),
    "tips": (("tip.earned", "worker_available"),),
    "withheld": (("tax.withheld", "worker_pending"),),
    "compensated": (("worker.compensated", "worker_available"),),
    "cashed_out": (
        ("cashout.paid", "worker_in_transit"),
        ("cashout.returned", "worker_in_transit"),
    ),
    "part": (("job.accrued", "tenant_pending"),),
}


def year_so_far(by_kind: dict[tuple[str, str], int]) -> dict[str, int]:
    """Return what a year brought, from the sums of its lines by kind and account."""
    found = {
        name: abs(sum(by_kind.get(each, 0) for each in counted)) for name, counted in YEAR.items()
    }
    return {name: minor for name, minor in found.items() if minor}
