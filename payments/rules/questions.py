"""Which things about money a person has to look at, how urgent they are, and how they end."""

from dataclasses import dataclass
from datetime import timedelta

from kernel.errors import Conflict, Invalid

OPEN, ANSWERED, GONE = "open", "answered", "gone"
STATES = (OPEN, ANSWERED, GONE)
DONE, RETRY, MADE, NEVER_MADE = "done", "retry", "made", "never_made"
ANSWERS = (DONE, RETRY, MADE, NEVER_MADE)
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
    "missing_here": Kind(urgent=False, answers=(DONE, RETRY)),
    "extra_here": Kind(urgent=False),
    "amount": Kind(urgent=False),
    "unmatched_bank_line": Kind(urgent=False),
    "returned_after_final": Kind(urgent=True),
    "refund_failed": Kind(urgent=False),
    "other": Kind(urgent=False),
}


def check_answer(*, kind: str, state: str, answer: str, note: str, name: str = "") -> None:
    """Refuse an answer that the question does not take, or that explains nothing."""
    if state != OPEN:
        raise AlreadyAnswered
    if answer not in KINDS[kind].answers:
        raise AnswerUnknown(fields=["answer"])
    if answer == MADE and not name.strip():
        raise NameMissing(fields=["name"])
    if answer != RETRY and not note.strip():
        raise NoteMissing(fields=["note"])
