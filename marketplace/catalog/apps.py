"""Who offers what."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Who offers what."""

    name = "marketplace.catalog"
