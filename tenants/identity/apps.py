"""Is it really them."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

LONGEST_GOOD_HOST, LONGEST_HOST = 30, 50


@checks.register
def badge_host_is_short(**_: Any) -> list[checks.CheckMessage]:
    """Warn of a badge host that makes QR codes dense; refuse one that nobody could scan."""
    host = f"id.{settings.PLATFORM_DOMAIN}{settings.PUBLIC_PORT}"
    if len(host) > LONGEST_HOST:
        hint = f"{host} has {len(host)} characters; at most {LONGEST_HOST} are possible."
        return [checks.Error("The badge host is too long to be scanned.", hint, id="identity.E001")]
    if len(host) > LONGEST_GOOD_HOST:
        hint = f"{host} has {len(host)} characters; up to {LONGEST_GOOD_HOST} make a small code."
        return [checks.Warning("The badge host makes large QR codes.", hint, id="identity.W001")]
    return []


class IdentityConfig(AppConfig):
    """Is it really them."""

    name = "tenants.identity"
