"""What every template knows: at whose marketplace it is shown, and where one can go from here."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from config.navigation import navigation


def here(request: HttpRequest) -> dict[str, Any]:
    """Offer the tenant and the navigation to templates; a page without it asks nothing."""
    return {
        "tenant": getattr(request, "tenant", None),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
    }
