"""A reviewer decides about a check; for what harms or weighs most, two of them."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from tenants.identity.actions.claim_check import take
from tenants.identity.actions.move_check import locked, move, note_step
from tenants.identity.models import WorkerCheck
from tenants.identity.queries import check_to_review
from tenants.identity.queries.checks import person_of
from tenants.identity.rules.check_states import State, Step
from tenants.identity.rules.check_types import type_of, valid_until
from tenants.identity.rules.decisions import Outcome, needs_two, outcome_of, reason_for, weigh

SEEN_BY_ONE, SEEN_BY_TWO = 2, 3


@transaction.atomic
def decide(
    *, by: Actor, check_id: UUID, outcome: str, reason_code: str = "", note: str = ""
) -> WorkerCheck:
    """Pass a check, ask for more, or propose not to accept it.

    Not accepting, and passing the kinds that need two people, is a proposal until a second person
    decides the same; the worker then has seven days to answer. Nobody decides about themselves.
    """
    check_to_review(by=by, check_id=check_id)
    row, chosen = locked(check_id), outcome_of(outcome)
    reason = reason_for(chosen, reason_code)
    if _said_already(row, by, chosen):
        return row
    take(row, by=by)
    step = weigh(
        chosen,
        two_people=type_of(row.kind).two_people,
        proposal=row.proposal,
        proposer=row.proposed_by_id and person_of(row.proposed_by_id),
        decider=by.member_id and person_of(by.member_id),
    )
    row.claimed_by_id, row.claimed_until = None, None
    if step is None:
        return _propose(row, chosen, reason, by=by, note=note)
    return _finish(row, chosen, step, reason, by=by, note=note)


def _said_already(row: WorkerCheck, by: Actor, chosen: Outcome) -> bool:
    """Tell whether this person's very decision already took effect: a repeat changes nothing."""
    led_to = {
        Outcome.PASS: (State.PASSED,),
        Outcome.MORE: (State.NEEDS_MORE,),
        Outcome.FAIL: (State.ADVERSE_PENDING, State.FAILED),
    }
    return row.decided_by_id == by.member_id and row.state in led_to[chosen]


def _propose(
    row: WorkerCheck, chosen: Outcome, reason: str, *, by: Actor, note: str
) -> WorkerCheck:
    row.proposal, row.proposal_reason, row.proposed_by_id = chosen, reason, by.member_id
    row.save()
    step = f"propose_{chosen}"
    note_step(row, step, by=by, came_from=row.state, reason_code=reason, note=note)
    return row


def _finish(
    row: WorkerCheck, chosen: Outcome, step: Step, reason: str, *, by: Actor, note: str
) -> WorkerCheck:
    check, at = type_of(row.kind), clock.now()
    row.reason_code, row.decided_by_id, row.decided_at = reason, by.member_id, at
    if chosen == Outcome.PASS:
        two = needs_two(chosen, two_people=check.two_people)
        row.level = SEEN_BY_TWO if two else SEEN_BY_ONE
        row.valid_until = valid_until(check, fields=row.fields, at=at)
        if row.kind == "id_document":  # What was compared with the document, and stays so.
            row.fields = {**row.fields, "name": row.member.user.get_full_name()[:80]}
    if chosen == Outcome.FAIL:
        row.target = State.FAILED
    else:
        row.proposal, row.proposal_reason, row.proposed_by_id = "", "", None
    return move(row, step, by=by, reason_code=reason, note=note)
