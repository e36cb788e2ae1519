"""A person has looked at what does not add up, and says what it was."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotAllowed, NotFound
from kernel.events import publish
from kernel.timers import set_timer
from payments.actions.apply_payout import settle_lost
from payments.actions.correct_books import correct_by_question
from payments.actions.match_bank_lines import decide_line
from payments.actions.receive_event import replay_one
from payments.events.talk import MoneyQuestionAnswered
from payments.models import Allocation, MoneyQuestion, ProviderCall, ReconLine
from payments.queries.permissions import demand
from payments.rules.debts import check_reason
from payments.rules.questions import (
    ADJUST,
    ANSWERED,
    ARRIVED,
    BY_TWO,
    MADE,
    NEVER_MADE,
    RETRY,
    check_adjusting,
    check_answer,
    check_settling,
)
from payments.rules.recon import SETTLED

# Who goes on once it is known what became of a request, by what was asked.
GO_ON = {
    "payout": "payments.send_payout",
    "refund": "payments.send_refund",
    "capture": "payments.send_capture",
    "void": "payments.send_void",
    "allocate": "payments.send_allocations",
}


@transaction.atomic
def answer_question(
    *, by: Actor, question_id: UUID, answer: str, note: str, name: str = ""
) -> MoneyQuestion:
    """Close a question of this tenant, and let what waited for the answer go on."""
    if not by.works_in_office:
        raise NotAllowed
    question = MoneyQuestion.objects.select_for_update().filter(pk=question_id).first()
    if question is None:
        raise NotFound(what="question")
    check_answer(kind=question.kind, state=question.state, answer=answer, note=note, name=name)
    if answer in BY_TWO and not _agreed(question, by, answer, note, name):
        return question
    proposed = question.note if answer in BY_TWO else ""
    question.note = "\n".join(each for each in (proposed, note.strip()) if each)
    question.state, question.answer = ANSWERED, answer
    question.answered_at, question.answered_by_id = clock.now(), by.member_id
    question.save()
    _act(question, name.strip())
    fact = MoneyQuestionAnswered(
        question_id=str(question.pk), kind=question.kind, answer=question.answer
    )
    publish(fact, by=by)
    return question


def _agreed(question: MoneyQuestion, by: Actor, answer: str, note: str, name: str) -> bool:
    """Tell whether somebody else has proposed what moves money; else propose it."""
    demand(by, "adjust")
    check_reason(note)
    if answer == ADJUST:
        agreed = check_adjusting(
            lacks_minor=question.lacks_minor, proposed_by=question.proposed_by_id, by=by.member_id
        )
    else:
        agreed = check_settling(
            answer=answer,
            proposed=question.proposed,
            proposed_by=question.proposed_by_id,
            by=by.member_id,
        )
        proof = name.strip() or question.facts.get("proof", "")
        question.facts |= {"proposed": answer, "proof": proof}
    if not agreed:
        _propose(question, by, note)
    elif answer == ADJUST:
        correct_by_question(by=by, question=question)
    return agreed


def _propose(question: MoneyQuestion, by: Actor, note: str) -> None:
    question.proposed_by_id, question.proposed_at = by.member_id, clock.now()
    question.note = note.strip()
    question.save(update_fields=["facts", "proposed_by", "proposed_at", "note"])


def _act(question: MoneyQuestion, name: str) -> None:
    if question.kind == "lost_payout":
        payout_id = UUID(question.facts["payout_id"])
        settle_lost(payout_id=payout_id, arrived=question.answer == ARRIVED)
    elif question.kind == "unresolved_call":
        _resolve(UUID(question.facts["call_id"]), question.answer, name)
    elif question.kind == "dead_event" and question.answer == RETRY:
        replay_one(provider_event_id=UUID(question.facts["event_id"]))
    elif "bank_line_id" in question.facts:
        decide_line(line_id=UUID(question.facts["bank_line_id"]), answer=question.answer)
    elif "line_id" in question.facts and question.answer != RETRY:
        ReconLine.objects.filter(pk=question.facts["line_id"]).update(result=SETTLED)


def _resolve(call_id: UUID, answer: str, name: str) -> None:
    """Say what became of a request: it made the thing of that name, or nothing."""
    call = ProviderCall.objects.select_for_update().get(pk=call_id)
    if answer == MADE:
        call.state, call.response_ref = "unknown", name[:120]
    elif answer == NEVER_MADE:
        call.state, call.error = "failed", "never_made: a person looked"
    call.save(update_fields=["state", "response_ref", "error"])
    goes_on = GO_ON.get(call.purpose)
    if goes_on:
        subject_id = _subject(call)
        set_timer(goes_on, subject_id=subject_id, at=clock.now(), entry=f"answered:{call.attempts}")


def _subject(call: ProviderCall) -> UUID:
    """Return whom the task is for: the row that the key names; of allocations, their payee."""
    named = UUID(call.key.split(":")[1])
    if call.purpose == "allocate":
        return Allocation.objects.select_related("payee").get(pk=named).payee.member_id
    return named
