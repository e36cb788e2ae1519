"""Surveys and scores, for programs."""

from dataclasses import asdict
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from kernel import clock
from surveys.actions.answer import answer
from surveys.kinds import KINDS
from surveys.models import Invitation
from surveys.queries import CustomerScores, WaveScores, answer_to, invitation_by, office_scores
from surveys.rules.display import Score
from surveys.rules.surveys import SURVEYS
from tenants.tenancy.access import office_actor_of
from tenants.tenancy.queries import here

router = Router(tags=["surveys"])


class SurveyOut(Schema):
    """A survey as its token shows it."""

    survey: str
    question: str
    lowest: int
    highest: int
    open: bool
    expires_at: datetime
    score: int | None
    text: str


class AnswerIn(Schema):
    """What a customer answers."""

    model_config = ConfigDict(extra="forbid")

    score: int
    stages: list[str] = Field(default=[], max_length=7)
    text: str = Field(default="", max_length=2000)


class ScoreOut(Schema):
    """A score: its value and 95 % interval, or in `note` why there is none."""

    value: float | None
    low: float | None
    high: float | None
    n: int | str | None
    note: str


class WaveOut(Schema):
    """The latest counted wave of workers. Groups appear once it has closed."""

    number: int | None
    opened_on: str | None
    closed: bool
    enps: ScoreOut
    groups: dict[str, ScoreOut]


class ScoresOut(Schema):
    """How customers (NPS of 90 days, CSAT of 28) and workers are."""

    nps: ScoreOut
    csat: ScoreOut
    asked: int
    answered: int
    response_rate: float | None
    wave: WaveOut


@router.get("/surveys/{token}", response=SurveyOut, auth=None, operation_id="get_survey")
def get_survey(request: HttpRequest, token: str) -> SurveyOut:
    """Show what a token asks. Stores nothing."""
    return _survey(invitation_by(token))


@router.post("/surveys/{token}", response=SurveyOut, auth=None, operation_id="answer_survey")
def answer_survey(request: HttpRequest, token: str, payload: AnswerIn) -> SurveyOut:
    """Answer; again within 24 hours the last answer counts."""
    answer(
        token=token,
        score=payload.score,
        stages=tuple(payload.stages),
        text=payload.text,
        language=get_language() or "es",
    )
    return _survey(invitation_by(token))


@router.get("/experience/scores", response=ScoresOut, operation_id="get_scores")
def get_scores(request: HttpRequest) -> ScoresOut:
    """Show the office how customers and workers are; what is suppressed stays so here."""
    return scores_out(*office_scores(office_actor_of(request)))


def scores_out(customers: CustomerScores, wave: WaveScores) -> ScoresOut:
    """Write the scores as programs read them."""
    return ScoresOut(
        nps=score_out(customers.nps),
        csat=score_out(customers.csat),
        asked=customers.asked,
        answered=customers.answered,
        response_rate=customers.response_rate,
        wave=WaveOut(
            number=wave.number,
            opened_on=wave.opened_on,
            closed=wave.closed,
            enps=score_out(wave.total),
            groups={name: score_out(score) for name, score in wave.groups.items()},
        ),
    )


def score_out(score: Score) -> ScoreOut:
    """Write one score as programs read it."""
    return ScoreOut(**asdict(score))


def _survey(asked: Invitation) -> SurveyOut:
    kind, given = KINDS[SURVEYS[asked.survey].kind], answer_to(asked)
    return SurveyOut(
        survey=asked.survey,
        question=gettext(kind.question).format(tenant=here().name),
        lowest=kind.low,
        highest=kind.high,
        open=asked.is_open(clock.now()),
        expires_at=asked.expires_at,
        score=given.value if given else None,
        text=given.text if given else "",
    )
