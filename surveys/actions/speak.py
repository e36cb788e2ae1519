"""A worker answers in confidence."""

import json
import secrets

from django.conf import settings
from django.db import transaction

from kernel import clock
from kernel.crypto import parse_ring
from surveys.kinds import KINDS
from surveys.models import Wave, WaveInvite, WaveStaged
from surveys.queries import invite_by
from surveys.rules.sealing import seal_to
from surveys.rules.surveys import AlreadyDone, WaveClosed, check_answer


def speak(*, code: str, score: int) -> None:
    """Take a worker's score: sealed, without the person; then, apart from it, note "done".

    Two transactions on purpose, so that nothing in the database ties the one to the other, and a
    caller may not be in one already; no actor, no event, no time. A code's first answer counts.
    """
    check_answer(score=score, scale=KINDS["enps"].scale, stages=())
    invite = invite_by(code)
    if invite.wave.closed or invite.wave.closes_at < clock.now():
        raise WaveClosed
    staged = _stage(invite, score)
    if not _note_done(invite):
        WaveStaged.objects.filter(pk=staged.pk).delete()
        raise AlreadyDone(fields=["code"])


@transaction.atomic(durable=True)
def _stage(invite: WaveInvite, score: int) -> WaveStaged:
    return WaveStaged.objects.create(wave_id=invite.wave_id, sealed=_seal(invite.group, score))


@transaction.atomic(durable=True)
def _note_done(invite: WaveInvite) -> bool:
    """Set `done` unless it is; wait for a count that is writing the invites anew."""
    Wave.objects.select_for_update().get(pk=invite.wave_id)
    return bool(WaveInvite.objects.filter(pk=invite.pk, done=False).update(done=True))


def _seal(group: str, score: int) -> bytes:
    """Seal an answer, padded so that its length tells nothing."""
    kid, key = next(iter(parse_ring(settings.WAVE_PUBLIC_KEY).items()))
    plain = json.dumps({"group": group, "score": score}).encode().ljust(96)
    return bytes([kid]) + seal_to(key, plain, fresh=secrets.token_bytes(32))
