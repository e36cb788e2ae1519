"""What does not add up about money, for programs of the office."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from kernel.paging import page_of
from payments.actions.answer_question import answer_question
from payments.models import MoneyQuestion
from payments.queries.questions import question_for, questions_for
from payments.rules.questions import BY_TWO, answers_to
from tenants.tenancy.access import demand_proof, office_actor_of

router = Router(tags=["money"])


class MoneyQuestionOut(Schema):
    """A question about money: what is known of it, and how it can be answered."""

    id: UUID
    kind: str
    about: str
    currency: str
    amount_minor: int | None
    state: str
    urgent: bool
    answers: list[str]
    lacks_minor: int = Field(description="What may be booked, by two people who agree.")
    proposed_by: UUID | None
    answer: str
    note: str
    opened_at: datetime
    answered_at: datetime | None


class MoneyQuestionPage(Schema):
    """Questions about money, newest first."""

    items: list[MoneyQuestionOut]
    next_cursor: str | None


class QuestionsWanted(Schema):
    """Which questions."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["open", "answered", "gone"] | None = None
    cursor: str = ""


class AnswerIn(Schema):
    """What somebody found.

    `name` is what the payment company calls what it made, or the bank's reference of what arrived.
    """

    model_config = ConfigDict(extra="forbid")

    answer: Literal["done", "retry", "made", "never_made", "adjust", "arrived", "came_back"]
    note: str = Field(default="", max_length=1000)
    name: str = Field(default="", max_length=120)


def _out(row: MoneyQuestion) -> MoneyQuestionOut:
    return MoneyQuestionOut(
        id=row.pk,
        kind=row.kind,
        about=row.about,
        currency=row.currency,
        amount_minor=row.amount_minor,
        state=row.state,
        urgent=row.alarmed_at is not None,
        answers=list(answers_to(row.kind, lacks_minor=row.lacks_minor)),
        lacks_minor=row.lacks_minor,
        proposed_by=row.proposed_by_id,
        answer=row.answer,
        note=row.note,
        opened_at=row.opened_at,
        answered_at=row.answered_at,
    )


@router.get("/money/questions", response=MoneyQuestionPage, operation_id="list_money_questions")
def list_money_questions(
    request: HttpRequest, wanted: Annotated[QuestionsWanted, Query()]
) -> MoneyQuestionPage:
    """List what does not add up, newest first; by state, if one is given."""
    rows = questions_for(office_actor_of(request))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    found, following = page_of(rows, wanted.cursor)
    return MoneyQuestionPage(items=[_out(each) for each in found], next_cursor=following)


@router.get(
    "/money/questions/{question_id}", response=MoneyQuestionOut, operation_id="get_money_question"
)
def get_money_question(request: HttpRequest, question_id: UUID) -> MoneyQuestionOut:
    """Return one question."""
    return _out(question_for(office_actor_of(request), question_id))


@router.post(
    "/money/questions/{question_id}/answer",
    response=MoneyQuestionOut,
    operation_id="answer_money_question",
)
def answer_money_question(request: HttpRequest, question_id: UUID, said: AnswerIn) -> Any:
    """Close a question.

    `adjust` books the difference when a second person says it too; `arrived` and `came_back`
    settle a cash-out of which nobody else can tell any more, also when two people say the same.
    """
    by = office_actor_of(request)
    if said.answer in BY_TWO:
        demand_proof(request)
    return _out(answer_question(by=by, question_id=question_id, **said.model_dump()))
