"""Can it be believed."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Can it be believed."""

    name = "reviews"
