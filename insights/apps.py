"""How well do we do."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """How well do we do."""

    name = "insights"
