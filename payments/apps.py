"""Whose money."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Whose money."""

    name = "payments"
