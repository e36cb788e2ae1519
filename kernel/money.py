"""Money is a whole number of minor units and a currency. Never a float, never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import total_ordering

from kernel.errors import Invalid

TWO_DECIMALS = (
    *("MXN", "BRL", "ARS", "COP", "PEN", "UYU", "BOB", "DOP", "GTQ", "HNL", "NIO", "CRC", "PAB"),
    *("USD", "EUR"),
)
EXPONENTS = {"CLP": 0, "PYG": 0} | dict.fromkeys(TWO_DECIMALS, 2)
LARGEST_MINOR = 10**15


class UnknownCurrency(Invalid):
    code = "money.currency"
    title = "We do not know this currency."


class MixedCurrencies(ValueError):
    """Two currencies met in one sum. Always a mistake of ours."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (`minor`) of an ISO 4217 currency."""

    currency: str
    minor: int

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise UnknownCurrency(currency=self.currency)
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise TypeError(f"minor units are whole numbers, not {self.minor!r}")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.currency, self.minor + self._same(other).minor)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.currency, self.minor - self._same(other).minor)

    def __neg__(self) -> "Money":
        return Money(self.currency, -self.minor)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.minor} {self.currency}"

    def _same(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise MixedCurrencies(f"cannot mix {self.currency} and {other.currency}")
        return other

    @property
    def exponent(self) -> int:
        """How many decimals people write."""
        return EXPONENTS[self.currency]


def zero(currency: str) -> Money:
    """Return nothing, in a currency."""
    return Money(currency, 0)


def total(amounts: Sequence[Money], *, currency: str) -> Money:
    """Add amounts of one currency; an empty list sums to zero."""
    return Money(currency, sum((zero(currency) + each).minor for each in amounts))


def portion_minor(minor: int, *, basis_points: int) -> int:
    """Return a rate of an amount, rounded half away from zero to a whole minor unit."""
    scaled = abs(minor) * abs(basis_points)
    portion = (scaled + 5_000) // 10_000
    return portion if (minor < 0) == (basis_points < 0) else -portion


def divide_minor(whole: int, *, weights: Sequence[int]) -> list[int]:
    """Split a whole over weights so that the parts sum to it, by largest remainder.

    Each part gets ⌊whole·wᵢ/W⌋; the missing units go to the largest remainders, ties to the first.
    A negative whole is split as its opposite (Hamilton's method of apportionment).
    """
    weight = sum(weights)
    if weight <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    if whole < 0:
        return [-part for part in divide_minor(-whole, weights=weights)]
    parts = [whole * each // weight for each in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(whole * weights[i] % weight), i))
    for i in by_remainder[: whole - sum(parts)]:
        parts[i] += 1
    return parts
