"""What every template knows: at whose marketplace it is shown, and where one can go from here."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from config.navigation import navigation
from kernel.context import HOUSE
from tenants.tenancy.queries import menu


def here(request: HttpRequest) -> dict[str, Any]:
    """Offer the tenant and the navigation to templates; a page without it asks nothing."""
    return {
        "tenant": getattr(request, "tenant", None),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "menu": SimpleLazyObject(lambda: _menu(request)),
    }


def _menu(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the tenant's own pages for the foot of the page; the house has none."""
    tenant = getattr(request, "tenant", None)
    return menu() if tenant is not None and tenant.pk != HOUSE else []
