"""A customer is asked, or left in peace for a reason that is kept."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.events import publish
from surveys.events import SurveyInvited
from surveys.models import Invitation
from surveys.notices import SURVEY_CSAT, SURVEY_NPS
from surveys.queries import sent_to
from surveys.rules.sampling import decide_invitation
from surveys.rules.surveys import COOLDOWN_DAYS, CSAT_BOOKING, MOST_IN_90_DAYS, NPS_REL, Survey
from tenants.messaging.actions.notify import notify
from tenants.messaging.queries import choices_of
from tenants.messaging.rules.routing import EMAIL
from tenants.support.queries import open_cases
from tenants.tenancy.models import Membership
from tenants.tenancy.queries import here, member

DAY = 86_400
RATE = 1.0


def ask_about_visit(*, member_id: UUID, booking_id: UUID, service: str) -> Invitation:
    """Ask a customer how a visit was."""
    return invite(
        survey=CSAT_BOOKING,
        member_id=member_id,
        event=f"booking:{booking_id}",
        booking_id=booking_id,
        service=service,
    )


def ask_about_us(*, member_id: UUID, occasion: str) -> Invitation:
    """Ask a customer whether they would recommend this marketplace."""
    return invite(survey=NPS_REL, member_id=member_id, event=occasion)


@transaction.atomic
def invite(
    *,
    survey: Survey,
    member_id: UUID,
    event: str,
    booking_id: UUID | None = None,
    service: str = "",
) -> Invitation:
    """Ask once per person and occasion; a repeat returns what was decided the first time."""
    at, person = clock.now(), member(member_id)
    verdict = _verdict(survey, person, event)
    asked, first = Invitation.objects.get_or_create(
        survey=survey.key,
        member=person,
        event=event,
        defaults={
            "booking_id": booking_id,
            "token": secrets.token_hex(16),
            "state": Invitation.State.SENT if verdict == "send" else Invitation.State.SKIPPED,
            "skip_reason": "" if verdict == "send" else verdict,
            "asked_at": at,
            "expires_at": at + survey.expires_after,
        },
    )
    if first and asked.state == Invitation.State.SENT:
        _tell(asked, service)
        publish(SurveyInvited(invitation_id=str(asked.pk), survey=survey.key), by=SYSTEM)
    return asked


def _verdict(survey: Survey, person: Membership, event: str) -> str:
    history = [(key, sent_at.timestamp() / DAY) for key, sent_at in sent_to(person.pk)]
    wanted = choices_of(person.user_id).get(("survey", EMAIL), True)
    asked: dict[str, Any] = {
        "key": survey.key,
        "kind": survey.purpose,
        "event": event,
        "recontact_days": survey.recontact_days,
        "rate": RATE,
    }
    return str(
        decide_invitation(
            {
                "id": str(person.pk),
                "opt_out": not wanted,
                "open_case": open_cases().filter(person=person).exists(),
            },
            asked,
            clock.now().timestamp() / DAY,
            history,
            {
                "seed": str(person.tenant_id),
                "cooldown_days": COOLDOWN_DAYS,
                "max_per_90d": MOST_IN_90_DAYS,
            },
        )["decision"]
    )


def _tell(asked: Invitation, service: str) -> None:
    if asked.survey == CSAT_BOOKING.key:
        notify(
            to_id=asked.member_id,
            notice=SURVEY_CSAT,
            about=str(asked.pk),
            service=service,
            token=asked.token,
        )
    else:
        notify(
            to_id=asked.member_id,
            notice=SURVEY_NPS,
            about=str(asked.pk),
            tenant=here().name,
            token=asked.token,
        )
