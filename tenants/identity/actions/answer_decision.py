"""A worker answers a decision before it takes effect."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Invalid, NotFound
from tenants.identity.actions.move_check import locked, move
from tenants.identity.models import WorkerCheck
from tenants.identity.rules.check_states import Step, next_state


class AnswerEmpty(Invalid):
    code = "check.answer_empty"
    title = "Write what we should know."


@transaction.atomic
def answer_decision(*, by: Actor, check_id: UUID, text: str) -> WorkerCheck:
    """Send the check back to review, by somebody other than who proposed the decision."""
    row = locked(check_id)
    if row.member_id != by.member_id:
        raise NotFound(what="check")
    next_state(row.state, Step.ANSWER)
    if not text.strip():
        raise AnswerEmpty(fields=["text"])
    row.answer, row.answered_at = text.strip()[:1000], clock.now()
    row.not_by_id, row.target = row.proposed_by_id, ""
    row.proposal, row.proposal_reason, row.proposed_by_id = "", "", None
    return move(row, Step.ANSWER, by=by)
