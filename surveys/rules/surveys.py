"""The surveys we send: who is asked what, when, and how often at most."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One survey. `kind` names its scored question; `wait` is the time after its occasion."""

    key: str
    kind: str
    audience: Literal["customer", "worker"]
    purpose: Literal["booking", "relational", "pulse"]
    anonymity: Literal["identified", "confidential"]
    wait: timedelta
    recontact_days: int
    expires_after: timedelta = timedelta(days=30)


CSAT_BOOKING = Survey(
    key="csat_booking",
    kind="csat",
    audience="customer",
    purpose="booking",
    anonymity="identified",
    wait=timedelta(hours=1),
    recontact_days=14,
)
NPS_REL = Survey(
    key="nps_rel",
    kind="nps",
    audience="customer",
    purpose="relational",
    anonymity="identified",
    wait=timedelta(days=30),
    recontact_days=90,
)
SURVEYS = {survey.key: survey for survey in (CSAT_BOOKING, NPS_REL)}

STAGES = ("match", "confirm", "travel", "checkin", "service", "payment", "support")
WAVE_DAYS = 10
EDITABLE_FOR = timedelta(hours=24)


def spread_days(person: str) -> int:
    """Return 0 to 13: people are not all asked on one day."""
    return sum(person.encode()) % 14
