"""What a service may be: how long, how dear, how booked."""

from kernel.errors import Conflict, Invalid
from kernel.money import LARGEST_MINOR
from marketplace.catalog.rules.durations import LONGEST_MINUTES, SHORTEST_MINUTES


class ServiceInvalid(Invalid):
    """A value outside the limits of a service."""

    code = "service.invalid"
    title = "A service lasts 15 to 720 minutes and has a price above zero."


class UnknownService(Invalid):
    """A worker chose something this tenant does not offer."""

    code = "service.unknown"
    title = "This service is not offered here any more."


class InUse(Conflict):
    """Other rows need this one."""

    code = "catalog.in_use"
    title = "This is in use. Archive it instead."


class PriceNotYours(Invalid):
    """A worker asked for a price that the business sets, or outside its limits."""

    code = "service.price_not_yours"
    title = "Your price for this service is outside the limits of this business."


def check_service(*, minutes: int, price_minor: int, counted: bool = False) -> None:
    """Refuse lengths and prices outside the limits, naming the field."""
    shortest = 0 if counted else SHORTEST_MINUTES
    if not shortest <= minutes <= LONGEST_MINUTES:
        raise ServiceInvalid(fields=["minutes"])
    check_price(price_minor)


def check_own_price(
    price_minor: int, *, workers_set_prices: bool, low: int | None, high: int | None
) -> None:
    """Refuse a worker's price where the business sets it, or outside the limits it gave."""
    check_price(price_minor)
    too_low, too_high = (
        low is not None and price_minor < low,
        high is not None and price_minor > high,
    )
    if not workers_set_prices or too_low or too_high:
        raise PriceNotYours(fields=["price_minor"], low=low, high=high)


def check_price(price_minor: int, *, field: str = "price_minor") -> None:
    """Refuse a price that is nothing, less, or beyond counting."""
    if not 0 < price_minor <= LARGEST_MINOR:
        raise ServiceInvalid(fields=[field])
