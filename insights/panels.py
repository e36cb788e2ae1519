"""What insights put on pages of floors below: the promise, in figures."""

from typing import Any

from django.http import HttpRequest

from insights.queries import promise
from insights.rules.wording import span
from kernel.panels import Rendered, panel
from tenants.tenancy.queries import here


@panel("promise", order=10)
def promise_in_figures(request: HttpRequest, subject: Any) -> Rendered:
    """Show what was promised beside what happened, and how each figure is computed."""
    return "insights/panel_promise.html", _context()


@panel("home", order=80)
def promise_teaser(request: HttpRequest, subject: Any) -> Rendered:
    """Show the workers' share on the home page, once there is something to show."""
    context = _context()
    return ("insights/panel_home.html", context) if context["figures"].jobs else None


def _context() -> dict[str, Any]:
    found = promise()
    figures = found.figures
    return {
        "figures": figures,
        "since": found.since,
        "zone": here().timezone,
        "share": _per_cent(figures.worker_share_bp),
        "tips": _per_cent(figures.tips_passed_bp),
        "free": _per_cent(figures.free_cash_outs_bp),
        "available": span(figures.minutes_to_available),
        "paid": span(figures.minutes_to_paid),
    }


def _per_cent(basis_points: int | None) -> float | None:
    return None if basis_points is None else basis_points / 100
