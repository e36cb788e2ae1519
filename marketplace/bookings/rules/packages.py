"""Several visits paid ahead: what each is worth, what a cancellation does to it, when it ends.

Every split sums to the whole: the parts of all visits together are the parts of what was paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import Conflict, Invalid
from kernel.money import Money, portion_minor
from marketplace.bookings.rules.cancellation import Settlement
from marketplace.bookings.rules.price import tax_inside
from payments.rules.blocks import PARTS, PriceBlocks

LEAST_VISITS, MOST_VISITS = 2, 50
LEAST_DAYS, USUAL_DAYS, MOST_DAYS = 30, 180, 730
USED_FROM_BP = 5_000
TOLD_BEFORE_END = timedelta(days=14)


class PackageInvalid(Invalid):
    code = "package.invalid"
    title = "A package has 2 to 50 visits, a price that covers each, and lasts 30 to 730 days."


class PackageGone(Conflict):
    code = "package.gone"
    title = "This package is not sold any more."


class PackageNotOpen(Conflict):
    code = "package.not_open"
    title = "This package is not paid yet, or its time is over."


class NothingLeft(Conflict):
    code = "package.nothing_left"
    title = "Every visit of this package is used or booked."


class DoesNotFit(Conflict):
    code = "package.does_not_fit"
    title = "This package is for another service. It pays the visit as it was sold, without extras."


class PackageStopped(Conflict):
    code = "package.stopped"
    title = "The bank is looking into the payment of this package. It rests until that is decided."


def check_terms(*, visits: int, price_minor: int, days: int) -> None:
    """Refuse a package that nobody could use, or that gives visits away."""
    wrong = [
        name
        for name, fine in (
            ("visits", LEAST_VISITS <= visits <= MOST_VISITS),
            ("price", price_minor >= visits),
            ("days", LEAST_DAYS <= days <= MOST_DAYS),
        )
        if not fine
    ]
    if wrong:
        raise PackageInvalid(fields=wrong)


def values_of(price_minor: int, *, visits: int) -> list[int]:
    """Return what each visit is worth: equal parts, and what is left over on the last."""
    each = price_minor // visits
    return [each] * (visits - 1) + [price_minor - each * (visits - 1)]


def parts_of_each(blocks: PriceBlocks, *, visits: int) -> list[PriceBlocks]:
    """Divide a whole package's parts over its visits, as its price is divided.

    The business has what the others leave, as in any price.
    """
    currency = blocks.currency
    totals = values_of(blocks.total.minor, visits=visits)
    shares = {
        name: values_of(getattr(blocks, name).minor, visits=visits)
        for name in PARTS
        if name != "tenant"
    }
    return [
        PriceBlocks.of(
            currency,
            tenant=whole - sum(part[place] for part in shares.values()),
            **{name: part[place] for name, part in shares.items()},
        )
        for place, whole in enumerate(totals)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A visit paid ahead that did not take place: whether it is used up, and who gets what."""

    used: bool
    blocks: PriceBlocks


def ended(worth: PriceBlocks, *, rate_bp: int, fee_tax_bp: int) -> Ended:
    """Divide a visit's worth when it is cancelled at a rate.

    The worker gets that share of it either way. From a half on the visit is used up, and the rest
    is the business's, who bears the payment's costs; below, the customer has it back whole and the
    business pays the worker.
    """
    currency, whole = worth.currency, worth.total.minor
    kept = portion_minor(whole, basis_points=rate_bp)
    if rate_bp < USED_FROM_BP:
        return Ended(used=False, blocks=PriceBlocks.of(currency, worker=kept, tenant=-kept))
    rest, processor = whole - kept, worth.processor.minor
    tax = tax_inside(rest, rate_bp=fee_tax_bp)
    return Ended(
        used=True,
        blocks=PriceBlocks.of(
            currency,
            worker=kept,
            tenant=rest - tax - processor,
            processor=processor,
            tax=tax,
        ),
    )


def settlement(worth: PriceBlocks, *, rate_bp: int, fee_tax_bp: int) -> Settlement:
    """Return a cancellation's outcome in the words of any other: no money goes back."""
    currency = worth.currency
    blocks = ended(worth, rate_bp=rate_bp, fee_tax_bp=fee_tax_bp).blocks
    nothing = Money(currency, 0)
    return Settlement(
        rate_bp=rate_bp,
        kept_work=blocks.worker,
        kept_fee=nothing,
        refund=nothing,
        refund_tip=nothing,
        blocks=blocks,
    )


def ends_at(*, bought_at: datetime, days: int) -> datetime:
    """Return until when visits of a package can be booked."""
    return bought_at + timedelta(days=days)


def forfeited_tax(values: Sequence[int], *, fee_tax_bp: int) -> int:
    """Return the tax inside what is forfeited, line by line."""
    return sum(tax_inside(minor, rate_bp=fee_tax_bp) for minor in values)
