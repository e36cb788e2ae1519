"""Something is due: set once, cancelled in time, run late rather than never, tried again.

A floor declares who acts on a name with `@timer("bookings.accept_by")`, sets one with `set_timer`
inside its own transaction, and cancels what no longer applies. The worker runs what is due; an
action that touches a subject first calls `run_due_of`, so nothing is decided on a stale state.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from kernel import clock
from kernel.errors import Refusal
from kernel.models import Timer

alarms = logging.getLogger("oficio.alarms")

RETRY_AFTER_MINUTES = (1, 5, 15, 60, 240)
BATCH = 100

EXPECTED = (Refusal, DatabaseError, OSError)

Due = Callable[[UUID], None]
_timers: dict[str, Due] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """Something that was due and failed at every try: a person has to look."""

    timer_id: UUID
    name: str
    subject_id: UUID
    error: str


Told = Callable[[Dead], None]
_told: dict[str, Told] = {}


def when_dead(tell: Told) -> Told:
    """Let a floor be told, in the same transaction, of every timer that nobody tries again."""
    _told[f"{tell.__module__}.{tell.__qualname__}"] = tell
    return tell


def timer(name: str) -> Callable[[Due], Due]:
    """Declare the function that acts when a timer of this name is due, on its subject's id."""

    def declare(due: Due) -> Due:
        _timers[name] = due
        return due

    return declare


def set_timer(name: str, *, subject_id: UUID, at: datetime, entry: str = "") -> None:
    """Let something be due once per subject and entry; setting it again moves it if still open."""
    row, made = Timer.objects.get_or_create(
        name=name, subject_id=subject_id, entry=entry, defaults={"due_at": at}
    )
    if not made and row.state == Timer.PENDING:
        Timer.objects.filter(pk=row.pk).update(due_at=at, retry_at=None, attempts=0)


def cancel_timers(subject_id: UUID, *names: str) -> int:
    """Cancel what is pending for a subject (all of it, or these names); return how many."""
    pending = Timer.objects.filter(subject_id=subject_id, state=Timer.PENDING)
    if names:
        pending = pending.filter(name__in=names)
    return pending.update(state=Timer.CANCELLED)


def claim_due(at: datetime) -> list[tuple[int, UUID]]:
    """Return a batch of due timers of all tenants as (tenant, timer); running them is `run`."""
    with connection.cursor() as cursor:
        cursor.execute("select tenant_id, timer_id from timers_due(%s, %s)", [at, BATCH])
        return [(tenant_id, timer_id) for tenant_id, timer_id in cursor.fetchall()]


def run_due_of(subject_id: UUID) -> None:
    """Run what is due for one subject, in order, before anybody reads or changes it.

    What failed and waits for its next try is left to wait.
    """
    at = clock.now()
    due = Timer.objects.filter(
        Q(retry_at__isnull=True) | Q(retry_at__lte=at),
        subject_id=subject_id,
        state=Timer.PENDING,
        due_at__lte=at,
    ).order_by("due_at")
    for timer_id in list(due.values_list("pk", flat=True)):
        run(timer_id)


def run(timer_id: UUID) -> None:
    """Run one due timer, once. A failure is kept for later and holds nobody else up.

    A mistake of ours is put off like any failure, and then told to whoever runs timers.
    """
    with _PuttingOff(timer_id):
        _run_once(timer_id)


class _PuttingOff(AbstractContextManager[None]):
    """Note that a timer failed, whatever the failure was; swallow only what may well happen."""

    def __init__(self, timer_id: UUID) -> None:
        self.timer_id = timer_id

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Put the timer off if it failed; tell whether that was all there is to it."""
        if isinstance(error, Exception):
            _postpone(self.timer_id, error)
        return isinstance(error, EXPECTED)


@transaction.atomic
def _run_once(timer_id: UUID) -> None:
    row = Timer.objects.select_for_update(skip_locked=True).filter(pk=timer_id).first()
    if row is None or row.state != Timer.PENDING or row.due_at > clock.now():
        return
    Timer.objects.filter(pk=timer_id).update(state=Timer.DONE)
    _timers[row.name](row.subject_id)


@transaction.atomic
def _postpone(timer_id: UUID, error: Exception) -> None:
    row = Timer.objects.select_for_update().get(pk=timer_id)
    if row.state != Timer.PENDING:
        return
    row.attempts += 1
    if row.attempts > len(RETRY_AFTER_MINUTES):
        row.state = Timer.DEAD
        _raise_alarm(row, error)
    else:
        wait = timedelta(minutes=RETRY_AFTER_MINUTES[row.attempts - 1])
        row.retry_at = clock.now() + wait
    row.save(update_fields=["attempts", "state", "retry_at"])


def _raise_alarm(row: Timer, error: Exception) -> None:
    """Tell the operator's log, and whoever looks after the tenant."""
    alarms.error("timer %s of %s is dead: %r", row.name, row.subject_id, error)
    dead = Dead(
        timer_id=row.pk, name=row.name, subject_id=row.subject_id, error=type(error).__name__
    )
    for tell in _told.values():
        tell(dead)
