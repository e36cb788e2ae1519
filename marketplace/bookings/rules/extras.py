"""Something more to do, found at work: its price is divided as the visit's was."""

from dataclasses import dataclass

from kernel.errors import Conflict, Invalid
from payments.rules.blocks import PriceBlocks


class NothingExtra(Conflict):
    code = "extra.nothing"
    title = "Nothing extra is waiting for an answer."


class ExtraWaits(Conflict):
    code = "extra.waits"
    title = "The customer has not answered about the last one yet."


class ExtraInCash(Conflict):
    code = "extra.in_cash"
    title = "This visit is paid in cash: settle anything extra the same way, with a receipt."


class ExtraInvalid(Invalid):
    code = "extra.invalid"
    title = "Say what it is, and what it costs."


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What was agreed for the visit, in minor units: what an extra is divided by."""

    work: int
    commission: int
    fee: int
    blocks: PriceBlocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """An extra, divided: its work, the commission in it, the fee on top, and the six parts."""

    work: int
    commission: int
    fee: int
    blocks: PriceBlocks


def divide_extra(*, amount: int, agreed: Agreed) -> Divided:
    """Divide an extra in the proportions of the visit: the rules are those agreed then."""
    if amount <= 0 or agreed.work <= 0:
        raise ExtraInvalid(fields=["amount"])

    def part(of: int, whole: int = agreed.work, by: int = amount) -> int:
        return (2 * by * of + whole) // (2 * whole)

    fee = part(agreed.fee)
    total = amount + fee
    parts = {name: part(getattr(agreed.blocks, name).minor) for name in ("worker", "platform")}
    tax = part(agreed.blocks.tax.minor)
    processor = part(agreed.blocks.processor.minor, agreed.blocks.total.minor, total)
    rest = total - sum(parts.values()) - tax - processor
    blocks = PriceBlocks.of(
        agreed.blocks.currency, **parts, tax=tax, processor=processor, tenant=rest
    )
    return Divided(work=amount, commission=part(agreed.commission), fee=fee, blocks=blocks)
