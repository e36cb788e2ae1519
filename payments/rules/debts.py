"""When a debt may be forgiven, and by whom."""

from datetime import datetime, timedelta
from uuid import UUID

from kernel.errors import Conflict, Invalid
from payments.rules.permissions import SecondPersonNeeded

REASON_AT_LEAST = 10


class ReasonTooShort(Invalid):
    code = "money.reason"
    title = "Please give a reason of at least 10 characters."


class DebtClosed(Conflict):
    code = "debt.closed"
    title = "Nothing is owed any more."


class DebtTooYoung(Conflict):
    code = "debt.too_young"
    title = "Debts can be written off after {days} days."


def check_reason(reason: str) -> None:
    """Refuse a reason that says nothing."""
    if len(reason.strip()) < REASON_AT_LEAST:
        raise ReasonTooShort(fields=["reason"])


def check_forgiving(
    *,
    open_: bool,
    made_at: datetime,
    days: int,
    at: datetime,
    asked_by: UUID | None = None,
    by: UUID | None = None,
    second: bool = False,
) -> None:
    """Refuse to forgive what is paid or young; the second step needs another person's first."""
    if not open_:
        raise DebtClosed
    if at < made_at + timedelta(days=days):
        raise DebtTooYoung(days=days)
    if second and (asked_by is None or asked_by == by):
        raise SecondPersonNeeded
