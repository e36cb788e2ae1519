"""How a line of a provider's statement compares with our row, and which equations must hold."""

from dataclasses import dataclass

MATCHED, MISSING_HERE, EXTRA_HERE, AMOUNT, SETTLED = (
    "matched",
    "missing_here",
    "extra_here",
    "amount",
    "settled",
)
RESULTS = (MATCHED, MISSING_HERE, EXTRA_HERE, AMOUNT, SETTLED)

EQUATIONS = ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10")
STOPS_PAYOUTS = ("C1", "C2", "C7")  # Money may be invented or lost: nothing leaves until it holds.


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What we know of the thing that a line is about; amounts as the provider's balance feels."""

    kind: str
    amount_minor: int | None
    fee_minor: int | None
    booked: bool


def compare(*, amount_minor: int, fee_minor: int, ours: Ours | None) -> str:
    """Return how a line compares with our row.

    A row that is not booked yet, or whose fee we have not heard, lacks news: it is missing here.
    Of some things we keep no amount; that we know them is enough.
    """
    if ours is None or not ours.booked:
        return MISSING_HERE
    if ours.amount_minor is None:
        return MATCHED
    if ours.amount_minor != amount_minor:
        return AMOUNT
    if ours.kind == "payment" and ours.fee_minor is None:
        return MISSING_HERE
    if ours.kind == "payment" and ours.fee_minor != fee_minor:
        return AMOUNT
    return MATCHED


def lacking(*, amount_minor: int, fee_minor: int, ours: Ours | None, result: str) -> int:
    """Return what our books lack of a line, where booking the difference cannot book it twice.

    Of a line that we know and have only not heard of yet, nothing: its news will book it.
    """
    if result == MISSING_HERE and ours is None:
        return amount_minor - fee_minor
    if result != AMOUNT or ours is None or ours.amount_minor is None:
        return 0
    more_fee = fee_minor - (ours.fee_minor or 0) if ours.kind == "payment" else 0
    return amount_minor - ours.amount_minor - more_fee


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One equation for one tenant (or all), currency and account: two sides that must be equal."""

    equation: str
    currency: str
    ours: int
    theirs: int
    tenant_id: int | None = None
    account: str = ""

    @property
    def holds(self) -> bool:
        """Whether the sides are equal."""
        return self.ours == self.theirs


def stops_payouts(figures: list[Figure]) -> bool:
    """Tell whether money may be going where it should not."""
    return any(each.equation in STOPS_PAYOUTS and not each.holds for each in figures)
