"""What one side reads of a booking's money: which entries, which amount, split into what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.money import Money
from payments.rules.blocks import PARTS


class Side(StrEnum):
    """Who reads."""

    CUSTOMER = "customer"
    WORKER = "worker"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An entry of the ledger: its kind, and what it wrote on which account, debits positive."""

    kind: str
    at: datetime
    about_tip: bool
    currency: str
    legs: tuple[tuple[str, str, int], ...]  # Account, its sub-account, minor units.


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a line's amount: the account it came from or went to."""

    account: str
    sub: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One thing that happened to the money. `sources` and `targets` add up to the amount."""

    kind: str
    at: datetime
    amount: Money
    sources: tuple[Part, ...]
    targets: tuple[Part, ...]


# The account whose change is the line's amount, where that is not plain.
HEADLINE = {
    "job.accrued": "customer_deposit",
    "job.released": "worker_pending",
    "refund.due": "refund_payable",
    "tip.returned": "refund_payable",
    "dispute.lost": "dispute_withheld",
    "dispute.reinstated": "dispute_withheld",
    "tip.lost": "dispute_withheld",
    "hold.opened": "worker_reserve",
    "cash.settled": "cash_with_worker",
}
_PAID = ("charge.captured", "tip.captured", "cash.collected", "credit.used")
_BACK = ("tip.returned", "refund.due", "refund.paid", "refund.failed", "refund.to_credit")
SEEN_BY_CUSTOMER = (*_PAID, *_BACK, "job.accrued", "tip.earned", "deposit.forfeited")
_SHARE = ("job.accrued", "tax.withheld", "job.released", "tip.earned", "worker.compensated")
_HELD = ("hold.opened", "hold.released", "cash.settled", "debt.paid", "debt.written_off")
SEEN_BY_WORKER = (*_PAID, *_SHARE, *_HELD)
WORKERS_OWN = (
    *("worker_pending", "worker_available", "worker_reserve", "worker_receivable"),
    *("worker_in_transit",),
)


def story(facts: Iterable[Fact], *, side: Side) -> list[StoryLine]:
    """Return the lines one side reads, in order."""
    return [_line(fact) for fact in facts if _seen(fact, side)]


def _seen(fact: Fact, side: Side) -> bool:
    if side == Side.CUSTOMER:
        return fact.kind in SEEN_BY_CUSTOMER
    if side == Side.WORKER:
        touches = any(account in WORKERS_OWN for account, _, _ in fact.legs)
        return fact.kind in SEEN_BY_WORKER or touches
    return True


def _line(fact: Fact) -> StoryLine:
    """Return an entry as a line: an amount, where it came from, where it went.

    What would be below zero on one side of it (the business topping up) stays on that side.
    """
    headline = HEADLINE.get(fact.kind) or max(fact.legs, key=lambda leg: abs(leg[2]))[0]
    moved = sum(minor for account, _, minor in fact.legs if account == headline)
    sign = 1 if moved > 0 else -1
    mine = [leg for leg in fact.legs if leg[0] == headline]
    others = [leg for leg in fact.legs if leg[0] != headline]
    here = tuple(_part(leg, sign, fact.currency) for leg in mine)
    there = tuple(_part(leg, -sign, fact.currency) for leg in others)
    return StoryLine(
        kind=fact.kind,
        at=fact.at,
        amount=Money(fact.currency, abs(moved)),
        sources=here if sign > 0 else there,
        targets=there if sign > 0 else here,
    )


def _part(leg: tuple[str, str, int], sign: int, currency: str) -> Part:
    account, sub, minor = leg
    return Part(account=account, sub=sub, amount=Money(currency, sign * minor))


_BLOCK_OF = {
    "worker_pending": "worker",
    "worker_available": "worker",
    "worker_reserve": "worker",
    "worker_receivable": "worker",
    "tenant_pending": "tenant",
    "platform_fee": "platform",
    "psp_fee_recovered": "processor",
    "tax_payable": "tax",
}
# They move what a part has got already on to somewhere else.
_ONLY_MOVES = ("cash.settled", "hold.opened", "hold.released", "worker.compensated")


def blocks_now(facts: Sequence[Fact], *, currency: str) -> dict[str, Money]:
    """Return a job's six parts as the accounts have them, with what was given back taken off.

    Not a price: after a refund the business's part, or a tax, may well be below zero.
    """
    sums = dict.fromkeys(PARTS, 0)
    for fact in facts:
        if fact.kind in _ONLY_MOVES:
            continue
        for account, _, minor in fact.legs:
            if fact.about_tip and account in ("tip_held", "worker_available"):
                sums["tip"] -= minor
            elif account in _BLOCK_OF and not fact.about_tip:
                sums[_BLOCK_OF[account]] -= minor
    return {part: Money(currency, minor) for part, minor in sums.items()}
