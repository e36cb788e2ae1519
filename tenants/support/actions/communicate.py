"""The person hears what was done."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from tenants.messaging.actions.notify import notify
from tenants.support.actions.step import move
from tenants.support.models import Case
from tenants.support.notices import WHAT_WE_DID


@transaction.atomic
def communicate(*, by: Actor, case_id: UUID) -> Case:
    """Tell the person of a resolved case what was done, if the case has one."""
    case = move(by=by, case_id=case_id, step="communicate")
    if case.person_id is not None:
        about = f"{case.pk}:{case.events.filter(kind='communicate').count()}"
        notify(to_id=case.person_id, notice=WHAT_WE_DID, about=about, action=case.action)
    return case
