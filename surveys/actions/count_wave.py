"""Workers' answers are opened and counted, at least k together, so that nobody can be traced."""

import json
import secrets
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kernel.crypto import parse_ring
from kernel.errors import Unavailable
from surveys.models import Wave, WaveAnswer, WaveInvite, WaveStaged
from surveys.rules.anonymity import K
from surveys.rules.sealing import unseal_with


class PrivateKeyMissing(Unavailable):
    code = "voice.key_missing"
    title = "Answers can only be counted where the private key is."


def count_wave(*, wave_id: UUID) -> int:
    """Move what is staged to the answers, shuffled, and write all invites anew; return how many.

    Two transactions: the answers of a batch share one id, the invites another. Fewer than k wait.
    """
    if not settings.WAVE_PRIVATE_KEY:
        raise PrivateKeyMissing
    if counted := _move(wave_id):
        _shuffle_invites(wave_id)
    return counted


@transaction.atomic(durable=True)
def _move(wave_id: UUID) -> int:
    staged = list(WaveStaged.objects.select_for_update().filter(wave_id=wave_id))
    if len(staged) < K:
        return 0
    answers = [_opened(each) for each in staged]
    secrets.SystemRandom().shuffle(answers)
    WaveAnswer.objects.bulk_create(answers)
    WaveStaged.objects.filter(pk__in=[each.pk for each in staged]).delete()
    return len(answers)


@transaction.atomic(durable=True)
def _shuffle_invites(wave_id: UUID) -> None:
    """Delete and insert the invites in random order; whoever answers now waits for the wave."""
    Wave.objects.select_for_update().get(pk=wave_id)
    invites = list(WaveInvite.objects.filter(wave_id=wave_id))
    WaveInvite.objects.filter(wave_id=wave_id).delete()
    secrets.SystemRandom().shuffle(invites)
    WaveInvite.objects.bulk_create(invites)


def _opened(staged: WaveStaged) -> WaveAnswer:
    sealed = bytes(staged.sealed)
    key = parse_ring(settings.WAVE_PRIVATE_KEY)[sealed[0]]
    told = json.loads(unseal_with(key, sealed[1:]))
    return WaveAnswer(wave_id=staged.wave_id, group=told["group"], value=told["score"])
