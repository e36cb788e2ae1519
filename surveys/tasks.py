"""Counting happens in the background, where the private key is, and in transactions of its own."""

from uuid import UUID

from celery import shared_task

from surveys.actions import close_wave as closing
from surveys.actions import count_wave as counting


@shared_task(acks_late=True)
def count_wave(*, wave_id: str, **_: object) -> None:
    """Count what workers have answered so far."""
    counting.count_wave(wave_id=UUID(wave_id))


@shared_task(acks_late=True)
def close_wave(*, wave_id: str, **_: object) -> None:
    """End a wave."""
    closing.close_wave(wave_id=UUID(wave_id))
