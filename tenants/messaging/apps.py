"""How we talk to people."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """How we talk to people."""

    name = "tenants.messaging"
