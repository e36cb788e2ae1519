"""A wave ends."""

from uuid import UUID

from django.db import transaction

from kernel.timers import cancel_timers
from surveys.actions.count_wave import count_wave
from surveys.actions.open_wave import COUNT
from surveys.models import Wave


def close_wave(*, wave_id: UUID) -> Wave:
    """Take no more answers and count the last ones; fewer than k wait for the next wave."""
    wave = _closed(wave_id)
    count_wave(wave_id=wave_id)
    return wave


@transaction.atomic(durable=True)
def _closed(wave_id: UUID) -> Wave:
    wave = Wave.objects.select_for_update().get(pk=wave_id)
    wave.closed = True
    wave.save(update_fields=["closed"])
    cancel_timers(wave_id, COUNT)
    return wave
