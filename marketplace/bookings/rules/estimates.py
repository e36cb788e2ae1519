"""A price that was an estimate, and what the work cost in the end, in the proportions agreed."""

from kernel.errors import Conflict, Invalid
from kernel.money import portion_minor
from marketplace.bookings.rules.extras import Agreed, Divided
from marketplace.bookings.rules.lines import Bears, Kind, Line
from marketplace.bookings.rules.price import Rates, processing_minor
from payments.rules.blocks import PriceBlocks

CODE = "final"


class FinalInvalid(Invalid):
    code = "estimate.final_invalid"
    title = "Say what the work cost in the end."


class FinalTooHigh(Conflict):
    code = "estimate.final_too_high"
    title = (
        "This is more than the customer agreed to. Propose the rest as something extra and wait for"
        " their yes."
    )


def most_minor(*, estimate: int, over_bp: int) -> int:
    """Return what the work may cost without asking the customer again."""
    return estimate + portion_minor(estimate, basis_points=over_bp)


def check_final(*, final: int, estimate: int, over_bp: int) -> None:
    """Refuse a final price of nothing, or one above what the customer agreed to."""
    if final <= 0:
        raise FinalInvalid(fields=["amount"])
    most = most_minor(estimate=estimate, over_bp=over_bp)
    if final > most:
        raise FinalTooHigh(fields=["amount"], most_minor=most)


def divide_final(*, final: int, agreed: Agreed, rates: Rates) -> Divided:
    """Divide a final price as its estimate was divided; the tip stays what it was."""

    def part(of: int) -> int:
        return (2 * final * of + agreed.work) // (2 * agreed.work)

    blocks = agreed.blocks
    fee, tip = part(agreed.fee), blocks.tip.minor
    total = final + fee + tip
    worker, platform, tax = (
        part(each.minor) for each in (blocks.worker, blocks.platform, blocks.tax)
    )
    processor = processing_minor(total, rates=rates)
    return Divided(
        work=final,
        commission=part(agreed.commission),
        fee=fee,
        blocks=PriceBlocks.of(
            blocks.currency,
            worker=worker,
            tip=tip,
            platform=platform,
            tax=tax,
            processor=processor,
            tenant=total - worker - tip - platform - tax - processor,
        ),
    )


def difference(*, final: int, estimate: int) -> Line:
    """Return the line that leads from an estimate to the final price."""
    more = final - estimate
    return Line(
        kind=Kind.SURCHARGE if more > 0 else Kind.DISCOUNT,
        code=CODE,
        label="Difference to the estimate",
        unit_minor=more,
        liable=Bears.WORKER,
        source="check_out",
    )
