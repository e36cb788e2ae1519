"""What a person sees of the money that is theirs."""

from dataclasses import dataclass
from datetime import datetime

from kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """A worker's money: to take out now, still to be confirmed, on its way to the bank."""

    currency: str
    available: Money
    pending: Money
    in_transit: Money
    owed: Money
    unsettled: Money
    frozen: bool
    next_settles_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """One line of a booking's money: `code` says what in words, `to` whom it went to."""

    code: str
    amount: Money
    at: datetime
