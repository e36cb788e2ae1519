"""Is it really them."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Is it really them."""

    name = "tenants.identity"
