"""Who can, and when."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Who can, and when."""

    name = "marketplace.matching"
