"""What every template knows: at whose marketplace it is shown."""

from typing import Any

from django.http import HttpRequest


def here(request: HttpRequest) -> dict[str, Any]:
    """Offer the tenant to templates."""
    return {"tenant": getattr(request, "tenant", None)}
