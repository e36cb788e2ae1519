"""What can be asked about surveys. Workers' answers leave through one function only. No writes."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from kernel import clock
from kernel.actor import Actor
from kernel.crypto import signature
from kernel.errors import NotFound
from marketplace.bookings.queries import booking
from marketplace.catalog.models import Worker, WorkerService
from surveys.models import Answer, Invitation, Wave, WaveAnswer, WaveInvite
from surveys.rules.display import Score, csat_shown, enps_shown, nps_shown
from surveys.rules.scores import response_rate
from surveys.rules.surveys import CSAT_BOOKING, NPS_REL, CodeUnknown, SurveyUnknown

NPS_WINDOW, CSAT_WINDOW = timedelta(days=90), timedelta(days=28)


def invitation_by(token: str) -> Invitation:
    """Return what a token invites to, with the answer if any; whoever has it may answer."""
    rows = Invitation.objects.select_related("answer", "member__user")
    try:
        return rows.exclude(state=Invitation.State.SKIPPED).get(token=token)
    except Invitation.DoesNotExist:
        raise SurveyUnknown from None


def service_of(asked: Invitation) -> str:
    """Return the name of the service that a survey is about, if it is about one."""
    if asked.booking_id is None:
        return ""
    try:
        return booking(asked.booking_id).service_name
    except NotFound:
        return ""


def answer_to(invitation: Invitation) -> Answer | None:
    """Return what was answered, if anything was."""
    return getattr(invitation, "answer", None)


def open_invitation_on(booking_id: UUID, *, member_id: UUID) -> Invitation | None:
    """Return what a customer is asked about a visit and has not answered yet."""
    return Invitation.objects.filter(
        booking_id=booking_id,
        member_id=member_id,
        state=Invitation.State.SENT,
        expires_at__gte=clock.now(),
    ).first()


def sent_to(member_id: UUID) -> list[tuple[str, datetime]]:
    """Return which surveys a person was sent when, oldest first."""
    rows = Invitation.objects.filter(member_id=member_id).exclude(state=Invitation.State.SKIPPED)
    return list(rows.order_by("asked_at").values_list("survey", "asked_at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerScores:
    """How customers are: NPS of 90 days, CSAT of 28, and how many of those asked answered."""

    nps: Score
    csat: Score
    asked: int
    answered: int
    response_rate: float | None


def customer_scores(at: datetime) -> CustomerScores:
    """Return customers' scores at a moment, with intervals; of each person the latest NPS."""
    nps_rows = (
        Answer.objects.filter(survey=NPS_REL.key, last_at__gt=at - NPS_WINDOW, last_at__lte=at)
        .order_by("member_id", "-last_at")
        .distinct("member_id")
    )
    csat_rows = Answer.objects.filter(
        survey=CSAT_BOOKING.key, last_at__gt=at - CSAT_WINDOW, last_at__lte=at
    )
    sent = Invitation.objects.exclude(state=Invitation.State.SKIPPED).filter(
        asked_at__gt=at - NPS_WINDOW, asked_at__lte=at
    )
    counted = sent.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(state="answered")))
    rates = response_rate(
        delivered=counted["asked"], opened=0, partial=0, completed=counted["answered"]
    )
    return CustomerScores(
        nps=nps_shown(list(nps_rows.values_list("value", flat=True))),
        csat=csat_shown(list(csat_rows.values_list("value", flat=True))),
        response_rate=rates["response_rate_complete"],
        **counted,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveScores:
    """What may be known of a wave: never who, never a single answer, no group before its close."""

    number: int | None
    opened_on: str | None
    closed: bool
    total: Score
    groups: dict[str, Score]


def wave_scores() -> WaveScores:
    """Return the eNPS of the latest wave that was counted. Every door shows this and nothing else.

    Answers are counted at least k at a time, so a figure never moves by fewer.
    """
    counted = WaveAnswer.objects.order_by("-wave__number").values_list(
        "wave__number", "wave__opened_on", "wave__closed", "group", "value"
    )
    rows = list(counted)
    answers = [row for row in rows if row[0] == rows[0][0]]
    by_group: dict[str, list[int]] = defaultdict(list)
    for _, _, _, group, value in answers:
        by_group[group].append(value)
    total, groups = enps_shown(dict(by_group))
    if not answers:
        return WaveScores(number=None, opened_on=None, closed=False, total=total, groups={})
    number, opened_on, closed = answers[0][:3]
    return WaveScores(
        number=number,
        opened_on=opened_on.isoformat(),
        closed=closed,
        total=total,
        groups=groups if closed and len(groups) > 1 else {},
    )


def office_scores(by: Actor) -> tuple[CustomerScores, WaveScores]:
    """Return all scores to the office; for anybody else there are none."""
    if not by.works_in_office:
        raise NotFound(what="scores")
    return customer_scores(clock.now()), wave_scores()


def open_wave_now() -> Wave | None:
    """Return the wave that is open, if one is."""
    return Wave.objects.filter(closed=False).first()


def code_of(invite_id: UUID) -> str:
    """Return the code that an invited worker answers with. Only a fingerprint of it is stored."""
    return signature(str(invite_id), purpose="oficio/voice-code/v1")[:16].hex()


def hash_of(code: str) -> str:
    """Return under what a code is found."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()


def invite_by(code: str) -> WaveInvite:
    """Return the invite a code belongs to."""
    try:
        return WaveInvite.objects.select_related("wave").get(code_hash=hash_of(code))
    except WaveInvite.DoesNotExist:
        raise CodeUnknown(fields=["code"]) from None


def voice_code_for(member_id: UUID) -> str | None:
    """Return the code a worker still has to use in the open wave, to that worker."""
    open_invites = WaveInvite.objects.filter(
        wave__closed=False, wave__closes_at__gte=clock.now(), member_id=member_id, done=False
    )
    invite_id = open_invites.values_list("pk", flat=True).first()
    return code_of(invite_id) if invite_id else None


def workers_to_ask() -> dict[UUID, str]:
    """Return the approved workers' memberships, each with the group they are counted in.

    The group is the category of their first published service.
    """
    approved = Worker.objects.filter(state="approved").values_list("pk", "member_id")
    offers = (
        WorkerService.objects.filter(state=WorkerService.PUBLISHED, worker__state="approved")
        .order_by("-service__category__position", "-service__position")
        .values_list("worker_id", "service__category__slug")
    )
    first = dict(offers)  # The last one given wins: the first in the tenant's order.
    return {member_id: first.get(worker_id, "") for worker_id, member_id in approved}
