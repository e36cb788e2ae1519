"""What matching does when something happens elsewhere, and what it asks of workers."""

from uuid import UUID

from django.utils.translation import gettext_noop as _

from marketplace.catalog.rules.readiness import Gap, readiness_check
from marketplace.matching.queries import plan_of


@readiness_check
def has_a_plan(worker_id: UUID) -> Gap | None:
    """Ask every worker for a weekly plan before customers can book."""
    if plan_of(worker_id).exists():
        return None
    return Gap("plan", _("Set your weekly hours."), "/work/plan/")
