"""How everything is wired."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The roof: settings, templates, the root of the API."""

    name = "config"
