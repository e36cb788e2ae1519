"""Which things about money a person has to look at, how urgent they are, and how they end."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kernel.errors import Conflict, Invalid
from payments.rules.permissions import SecondPersonNeeded

OPEN, ANSWERED, GONE = "open", "answered", "gone"
STATES = (OPEN, ANSWERED, GONE)
DONE, RETRY, MADE, NEVER_MADE, ADJUST = "done", "retry", "made", "never_made", "adjust"
ARRIVED, CAME_BACK = "arrived", "came_back"
ANSWERS = (DONE, RETRY, MADE, NEVER_MADE, ADJUST, ARRIVED, CAME_BACK)
BY_TWO = (ADJUST, ARRIVED, CAME_BACK)  # One person proposes, another agrees.
ALARM_AFTER = timedelta(days=1)


class AnswerUnknown(Invalid):
    code = "question.answer"
    title = "This question cannot be answered like that."


class NoteMissing(Invalid):
    code = "question.note"
    title = "Say in a few words what you found and did."


class NameMissing(Invalid):
    code = "question.name"
    title = "Write what the payment company calls it."


class ProofMissing(Invalid):
    code = "question.proof"
    title = "Write the reference that the bank gives it."


class NothingToAdjust(Conflict):
    code = "question.no_difference"
    title = "Our books lack nothing here that could be booked."


class AlreadyAnswered(Conflict):
    code = "question.answered"
    title = "Somebody has answered this already."


@dataclass(frozen=True, slots=True)
class Kind:
    """How urgent a kind of question is, and the answers it takes."""

    urgent: bool
    answers: tuple[str, ...] = (DONE,)


KINDS = {
    "unresolved_call": Kind(urgent=True, answers=(MADE, NEVER_MADE)),
    "key_misused": Kind(urgent=True),
    "dead_event": Kind(urgent=True, answers=(DONE, RETRY)),
    "contradiction": Kind(urgent=True),
    "broken_equation": Kind(urgent=True),
    "tip_held": Kind(urgent=True),
    "missing_here": Kind(urgent=False, answers=(DONE, RETRY, ADJUST)),
    "extra_here": Kind(urgent=False),
    "amount": Kind(urgent=False, answers=(DONE, ADJUST)),
    "unmatched_bank_line": Kind(urgent=False),
    "bank_line": Kind(urgent=False, answers=(DONE, RETRY, ADJUST)),
    "returned_after_final": Kind(urgent=True),
    "refund_failed": Kind(urgent=False),
    "lost_payout": Kind(urgent=True, answers=(ARRIVED, CAME_BACK)),
    "other": Kind(urgent=False),
}


def answers_to(kind: str, *, lacks_minor: int) -> tuple[str, ...]:
    """Return how a question can be answered: a difference is booked only where there is one."""
    answers = KINDS[kind].answers
    return answers if lacks_minor else tuple(each for each in answers if each != ADJUST)


def check_adjusting(*, lacks_minor: int, proposed_by: UUID | None, by: UUID | None) -> bool:
    """Tell whether a difference is booked now; the first person only proposes it."""
    if not lacks_minor:
        raise NothingToAdjust
    if proposed_by is not None and proposed_by == by:
        raise SecondPersonNeeded
    return proposed_by is not None


def check_settling(
    *, answer: str, proposed: str, proposed_by: UUID | None, by: UUID | None
) -> bool:
    """Tell whether two people say the same of a cash-out; who says otherwise proposes that."""
    if answer != proposed or proposed_by is None:
        return False
    if proposed_by == by:
        raise SecondPersonNeeded
    return True


def check_answer(*, kind: str, state: str, answer: str, note: str, name: str = "") -> None:
    """Refuse an answer that the question does not take, or that explains nothing."""
    if state != OPEN:
        raise AlreadyAnswered
    if answer not in KINDS[kind].answers:
        raise AnswerUnknown(fields=["answer"])
    if answer == MADE and not name.strip():
        raise NameMissing(fields=["name"])
    if answer == ARRIVED and not name.strip():
        raise ProofMissing(fields=["name"])
    if answer != RETRY and not note.strip():
        raise NoteMissing(fields=["note"])
