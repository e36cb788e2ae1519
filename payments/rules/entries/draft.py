"""An entry to be: its legs sum to zero, debits positive, credits negative."""

from dataclasses import dataclass
from uuid import UUID


class Unbalanced(ValueError):
    """The legs of a draft do not sum to zero. Always a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One posting to be: an account, named by what it is for, and a signed amount."""

    account: str
    minor: int
    owner: UUID | None = None
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry to be. `key` is the business fact it stands for; `ref` what it is about."""

    kind: str
    key: str
    ref: str
    currency: str
    legs: tuple[Leg, ...]

    def __post_init__(self) -> None:
        if sum(leg.minor for leg in self.legs) != 0:
            raise Unbalanced(self.kind)


def draft(kind: str, key: str, ref: str, currency: str, *legs: Leg) -> Draft:
    """Return a draft without its empty legs."""
    return Draft(kind, key, ref, currency, tuple(leg for leg in legs if leg.minor))
