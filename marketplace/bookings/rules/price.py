"""From lines to the six parts of a price, exact to the last minor unit.

worker + tip + tenant + platform + processor + tax = total, for any input. All prices include tax.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kernel.money import Money, portion_minor
from marketplace.bookings.rules import commission
from marketplace.bookings.rules.lines import Bears, Kind, Line, checked, sum_minor, work_lines
from payments.rules.blocks import PriceBlocks

CARD, CASH = "card", "cash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What does not depend on the booking: law, operator and provider."""

    tax_bp: int = 0
    worker_tax_bp: int = 0
    platform_bp: int = 0
    processor_bp: int = 0
    processor_fixed_minor: int = 0


def rates_in(rates: Rates, *, pay_in: str) -> Rates:
    """Return the rates of a way to pay: cash costs nothing to process."""
    if pay_in != CASH:
        return rates
    return replace(rates, processor_bp=0, processor_fixed_minor=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A whole price: its lines (the customer's fee and the tip among them) and its six parts."""

    lines: tuple[Line, ...]
    work_minor: int
    commission_minor: int
    fee_minor: int
    blocks: PriceBlocks

    @property
    def total(self) -> Money:
        """What the customer pays."""
        return self.blocks.total

    @property
    def fee_percent(self) -> float:
        """How many of a hundred of the work the customer's fee comes to."""
        return share_percent(self.fee_minor, self.work_minor)

    @property
    def shown_lines(self) -> list[tuple[Line, Money]]:
        """Each line with its amount, for people."""
        return [(line, Money(self.blocks.currency, line.amount_minor)) for line in self.lines]


def share_percent(part_minor: int, whole_minor: int) -> float:
    """Return how many of a hundred a part is of a whole, to two decimals; 0 of nothing."""
    return round(100 * part_minor / whole_minor, 2) if whole_minor else 0.0


def price(
    *,
    lines: Sequence[Line],
    tip: Money,
    commission_rule: commission.Rule,
    fee_rule: commission.Rule,
    rates: Rates,
) -> Price:
    """Work out a price from the lines of the work and discounts, and the tip."""
    checked(lines)
    fee_minor = commission.amount_minor(fee_rule, lines=lines)
    whole = (*lines, *_extra_lines(fee_minor, tip.minor, fee_rule))
    checked(whole)
    commission_minor = commission.amount_minor(commission_rule, lines=lines)
    return Price(
        lines=whole,
        work_minor=sum_minor(work_lines(lines)),
        commission_minor=commission_minor,
        fee_minor=fee_minor,
        blocks=_blocks(whole, commission_minor, rates, tip.currency),
    )


def _extra_lines(fee_minor: int, tip_minor: int, rule: commission.Rule) -> list[Line]:
    fee = Line(
        kind=Kind.CUSTOMER_FEE,
        code="fee",
        label="Service fee",
        unit_minor=fee_minor,
        commissionable=False,
        liable=Bears.TENANT,
        source=f"rule:{rule.rule_id}:{rule.version}" if rule.rule_id else "",
    )
    tip = Line(
        kind=Kind.TIP,
        code="tip",
        label="Tip",
        unit_minor=tip_minor,
        taxable=False,
        commissionable=False,
        source="customer",
    )
    return [line for line in (fee, tip) if line.unit_minor]


def _blocks(
    lines: Sequence[Line], commission_minor: int, rates: Rates, currency: str
) -> PriceBlocks:
    work = work_lines(lines)
    work_minor, total_minor = sum_minor(work), sum_minor(lines)
    tip_minor = sum_minor(lines, Kind.TIP)
    fee_minor = sum_minor(lines, Kind.CUSTOMER_FEE)
    worker_tax = sum(
        tax_inside(line.amount_minor, rate_bp=rates.worker_tax_bp) for line in work if line.taxable
    )
    fee_tax = tax_inside(commission_minor, rate_bp=rates.tax_bp)
    fee_tax += tax_inside(fee_minor, rate_bp=rates.tax_bp)
    platform = portion_minor(work_minor, basis_points=rates.platform_bp)
    processor = processing_minor(total_minor, rates=rates)
    worker = work_minor - commission_minor - worker_tax
    parts = {
        "worker": worker,
        "tip": tip_minor,
        "tenant": total_minor - worker - tip_minor - platform - processor - worker_tax - fee_tax,
        "platform": platform,
        "processor": processor,
        "tax": worker_tax + fee_tax,
    }
    return PriceBlocks.of(currency, **parts)


def tax_inside(minor: int, *, rate_bp: int) -> int:
    """Return the tax that an amount already includes: a - round(a / (1 + rate)), half up."""
    net = (abs(minor) * 20_000 + 10_000 + rate_bp) // (2 * (10_000 + rate_bp))
    return minor - net if minor >= 0 else minor + net


def processing_minor(total_minor: int, *, rates: Rates) -> int:
    """Return what the payment provider will probably keep; nothing of nothing."""
    if total_minor <= 0:
        return 0
    return portion_minor(total_minor, basis_points=rates.processor_bp) + rates.processor_fixed_minor


def suggested_tips(work_minor: int, *, currency: str) -> list[Money]:
    """Return three tips to offer, none of them chosen: 5, 10 and 15 % of the work."""
    suggested = (portion_minor(work_minor, basis_points=bp) for bp in (500, 1_000, 1_500))
    return [Money(currency, minor) for minor in suggested if minor]
