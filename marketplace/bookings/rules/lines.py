"""The lines of a price: what is counted, once, in what order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Invalid

MOST_LINES = 50


class Kind(StrEnum):
    """What a line is for. Discounts are negative; all other amounts are not."""

    SERVICE = "service"
    ADD_ON = "add_on"
    SURCHARGE = "surcharge"
    DISCOUNT = "discount"
    CUSTOMER_FEE = "customer_fee"
    TIP = "tip"


class Bears(StrEnum):
    """Who pays for a discount, or whose service a line is."""

    WORKER = "worker"
    TENANT = "tenant"


class LinesRefused(Invalid):
    code = "quote.lines"
    title = "This price cannot be worked out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a quote, in minor units. `source` says what set its price, and which version."""

    kind: Kind
    code: str
    label: str
    unit_minor: int
    quantity: int = 1
    taxable: bool = True
    commissionable: bool = True
    liable: Bears = Bears.WORKER
    source: str = ""

    @property
    def amount_minor(self) -> int:
        """What the line adds to the total; a discount takes away."""
        return self.unit_minor * self.quantity


def checked(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines if they make sense: signs, quantities and their number."""
    wrong = [line.code for line in lines if not _makes_sense(line)]
    if wrong or len(lines) > MOST_LINES:
        raise LinesRefused(lines=wrong)
    return lines


def _makes_sense(line: Line) -> bool:
    if line.quantity < 1:
        return False
    return line.unit_minor <= 0 if line.kind == Kind.DISCOUNT else line.unit_minor >= 0


def work_lines(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that make up S: the work, and the discounts that the worker gives."""
    return [
        line
        for line in lines
        if line.kind in (Kind.SERVICE, Kind.ADD_ON, Kind.SURCHARGE)
        or (line.kind == Kind.DISCOUNT and line.liable == Bears.WORKER)
    ]


def sum_minor(lines: Iterable[Line], *kinds: Kind) -> int:
    """Add up lines, or those of some kinds."""
    return sum(line.amount_minor for line in lines if not kinds or line.kind in kinds)
