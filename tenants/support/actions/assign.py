"""A case changes hands."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import Invalid
from tenants.support.actions.open_case import tell_owner
from tenants.support.actions.step import move
from tenants.support.models import Case
from tenants.tenancy.queries import office_members


class NotOfTheOffice(Invalid):
    code = "case.not_of_the_office"
    title = "Only somebody of the office can own a case."


@transaction.atomic
def assign(*, by: Actor, case_id: UUID, owner_id: UUID) -> Case:
    """Hand a case to somebody of the office, who is told."""
    owner = office_members().filter(pk=owner_id).first()
    if owner is None:
        raise NotOfTheOffice(fields=["owner"])
    case = move(by=by, case_id=case_id, step="assign", text=str(owner.user), owner_id=owner.pk)
    case.owner = owner
    tell_owner(case)
    return case
