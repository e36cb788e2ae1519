"""Payment companies. Adding one is adding a file here; see `base` for what it must do."""

from django.conf import settings

from kernel.plugins import import_all
from payments.providers.base import Provider, made

import_all("payments.providers")


def provider_name() -> str:
    """Return the provider that new payments and payees get."""
    name: str = settings.PAYMENTS_PROVIDER
    return name


def provider_of(name: str) -> Provider:
    """Return the provider that a row was made with."""
    return made(name)
