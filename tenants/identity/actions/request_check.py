"""Somebody asks a worker to be checked: the office, the system, or the worker."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from tenants.identity.actions.move_check import move
from tenants.identity.models import WorkerCheck
from tenants.identity.queries import attempts_of
from tenants.identity.rules.check_states import OPEN, Step
from tenants.identity.rules.check_types import type_of
from tenants.tenancy.queries import member


@transaction.atomic
def request_check(*, by: Actor, member_id: UUID, kind: str) -> WorkerCheck:
    """Begin an attempt, or return the one that is open already.

    An earlier attempt that passed counts until its end.
    """
    type_of(kind)
    if not (by.works_in_office or by.role == Role.SYSTEM or by.member_id == member_id):
        raise NotFound(what="member")
    member(member_id)
    earlier = list(attempts_of(member_id).filter(kind=kind).select_for_update())
    if still_open := next((each for each in earlier if each.state in OPEN), None):
        return still_open
    row = WorkerCheck.objects.create(
        member_id=member_id, kind=kind, supersedes=earlier[0] if earlier else None
    )
    return move(row, Step.REQUEST, by=by)
