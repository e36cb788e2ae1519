"""A worker takes back what was handed in."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from tenants.identity.actions.move_check import locked, move
from tenants.identity.models import WorkerCheck
from tenants.identity.rules.check_states import State, Step


@transaction.atomic
def withdraw_check(*, by: Actor, check_id: UUID) -> WorkerCheck:
    """End an attempt before it is decided. Safe to repeat."""
    row = locked(check_id)
    if row.member_id != by.member_id:
        raise NotFound(what="check")
    return row if row.state == State.WITHDRAWN else move(row, Step.WITHDRAW, by=by)
