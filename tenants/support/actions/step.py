"""What every move of a case has in common: lock, ask the table, write down who did what."""

from typing import Any
from uuid import UUID

from kernel import clock
from kernel.actor import Actor
from tenants.support.models import Case, CaseEvent
from tenants.support.queries import case_for
from tenants.support.rules.case_states import after


def move(*, by: Actor, case_id: UUID, step: str, text: str = "", **fields: Any) -> Case:
    """Take one step with a case inside the caller's transaction, and return it."""
    case = case_for(by, case_id, lock=True)
    case.state = after(case.state, step)
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=["state", *fields])
    note(case, by=by, kind=step, text=text)
    return case


def note(case: Case, *, by: Actor, kind: str, text: str = "") -> CaseEvent:
    """Append to what happened to a case."""
    return CaseEvent.objects.create(
        case=case, kind=kind, by_id=by.member_id, text=text, at=clock.now()
    )
