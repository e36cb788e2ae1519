"""Who answers for it."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Who answers for it."""

    name = "tenants.support"
