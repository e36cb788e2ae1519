"""Somebody of the office spoke with the person."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotAllowed
from tenants.support.actions.step import move
from tenants.support.models import Case
from tenants.support.queries import case_for


class PeopleOnly(NotAllowed):
    code = "case.people_only"
    title = "Only a person can be in touch with a person."


@transaction.atomic
def contact(*, by: Actor, case_id: UUID, text: str = "") -> Case:
    """Note that a human being has been in touch; the first time stops the clock."""
    if by.member_id is None:
        raise PeopleOnly
    first = case_for(by, case_id, lock=True).contacted_at or clock.now()
    return move(by=by, case_id=case_id, step="contact", text=text.strip(), contacted_at=first)
