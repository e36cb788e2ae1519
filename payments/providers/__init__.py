"""Payment companies. Adding one is adding a file here; see `base` for what it must do."""

from django.conf import settings

from kernel.plugins import import_all
from payments.providers.base import Provider
from payments.providers.registry import Caps, choose, made, offer_of

import_all("payments.providers")


def provider_name() -> str:
    """Return the payment company that is preferred where it serves."""
    return preferred()[0]


def preferred() -> tuple[str, ...]:
    """Return the payment companies that this installation works with, in order of preference."""
    named: str = settings.PAYMENTS_PROVIDER
    return tuple(each.strip() for each in named.split(",") if each.strip())


def provider_in(role: str, *, country: str, by_hand: bool) -> str:
    """Return the name of the provider that plays a role in a country."""
    return choose(role, country=country, preferred=preferred(), by_hand=by_hand)


def provider_of(name: str) -> Provider:
    """Return the provider that a row was made with."""
    return made(name)


def caps_of(name: str) -> Caps:
    """Return what a collector can do with a payment."""
    caps = offer_of(name).caps
    assert caps is not None, name
    return caps
