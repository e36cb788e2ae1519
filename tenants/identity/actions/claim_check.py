"""A reviewer takes a check off the queue, for a quarter of an hour at a time."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Conflict
from tenants.identity.actions.move_check import locked, move
from tenants.identity.models import WorkerCheck
from tenants.identity.queries import check_to_review
from tenants.identity.queries.checks import person_of
from tenants.identity.rules.check_states import State, Step, next_state

LEASE = timedelta(minutes=15)


class ClaimedByOther(Conflict):
    code = "check.claimed"
    title = "Somebody else is looking at this check right now."


class AnotherReviewer(Conflict):
    code = "check.another_reviewer"
    title = "The worker has answered your decision. Somebody else has to look again."


@transaction.atomic
def claim_check(*, by: Actor, check_id: UUID) -> WorkerCheck:
    """Take a check, or keep it for another quarter of an hour."""
    check_to_review(by=by, check_id=check_id)
    row = locked(check_id)
    take(row, by=by)
    return row


def take(row: WorkerCheck, *, by: Actor) -> None:
    """Make a locked check the reviewer's own for a while, unless somebody else has it."""
    at = clock.now()
    held = row.claimed_until is not None and row.claimed_until > at
    if held and row.claimed_by_id != by.member_id:
        raise ClaimedByOther(until=row.claimed_until)
    if row.not_by_id and by.member_id and person_of(row.not_by_id) == person_of(by.member_id):
        raise AnotherReviewer
    if row.state != State.IN_REVIEW:
        next_state(row.state, Step.CLAIM)
    row.claimed_by_id, row.claimed_until = by.member_id, at + LEASE
    if row.state == State.IN_REVIEW:
        row.save(update_fields=["claimed_by", "claimed_until"])
    else:
        move(row, Step.CLAIM, by=by)
