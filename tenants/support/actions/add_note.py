"""Somebody of the office writes something down, for colleagues only."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from tenants.support.actions.step import note
from tenants.support.models import CaseEvent
from tenants.support.queries import case_for
from tenants.support.rules.case_states import ReasonMissing


@transaction.atomic
def add_note(*, by: Actor, case_id: UUID, text: str) -> CaseEvent:
    """Add an internal note. It is no answer and stops no clock."""
    if not text.strip():
        raise ReasonMissing(fields=["text"])
    return note(case_for(by, case_id, lock=True), by=by, kind="note", text=text.strip())
