"""What does not add up becomes somebody's case; in the house, everybody is told."""

from uuid import UUID

from kernel.actor import SYSTEM
from kernel.context import HOUSE, current_tenant
from kernel.events import on
from payments.events.talk import (
    MoneyQuestionAnswered,
    MoneyQuestionMended,
    MoneyQuestionOpened,
)
from payments.models import MoneyQuestion
from payments.notices import QUESTION_ASKED
from payments.rules.questions import KINDS, OPEN
from tenants.messaging.actions.notify import notify
from tenants.support.actions.dismiss import dismiss
from tenants.support.actions.open_case import open_case
from tenants.support.queries import case_about
from tenants.support.rules.case_states import OPEN as OPEN_CASES
from tenants.tenancy.queries import office_members


@on(MoneyQuestionOpened)
def give_it_to_somebody(fact: MoneyQuestionOpened) -> None:
    """Open a case, which has an owner and a clock; the house has no cases: tell its people."""
    question = MoneyQuestion.objects.get(pk=UUID(fact.question_id))
    if question.state != OPEN or not office_members().exists():
        return
    if current_tenant() == HOUSE:
        _tell_the_house(question)
        return
    open_case(
        by=SYSTEM,
        kind="money_question",
        priority="P1" if KINDS[question.kind].urgent else "P2",
        about_kind="money_question",
        about_id=question.pk,
        title=f"Money that does not add up: {question.about}",
        key=f"money_question:{question.pk}:{question.opened_at:%Y%m%d%H%M%S}",
    )


@on(MoneyQuestionAnswered)
def end_its_case(fact: MoneyQuestionAnswered) -> None:
    """A question that is answered is nobody's case any more."""
    _end(UUID(fact.question_id))


@on(MoneyQuestionMended)
def end_the_case_of_what_is_mended(fact: MoneyQuestionMended) -> None:
    """What adds up by itself is nobody's case any more."""
    _end(UUID(fact.question_id))


def _end(question_id: UUID) -> None:
    question = MoneyQuestion.objects.get(pk=question_id)
    case = case_about(question_id).first()
    if case is not None and case.state in OPEN_CASES and question.state != OPEN:
        dismiss(by=SYSTEM, case_id=case.pk, reason=question.note or question.answer)


def _tell_the_house(question: MoneyQuestion) -> None:
    for each in office_members():
        about = f"{question.pk}:{question.opened_at:%Y%m%d%H%M%S}"
        notify(to_id=each.pk, notice=QUESTION_ASKED, about=about, question=question.about)
