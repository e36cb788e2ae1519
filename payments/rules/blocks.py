"""A price in its six parts: who gets what of it."""

from dataclasses import dataclass
from typing import Self

from kernel.errors import Invalid
from kernel.money import Money, total, zero

PARTS = ("worker", "tip", "tenant", "platform", "processor", "tax")


class PartsNegative(Invalid):
    code = "price.part_negative"
    title = "No part of a price may be negative, except what is left for the business."


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBlocks:
    """The parts that sum to what the customer pays. Only the tenant's may be below zero."""

    worker: Money
    tip: Money
    tenant: Money
    platform: Money
    processor: Money
    tax: Money

    def __post_init__(self) -> None:
        parts = {name: getattr(self, name) for name in PARTS}
        negative = [name for name, part in parts.items() if name != "tenant" and part.minor < 0]
        if negative or self.total.minor < 0:
            raise PartsNegative(fields=negative or ["tenant"])

    @classmethod
    def of(cls, currency: str, **minor: int) -> Self:
        """Make blocks from minor units by part; a part not named is zero."""
        return cls(**{name: Money(currency, minor.get(name, 0)) for name in PARTS})

    @property
    def currency(self) -> str:
        """The one currency of all parts."""
        return self.worker.currency

    @property
    def total(self) -> Money:
        """What the customer pays, tip included."""
        return total([getattr(self, name) for name in PARTS], currency=self.currency)

    @property
    def service(self) -> Money:
        """What the customer pays for the job itself: everything but the tip."""
        return self.total - self.tip

    @property
    def nothing(self) -> Money:
        """Zero, in this currency."""
        return zero(self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a bill: what is paid for, and how much it costs."""

    label: str
    quantity: int
    minor: int


def parts_of(blocks: PriceBlocks) -> dict[str, int]:
    """Return the parts as minor units by name."""
    return {name: getattr(blocks, name).minor for name in PARTS}
