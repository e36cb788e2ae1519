"""A case is resolved: the cause is known and something was done."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.events import publish
from tenants.support.actions.step import move
from tenants.support.events import CaseResolved
from tenants.support.models import Case
from tenants.support.rules.case_states import check_cause


@transaction.atomic
def resolve(*, by: Actor, case_id: UUID, root_cause: str, action: str) -> Case:
    """Close the loop: at which stage it went wrong, and what was done about it."""
    check_cause(root_cause, action)
    case = move(
        by=by,
        case_id=case_id,
        step="resolve",
        text=f"{root_cause}: {action.strip()}",
        root_cause=root_cause,
        action=action.strip(),
        resolved_at=clock.now(),
    )
    publish(CaseResolved(case_id=str(case.pk), kind=case.kind, root_cause=root_cause), by=by)
    return case
