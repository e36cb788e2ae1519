"""What identity shows on other floors' pages."""

from typing import Any

from django.http import HttpRequest

from kernel import clock
from kernel.actor import Actor
from kernel.panels import Rendered, panel
from tenants.identity import queries


@panel("profile", order=30)
def verified_on_profile(request: HttpRequest, worker: Any) -> Rendered:
    """Say what was verified about a worker, when and by whom: never a bare "verified"."""
    checks = queries.verified(worker.member_id, at=clock.now())
    return ("identity/panel_profile.html", {"checks": checks}) if checks else None


@panel("work_home", order=20)
def documents_to_do(request: HttpRequest, worker: Actor) -> Rendered:
    """Tell a worker which documents are missing."""
    if worker.member_id is None:
        return None
    gaps = queries.gaps_of(worker.member_id, clock.now())
    return ("identity/panel_work_home.html", {"gaps": gaps})


@panel("office_home", order=40)
def waiting_for_review(request: HttpRequest, subject: Any) -> Rendered:
    """Tell the office how many checks wait, and how many are late."""
    waiting, late = queries.review_figures(at=clock.now())
    return ("identity/panel_office_home.html", {"waiting": waiting, "late": late})
