"""Who does what for whom."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Who does what for whom."""

    name = "marketplace.bookings"
