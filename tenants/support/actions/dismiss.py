"""A case was none."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from tenants.support.actions.step import move
from tenants.support.models import Case
from tenants.support.rules.case_states import ReasonMissing


@transaction.atomic
def dismiss(*, by: Actor, case_id: UUID, reason: str) -> Case:
    """End a case without doing anything, and say why."""
    if not reason.strip():
        raise ReasonMissing(fields=["reason"])
    return move(by=by, case_id=case_id, step="dismiss", text=reason.strip())
