"""All workers are asked how it is to work here, in confidence."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.events import publish
from kernel.timers import set_timer
from surveys.events import WaveOpened
from surveys.models import Wave, WaveInvite, WaveStaged
from surveys.notices import SURVEY_VOICE
from surveys.queries import code_of, hash_of, open_wave_now, workers_to_ask
from surveys.rules.anonymity import K
from surveys.rules.surveys import WAVE_DAYS, TooFewWorkers, WaveOpen
from tenants.messaging.actions.notify import notify
from tenants.tenancy.queries import here

COUNT, CLOSE = "surveys.count_wave", "surveys.close_wave"
COUNT_EVERY = timedelta(days=1)


@transaction.atomic
def open_wave(*, by: Actor) -> Wave:
    """Open a wave for ten days and tell every approved worker; refused for fewer than k."""
    if by.role not in (Role.OWNER, Role.SYSTEM):
        raise NotAllowed
    if open_wave_now() is not None:
        raise WaveOpen
    groups = workers_to_ask()
    if len(groups) < K:
        raise TooFewWorkers(k=K)
    at = clock.now()
    wave = _numbered(at.date(), closes_at := at + timedelta(days=WAVE_DAYS))
    WaveStaged.objects.filter(wave__closed=True).update(wave=wave)
    invites = _invites(wave, groups)
    set_timer(COUNT, subject_id=wave.pk, at=at + COUNT_EVERY, entry="1")
    set_timer(CLOSE, subject_id=wave.pk, at=closes_at)
    for invite in invites:
        notify(
            to_id=invite.member_id,
            notice=SURVEY_VOICE,
            about=str(wave.pk),
            code=code_of(invite.pk),
            tenant=here().name,
            k=K,
            closes_at=closes_at.isoformat(),
        )
    publish(WaveOpened(wave_id=str(wave.pk)), by=by)
    return wave


def _numbered(opened_on: date, closes_at: datetime) -> Wave:
    number = (Wave.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return Wave.objects.create(number=number, opened_on=opened_on, closes_at=closes_at)
    except IntegrityError:
        raise WaveOpen from None


def _invites(wave: Wave, groups: Mapping[UUID, str]) -> list[WaveInvite]:
    invites = []
    for member_id, group in groups.items():
        invite_id = uuid4()
        invites.append(
            WaveInvite(
                pk=invite_id,
                wave=wave,
                member_id=member_id,
                group=group,
                code_hash=hash_of(code_of(invite_id)),
            )
        )
    secrets.SystemRandom().shuffle(invites)
    return WaveInvite.objects.bulk_create(invites)
