"""Paying in cash: what of it the worker keeps, what the worker owes, and how much may be owed."""

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.errors import Conflict, Invalid

WITHHELD = "withheld"  # Beside a payment's parts: what of the worker's is kept back for taxes.


class CashLimitReached(Conflict):
    code = "cash.limit"
    title = "This worker takes no more cash right now. Please pay another way."


class CashDiffers(Invalid):
    code = "cash.amount"
    title = "This is not what was agreed. If you got less, please tell the team."


class CashWithoutTip(Invalid):
    code = "cash.tip"
    title = "A tip in cash goes from hand to hand; it is not booked."


class NothingContested(Conflict):
    code = "cash.not_taken"
    title = "No cash has been noted for this visit."


@dataclass(frozen=True, slots=True, kw_only=True)
class CashStanding:
    """What a worker owes of cash, and will owe of visits that are booked in cash."""

    owed_minor: int
    promised_minor: int
    limit_minor: int

    def takes(self, rest_minor: int) -> bool:
        """Tell whether one more visit, which leaves so much to be owed, stays within the limit."""
        return self.owed_minor + self.promised_minor + rest_minor <= self.limit_minor


def divide_cash(*, collected_minor: int, share_minor: int) -> tuple[int, int]:
    """Return what of the cash pays the worker's share, and what the worker owes."""
    share = min(collected_minor, share_minor)
    return share, collected_minor - share


def owed_of(amounts: Sequence[tuple[int, int]]) -> int:
    """Return what is going to be owed of visits, each an amount and the worker's share of it."""
    return sum(divide_cash(collected_minor=total, share_minor=share)[1] for total, share in amounts)
