"""Silence from a provider is not an error: a timer brings a task back, with the same keys."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.models import Timer
from kernel.timers import set_timer
from payments.providers.base import KeyMisused, NoAnswer

WAITS_SECONDS = (1, 5, 30, 300, 1_800)
THEN_SECONDS = 3_600


def on(action: Callable[..., Any], argument: str) -> Callable[[UUID], Any]:
    """Let an action take its subject by name."""
    return lambda subject_id: action(**{argument: subject_id})


def or_again(name: str, subject_id: UUID, work: Callable[[UUID], Any]) -> None:
    """Do the work; if the provider is silent, come back later.

    A key that was used for something else has raised an alarm already; coming back mends nothing.
    """
    try:
        work(subject_id)
    except NoAnswer:
        _come_back(name, subject_id)
    except KeyMisused:
        return


@transaction.atomic
def _come_back(name: str, subject_id: UUID) -> None:
    tried = Timer.objects.filter(name=name, subject_id=subject_id).count()
    seconds = WAITS_SECONDS[tried] if tried < len(WAITS_SECONDS) else THEN_SECONDS
    at = clock.now() + timedelta(seconds=seconds)
    set_timer(name, subject_id=subject_id, at=at, entry=str(tried + 1))
