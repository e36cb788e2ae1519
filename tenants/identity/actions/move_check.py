"""A check takes a step: the only writer of its state and of its history."""

from datetime import timedelta
from uuid import UUID

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from kernel.timers import cancel_timers, set_timer
from tenants.identity.events import CheckDecided
from tenants.identity.models import CheckStep, WorkerCheck
from tenants.identity.rules.check_states import State, Step, next_state

SILENCE = timedelta(days=30)
ANSWER_WITHIN = timedelta(days=7)
REMIND_BEFORE = (timedelta(days=30), timedelta(days=7))
ANNOUNCED = (State.PASSED, State.NEEDS_MORE, State.ADVERSE_PENDING, State.FAILED, State.REVOKED)


def locked(check_id: UUID) -> WorkerCheck:
    """Return a check that nobody else can change meanwhile."""
    rows = WorkerCheck.objects.select_for_update(of=("self",)).select_related("member__user")
    try:
        return rows.get(pk=check_id)
    except WorkerCheck.DoesNotExist:
        raise NotFound(what="check") from None


def move(
    row: WorkerCheck, step: Step, *, by: Actor, reason_code: str = "", note: str = ""
) -> WorkerCheck:
    """Take a step with a locked check: save it, write its history, set what is due next."""
    came_from = row.state
    row.state = next_state(
        came_from,
        step,
        target=row.target,
        rounds=row.rounds,
        answered=row.answered_at is not None,
    )
    row.save()
    note_step(row, step, by=by, came_from=came_from, reason_code=reason_code, note=note)
    _set_timers(row)
    if row.state in ANNOUNCED:
        publish(
            CheckDecided(
                check_id=str(row.pk),
                member_id=str(row.member_id),
                kind=row.kind,
                state=row.state,
                reason_code=row.reason_code,
            ),
            by=by,
        )
    return row


def note_step(
    row: WorkerCheck,
    step: str,
    *,
    by: Actor,
    came_from: str,
    reason_code: str = "",
    note: str = "",
) -> None:
    """Append to the history of a check."""
    CheckStep.objects.create(
        check_row=row,
        step=step,
        came_from=came_from,
        led_to=row.state,
        by_role=by.role,
        by_id=by.member_id,
        reason_code=reason_code,
        note=note[:500],
    )


def _set_timers(row: WorkerCheck) -> None:
    """Let the new state end in time; what the old one waited for is off."""
    cancel_timers(row.pk)
    entry = f"{row.state}.{row.rounds}"
    if row.state in (State.AWAITING_WORKER, State.NEEDS_MORE):
        due = clock.now() + SILENCE
        set_timer("identity.worker_silent", subject_id=row.pk, at=due, entry=entry)
    if row.state == State.ADVERSE_PENDING:
        due = clock.now() + ANSWER_WITHIN
        set_timer("identity.answer_by", subject_id=row.pk, at=due, entry=entry)
    if row.state == State.PASSED and row.valid_until is not None:
        passed = f"{row.decided_at:%Y%m%d%H%M%S}"
        set_timer("identity.valid_until", subject_id=row.pk, at=row.valid_until, entry=passed)
        for before in REMIND_BEFORE:
            if (at := row.valid_until - before) > clock.now():
                entry = f"{before.days}.{passed}"
                set_timer("identity.ends_soon", subject_id=row.pk, at=at, entry=entry)
