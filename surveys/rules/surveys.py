"""The surveys we send: who is asked what, when, and how often at most."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from kernel.errors import Conflict, Invalid, NotFound
from tenants.support.rules.case_states import STAGES

WAVE_DAYS = 10
EDITABLE_FOR = timedelta(hours=24)
LOW_CSAT = 3  # From here down we ask at which stage it went wrong.
COOLDOWN_DAYS = 14
MOST_IN_90_DAYS = 4


class SurveyUnknown(NotFound):
    code = "survey.unknown"
    title = "This link leads to no survey."


class SurveyExpired(Conflict):
    code = "survey.expired"
    title = "This survey has ended. Nothing was stored."


class SurveySettled(Conflict):
    code = "survey.settled"
    title = "You answered more than a day ago, so your answer stays as it is."


class ScoreOffScale(Invalid):
    code = "survey.off_scale"
    title = "Choose a number on the scale."


class StageUnknown(Invalid):
    code = "survey.stage_unknown"
    title = "We do not know this part of a visit."


class CodeUnknown(NotFound):
    code = "voice.code_unknown"
    title = "We do not know this code. Please copy it from the message."


class WaveClosed(Conflict):
    code = "voice.closed"
    title = "This survey has closed. Nothing was stored."


class AlreadyDone(Conflict):
    code = "voice.already_done"
    title = "This code was already used. The first answer counts."


class WaveOpen(Conflict):
    code = "voice.already_open"
    title = "A survey of workers is already open."


class TooFewWorkers(Conflict):
    code = "voice.too_few"
    title = "With fewer than {k} workers nobody could stay unrecognised. Talk with each in person."


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One survey. `kind` names its scored question; `wait` is the time after its occasion."""

    key: str
    kind: str
    purpose: Literal["booking", "relational"]
    wait: timedelta
    recontact_days: int
    expires_after: timedelta = timedelta(days=30)


CSAT_BOOKING = Survey(
    key="csat_booking",
    kind="csat",
    purpose="booking",
    wait=timedelta(hours=1),
    recontact_days=14,
)
NPS_REL = Survey(
    key="nps_rel",
    kind="nps",
    purpose="relational",
    wait=timedelta(days=30),
    recontact_days=90,
)
SURVEYS = {survey.key: survey for survey in (CSAT_BOOKING, NPS_REL)}


def check_answer(*, score: int, scale: range, stages: tuple[str, ...]) -> None:
    """Refuse what is not on the scale, and stages that no visit has."""
    if score not in scale:
        raise ScoreOffScale(fields=["score"])
    if unknown := sorted(set(stages) - set(STAGES)):
        raise StageUnknown(fields=["stages"], stages=unknown)


def spread_days(person: str) -> int:
    """Return 0 to 13: people are not all asked on one day."""
    return int(hashlib.sha256(person.encode()).hexdigest()[:8], 16) % 14
