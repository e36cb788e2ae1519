"""Where providers find us, at the platform's host."""

from django.urls import path

from payments.webhooks import from_provider

app_name = "payments_webhooks"
urlpatterns = [
    path(
        "webhooks/stripe/main/platform",
        from_provider,
        {"provider": "stripe", "endpoint": "platform"},
        name="stripe_platform",
    ),
    path(
        "webhooks/stripe/main/connect",
        from_provider,
        {"provider": "stripe", "endpoint": "connect"},
        name="stripe_connect",
    ),
]
