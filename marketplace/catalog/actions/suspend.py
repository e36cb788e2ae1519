"""A worker is kept from working for a while: proposed by anybody, decided by a person, in writing.

Only danger and fraud act at once, and then for 72 hours unless a decision is written meanwhile; for
all other reasons the worker hears of it before.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor, Role
from kernel.errors import NotFound
from kernel.timers import cancel_timers, set_timer
from marketplace.catalog.actions.decide_worker import Because, take_step
from marketplace.catalog.models import Suspension, Worker
from marketplace.catalog.notices import SUSPENSION_AHEAD
from marketplace.catalog.rules.suspensions import check_decision, check_grounds, course_of
from marketplace.catalog.rules.worker_states import State, Step, take
from marketplace.catalog.tenant_settings import SuspensionSettings
from tenants.messaging.actions.notify import notify
from tenants.support.actions.open_case import open_case
from tenants.tenancy.queries import settings_of

BEGINS, LAPSES = "catalog.suspension_begins", "catalog.suspension_lapses"


@transaction.atomic
def propose_suspension(
    *, by: Actor, worker_id: UUID, reason: str, note: str, evidence: str
) -> Suspension:
    """Ask the team to look at a worker: all that a program may do. Nobody is suspended by it."""
    check_grounds(reason, note, evidence)
    worker = _locked(worker_id)
    if (known := _open(worker_id)) is not None:
        return known
    proposed = Suspension.objects.create(
        worker=worker,
        reason=reason,
        note=note.strip(),
        evidence=evidence.strip(),
        state=Suspension.PROPOSED,
        proposed_at=clock.now(),
    )
    open_case(
        by=by,
        kind="suspension_proposed",
        priority="P1" if reason == "safety" else "P2",
        about_kind="worker",
        about_id=worker.pk,
        title=note.strip()[:200],
        person_id=worker.member_id,
        key=f"suspension:{proposed.pk}",
    )
    return proposed


@transaction.atomic
def suspend(*, by: Actor, worker_id: UUID, reason: str, note: str, evidence: str) -> Suspension:
    """Suspend a worker: at once for danger and fraud, else after notice; a person decides."""
    check_grounds(reason, note, evidence)
    worker = _locked(worker_id)
    take(Step.SUSPEND, state=State(worker.state), role=by.role)
    notice = timedelta(hours=settings_of(SuspensionSettings).notice_hours)
    course = course_of(reason, at=clock.now(), notice=notice)
    row = _open(worker_id) or Suspension(worker=worker, proposed_at=clock.now())
    if row.state not in ("", Suspension.PROPOSED):
        return row
    row.reason, row.note, row.evidence = reason, note.strip(), evidence.strip()
    row.decided_by_id, row.effective_at = by.member_id, course.effective_at
    row.lapses_at, row.state = course.lapses_at, Suspension.NOTIFIED
    row.save()
    if course.begins_now(clock.now()):
        _begin(row, by)
    else:
        set_timer(BEGINS, subject_id=row.pk, at=course.effective_at)
        _warn(row)
    return row


@transaction.atomic
def begin_suspension(*, suspension_id: UUID) -> None:
    """Let a suspension begin whose notice is over: what a person decided is carried out."""
    row = _row(suspension_id)
    if row.state != Suspension.NOTIFIED or row.decided_by is None:
        return
    worker = _locked(row.worker_id)
    if worker.state not in (State.APPROVED, State.PAUSED):
        _end(row, Suspension.ENDED)
        return
    _begin(row, Actor(role=Role(row.decided_by.role), member_id=row.decided_by_id))


@transaction.atomic
def write_decision(*, by: Actor, suspension_id: UUID, decision: str) -> Suspension:
    """Write down why a suspension stands: from then on it does not lapse by itself."""
    check_decision(decision)
    row = _row(suspension_id)
    take(Step.REINSTATE, state=State(row.worker.state), role=by.role)
    if not by.works_in_office or row.state not in (Suspension.HELD, Suspension.DECIDED):
        raise NotFound(what="suspension")
    row.decision, row.state, row.lapses_at = decision.strip(), Suspension.DECIDED, None
    row.decided_by_id = by.member_id
    row.save()
    cancel_timers(row.pk, LAPSES)
    return row


@transaction.atomic
def lapse_suspension(*, suspension_id: UUID) -> None:
    """Let a worker back whose suspension nobody put into writing within 72 hours."""
    row = _row(suspension_id)
    if row.state == Suspension.HELD:
        _end(row, Suspension.LAPSED)
        take_step(by=SYSTEM, worker_id=row.worker_id, step=Step.REINSTATE)


@transaction.atomic
def dismiss_suspension(*, by: Actor, suspension_id: UUID) -> Suspension:
    """Do not suspend: what was proposed, or announced, comes to nothing."""
    row = _row(suspension_id)
    if not by.works_in_office or row.state not in (Suspension.PROPOSED, Suspension.NOTIFIED):
        raise NotFound(what="suspension")
    _end(row, Suspension.DISMISSED)
    return row


@transaction.atomic
def end_suspensions(*, worker_id: UUID) -> None:
    """Close what is open about a worker who may work again, or is gone."""
    worker = _locked(worker_id)
    row = _open(worker_id)
    over = worker.state in (State.APPROVED, State.LEFT)
    held = row is not None and row.state in (Suspension.HELD, Suspension.DECIDED)
    if row is not None and over and (held or worker.state == State.LEFT):
        _end(row, Suspension.ENDED if row.decided_by_id else Suspension.DISMISSED)


def _begin(row: Suspension, by: Actor) -> None:
    because = Because(row.note, row.reason)
    take_step(by=by, worker_id=row.worker_id, step=Step.SUSPEND, because=because)
    row.state = Suspension.HELD if row.lapses_at else Suspension.DECIDED
    if row.lapses_at:
        set_timer(LAPSES, subject_id=row.pk, at=row.lapses_at)
    else:
        row.decision = f"{row.note}\n{row.evidence}"[:2000]
    row.save()


def _end(row: Suspension, state: str) -> None:
    row.state, row.ended_at = state, clock.now()
    row.save()
    cancel_timers(row.pk)


def _warn(row: Suspension) -> None:
    assert row.effective_at
    notify(
        to_id=row.worker.member_id,
        notice=SUSPENSION_AHEAD,
        about=f"suspension:{row.pk}",
        name=row.worker.member.user.first_name,
        note=row.note,
        evidence=row.evidence,
        from_at=row.effective_at.isoformat(),
    )


def _locked(worker_id: UUID) -> Worker:
    workers = Worker.objects.select_for_update(of=("self",)).select_related("member__user")
    if (worker := workers.filter(pk=worker_id).first()) is None:
        raise NotFound(what="worker")
    return worker


def _open(worker_id: UUID) -> Suspension | None:
    rows = Suspension.objects.select_related("worker__member__user", "decided_by")
    return rows.filter(worker_id=worker_id, state__in=Suspension.OPEN).first()


def _row(suspension_id: UUID) -> Suspension:
    rows = Suspension.objects.select_for_update(of=("self",)).select_related(
        "worker__member__user", "decided_by"
    )
    if (row := rows.filter(pk=suspension_id).first()) is None:
        raise NotFound(what="suspension")
    return row
