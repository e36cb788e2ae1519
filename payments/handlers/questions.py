"""What does not add up becomes somebody's case; in the house, everybody is told."""

from uuid import UUID

from kernel.actor import SYSTEM
from kernel.context import HOUSE, current_tenant
from kernel.events import on
from payments.events.talk import MoneyQuestionOpened
from payments.models import MoneyQuestion
from payments.notices import QUESTION_ASKED
from payments.rules.questions import KINDS, OPEN
from tenants.messaging.actions.notify import notify
from tenants.support.actions.open_case import open_case
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
        key=f"money_question:{question.pk}",
    )


def _tell_the_house(question: MoneyQuestion) -> None:
    for each in office_members():
        about = f"{question.pk}:{question.opened_at:%Y%m%d%H%M%S}"
        notify(to_id=each.pk, notice=QUESTION_ASKED, about=about, question=question.about)
