"""What a service may be: how long, how dear, how booked."""

from kernel.errors import Conflict, Invalid
from kernel.money import LARGEST_MINOR

SHORTEST_MINUTES, LONGEST_MINUTES = 15, 720
BOOKING_MODES = ("instant", "request")
LOCATIONS = ("at_customer",)
PRICINGS = ("fixed",)
COMPLETIONS = ("pin",)


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


def check_service(*, minutes: int, price_minor: int) -> None:
    """Refuse lengths and prices outside the limits, naming the field."""
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise ServiceInvalid(fields=["minutes"])
    check_price(price_minor)


def check_price(price_minor: int, *, field: str = "price_minor") -> None:
    """Refuse a price that is nothing, less, or beyond counting."""
    if not 0 < price_minor <= LARGEST_MINOR:
        raise ServiceInvalid(fields=[field])
