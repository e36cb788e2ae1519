"""What a cancellation costs: a share of the work, by the hours that were left.

What is kept goes to the worker, all of it; the customer's fee is kept in the same share; the rest
and the tip go back. What the payment provider costs is never the worker's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kernel.errors import Conflict
from kernel.money import Money, portion_minor
from marketplace.bookings.rules.price import tax_inside
from marketplace.bookings.rules.process import State
from payments.rules.blocks import PriceBlocks

SECOND_THOUGHTS = timedelta(minutes=5)
SECOND_THOUGHTS_BEFORE_START = timedelta(hours=2)
WAIVED_WITHIN = timedelta(days=7)
BOUNDS = (timedelta(hours=48), timedelta(hours=24), timedelta(hours=4))


class NothingToWaive(Conflict):
    code = "booking.nothing_to_waive"
    title = "Nothing was kept of this visit that could be given back."


class TooLateToWaive(Conflict):
    code = "booking.too_late_to_waive"
    title = "Until a week after it ended it could be given back here. Use the refunds page."


class Policy(StrEnum):
    """How strict the tenant is."""

    FLEXIBLE = "flexible"
    MODERATE = "moderate"
    STRICT = "strict"


TIERS_BP = {
    Policy.FLEXIBLE: (0, 0, 0, 2_500),
    Policy.MODERATE: (0, 0, 3_000, 5_000),
    Policy.STRICT: (0, 3_000, 5_000, 8_000),
}
NO_SHOW_BP = {Policy.FLEXIBLE: 5_000, Policy.MODERATE: 8_000, Policy.STRICT: 10_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What was paid, as far as a cancellation asks."""

    work: Money
    fee: Money
    tip: Money
    total: Money
    processor: Money
    fee_tax_bp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What is kept and what goes back."""

    rate_bp: int
    kept_work: Money
    kept_fee: Money
    refund: Money
    refund_tip: Money
    blocks: PriceBlocks

    @property
    def kept(self) -> Money:
        """What the customer pays all the same."""
        return self.kept_work + self.kept_fee

    @property
    def refund_without_tip(self) -> Money:
        """The part of the refund that is not the tip."""
        return self.refund - self.refund_tip


def rate_bp(*, policy: Policy, made_at: datetime, starts_at: datetime, at: datetime) -> int:
    """Return the share that is kept if the customer cancels now; a boundary is the kinder tier."""
    left = starts_at - at
    if at - made_at <= SECOND_THOUGHTS and left >= SECOND_THOUGHTS_BEFORE_START:
        return 0
    tiers = TIERS_BP[policy]
    for bound, rate in zip(BOUNDS, tiers, strict=False):
        if left >= bound:
            return rate
    return tiers[-1]


def rate_after_move_bp(
    *, policy: Policy, made_at: datetime, starts_at: datetime, at: datetime, least_bp: int
) -> int:
    """Return the share that is kept, never less than when the customer moved the visit late."""
    return max(least_bp, rate_bp(policy=policy, made_at=made_at, starts_at=starts_at, at=at))


def no_show_bp(*, policy: Policy, accused: str) -> int:
    """Return the share that is kept of a visit that did not take place; a worker's is free."""
    return NO_SHOW_BP[policy] if accused == "customer" else 0


def may_waive(*, state: State, kept_bp: int | None) -> bool:
    """Tell whether something was kept of a visit that did not take place."""
    return state in (State.CANCELLED, State.NO_SHOW) and bool(kept_bp)


def check_waiver(*, state: State, kept_bp: int | None, ended_at: datetime, at: datetime) -> None:
    """Refuse to give back what was not kept, or longer ago than a week."""
    if not may_waive(state=state, kept_bp=kept_bp):
        raise NothingToWaive
    if at > ended_at + WAIVED_WITHIN:
        raise TooLateToWaive


@dataclass(frozen=True, slots=True)
class Tier:
    """A stretch of time before the visit, and the percentage that is kept in it."""

    from_hours: int | None
    until_hours: int
    percent: int


def tiers(policy: Policy) -> list[Tier]:
    """Return a policy as people read it, the earliest stretch first; equal neighbours are one."""
    hours = [int(bound.total_seconds() // 3600) for bound in BOUNDS]
    starts: list[int | None] = [None, *hours]
    found: list[Tier] = []
    for start, until, rate in zip(starts, [*hours, 0], TIERS_BP[policy], strict=True):
        percent = rate // 100
        if found and found[-1].percent == percent:
            found[-1] = Tier(found[-1].from_hours, until, percent)
        else:
            found.append(Tier(start, until, percent))
    return found


def settle(*, paid: Paid, rate_bp: int) -> Settlement:
    """Divide what was paid into what is kept and what goes back."""
    currency = paid.total.currency
    kept_work = Money(currency, portion_minor(paid.work.minor, basis_points=rate_bp))
    kept_fee = Money(currency, portion_minor(paid.fee.minor, basis_points=rate_bp))
    return Settlement(
        rate_bp=rate_bp,
        kept_work=kept_work,
        kept_fee=kept_fee,
        refund=paid.total - kept_work - kept_fee,
        refund_tip=paid.tip,
        blocks=_kept_blocks(paid, kept_work, kept_fee),
    )


def _kept_blocks(paid: Paid, kept_work: Money, kept_fee: Money) -> PriceBlocks:
    currency = paid.total.currency
    if not kept_work and not kept_fee:
        return PriceBlocks.of(currency)
    tax = tax_inside(kept_fee.minor, rate_bp=paid.fee_tax_bp)
    return PriceBlocks.of(
        currency,
        worker=kept_work.minor,
        tenant=kept_fee.minor - tax - paid.processor.minor,
        processor=paid.processor.minor,
        tax=tax,
    )
