"""What surveys do when something happened or is due."""

from functools import partial
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.timers import set_timer, timer
from surveys import tasks
from surveys.actions.open_wave import CLOSE, COUNT, COUNT_EVERY
from surveys.queries import open_wave_now


@timer(COUNT)
def count_answers(wave_id: UUID) -> None:
    """Count what has come in, and again tomorrow while the wave is open."""
    transaction.on_commit(partial(tasks.count_wave.delay, wave_id=str(wave_id)))
    wave, at = open_wave_now(), clock.now()
    if wave is not None and wave.pk == wave_id and (next_at := at + COUNT_EVERY) < wave.closes_at:
        set_timer(COUNT, subject_id=wave_id, at=next_at, entry=next_at.date().isoformat())


@timer(CLOSE)
def close(wave_id: UUID) -> None:
    """End the wave."""
    transaction.on_commit(partial(tasks.close_wave.delay, wave_id=str(wave_id)))
