"""How is everyone."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """How is everyone."""

    name = "surveys"
