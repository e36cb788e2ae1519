"""Who there is: each provider says which roles it plays and where, and one is chosen for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from payments.providers.base import Provider, ProviderError

COLLECTOR, PAYEES, RAIL = "collector", "payees", "rail"
ROLES = (COLLECTOR, PAYEES, RAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What a collector can do with a payment."""

    methods: tuple[str, ...]
    manual_capture: bool = False
    off_session: bool = False
    refundable: bool = False
    partial_refund: bool = False
    disputes: bool = False
    lands_in: str = "psp_pending"  # The ledger's account that the money reaches.
    takes_tips: bool = True
    pay_within: timedelta = timedelta(minutes=15)  # How long a visit's time is kept for it.
    smallest: Mapping[str, int] = field(default_factory=dict)  # By currency, in minor units.


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a provider does, and where: by role the countries; an empty list means everywhere.

    `by_hand`: people at the business do the provider's work; it serves where no company does.
    """

    roles: Mapping[str, tuple[str, ...]]
    caps: Caps | None = None
    by_hand: bool = False
    chosen_by_name: bool = False  # Never chosen for a tenant, only asked for.

    def serves(self, role: str, country: str) -> bool:
        """Tell whether it plays a role in a country."""
        return role in self.roles and (not self.roles[role] or country in self.roles[role])


_makers: dict[str, Callable[[], Provider]] = {}
_offers: dict[str, Offer] = {}


class NobodyServes(ProviderError):
    """No provider plays a role in a country. The ones by hand serve everywhere, so: a mistake."""


def register(name: str, offer: Offer) -> Callable[[Callable[[], Provider]], Callable[[], Provider]]:
    """Declare what a provider does and where, and how to get it, under its name."""

    def declare(make: Callable[[], Provider]) -> Callable[[], Provider]:
        _makers[name], _offers[name] = make, offer
        return make

    return declare


def made(name: str) -> Provider:
    """Return a provider by name."""
    return _makers[name]()


def offer_of(name: str) -> Offer:
    """Return what a provider does, and where."""
    return _offers[name]


def names() -> list[str]:
    """Return the names of all providers."""
    return sorted(_makers)


def choose(role: str, *, country: str, preferred: tuple[str, ...], by_hand: bool) -> str:
    """Return the provider that plays a role in a country.

    Whoever wants to do it by hand does; else the first of the preferred companies that serves
    there, and where none does, it is done by hand.
    """
    hands = [name for name in names() if _offers[name].by_hand]
    for name in hands if by_hand else (*preferred, *hands):
        offer = _offers[name]
        if offer.serves(role, country) and not offer.chosen_by_name:
            return name
    raise NobodyServes(f"{role} in {country}")
