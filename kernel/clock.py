"""The only place that reads the system clock. Rules receive time as an argument.

A story told about the past, and a test about tomorrow, travel: inside `travelling_to` the clock
shows another moment and stands still. Ledger ids and leases never travel; they use `system_now`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_ELSEWHEN: ContextVar[datetime | None] = ContextVar("elsewhen", default=None)


def now() -> datetime:
    """Return the moment business happens at, in UTC."""
    return _ELSEWHEN.get() or timezone.now()


def system_now() -> datetime:
    """Return what the machine's clock shows, in UTC, wherever we have travelled."""
    return timezone.now()


@contextmanager
def travelling_to(moment: datetime) -> Iterator[None]:
    """Let `now` show one moment until the end of the block."""
    token = _ELSEWHEN.set(moment)
    try:
        yield
    finally:
        _ELSEWHEN.reset(token)
