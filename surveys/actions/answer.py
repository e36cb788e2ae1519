"""A customer answers; a low score gets a person who calls."""

from django.db import transaction
from django.utils.translation import gettext, override

from kernel import clock
from kernel.actor import Actor, Role
from kernel.events import publish
from surveys.events import SurveyAnswered
from surveys.kinds import KINDS
from surveys.models import Answer, Invitation
from surveys.queries import answer_to, invitation_by
from surveys.rules.case_rule import case_rule
from surveys.rules.safety import sounds_unsafe
from surveys.rules.surveys import (
    LOW_CSAT,
    SURVEYS,
    SurveyExpired,
    SurveySettled,
    check_answer,
)
from tenants.support.actions.open_case import open_case
from tenants.tenancy.queries import here

QUOTED = 120


@transaction.atomic
def answer(
    *,
    token: str,
    score: int,
    stages: tuple[str, ...] = (),
    text: str = "",
    language: str = "es",
) -> Answer:
    """Store a customer's answer. Within a day of the first it may be given anew; the last counts.

    Whoever has the token may answer, so there is no actor to give.
    """
    at, asked = clock.now(), invitation_by(token)
    survey = SURVEYS[asked.survey]
    check_answer(score=score, scale=KINDS[survey.kind].scale, stages=stages)
    before = answer_to(asked)
    if before is not None and before.is_settled(at):
        raise SurveySettled
    if not asked.is_open(at):
        raise SurveyExpired
    went_wrong = survey.kind == "csat" and score <= LOW_CSAT
    given, _ = Answer.objects.update_or_create(
        invitation=asked,
        defaults={
            "value": score,
            "stages": sorted(set(stages)) if went_wrong else [],
            "text": text.strip()[:2000],
            "language": language[:5],
            "last_at": at,
        },
        create_defaults={
            "survey": asked.survey,
            "member_id": asked.member_id,
            "value": score,
            "stages": sorted(set(stages)) if went_wrong else [],
            "text": text.strip()[:2000],
            "language": language[:5],
            "first_at": at,
            "last_at": at,
        },
    )
    Invitation.objects.filter(pk=asked.pk).update(state=Invitation.State.ANSWERED)
    _call_a_person(asked, given, kind=survey.kind)
    by = Actor(role=Role.CUSTOMER, member_id=asked.member_id)
    publish(SurveyAnswered(invitation_id=str(asked.pk), survey=asked.survey), by=by)
    return given


def _call_a_person(asked: Invitation, given: Answer, *, kind: str) -> None:
    """Open a case if the answer asks for one: one per visit, to which later answers are added."""
    topic = "safety" if sounds_unsafe(given.text) else None
    verdict = case_rule({"audience": "customer", kind: given.value, "topic": topic})
    if not verdict["case"]:
        return
    about = ("booking", asked.booking_id) if asked.booking_id else ("survey", asked.pk)
    open_case(
        by=Actor(role=Role.CUSTOMER, member_id=asked.member_id),
        kind="survey",
        priority=verdict["priority"],
        about_kind=about[0],
        about_id=about[1],
        title=_title(given, kind=kind),
        person_id=asked.member_id,
        key=f"survey:{about[0]}:{about[1]}",
    )


def _title(given: Answer, *, kind: str) -> str:
    """Say it in the office's language."""
    with override(here().locale):
        if kind == "csat":
            said = gettext("A visit got {score} of 5").format(score=given.value)
        else:
            said = gettext("A recommendation of {score} out of 10").format(score=given.value)
    return f"{said}: {given.text[:QUOTED]}" if given.text else said
