"""What was done did not help."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.events import publish
from tenants.support.actions.step import move
from tenants.support.events import CaseReopened
from tenants.support.models import Case
from tenants.support.queries import case_for, promised_by


@transaction.atomic
def reopen(*, by: Actor, case_id: UUID, text: str = "") -> Case:
    """Open a resolved case again, with a new time by which somebody has been in touch."""
    priority = case_for(by, case_id, lock=True).priority
    due_at = promised_by(priority, clock.now())
    case = move(by=by, case_id=case_id, step="reopen", text=text, due_at=due_at, contacted_at=None)
    publish(CaseReopened(case_id=str(case.pk)), by=by)
    return case
