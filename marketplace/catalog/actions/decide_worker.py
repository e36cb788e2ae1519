"""A worker's standing changes: the office decides, or the worker does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor, Role
from kernel.errors import NotFound
from kernel.events import publish
from kernel.timers import cancel_timers, set_timer
from marketplace.catalog.actions.keep_holder import keep_holder
from marketplace.catalog.events import WorkerApproved, WorkerStateChanged
from marketplace.catalog.models import Worker
from marketplace.catalog.rules.leaving import check_free_to_leave
from marketplace.catalog.rules.worker_states import (
    SUSPENSION_REASONS,
    ReasonMissing,
    State,
    Step,
    check_pause,
    check_reason,
    take,
)
from tenants.support.actions.record_decision import record_decision

PAUSE_ENDS = "catalog.pause_ends"
POLICY = "worker-states-1"
RECORDED = {Step.SUSPEND: "suspension", Step.REMOVE: "deactivation"}


@dataclass(frozen=True, slots=True)
class Because:
    """Why: a reason code where the step has a list of them, and words the worker will read."""

    note: str = ""
    reason: str = ""


@transaction.atomic
def take_step(*, by: Actor, worker_id: UUID, step: Step, because: Because | None = None) -> Worker:
    """Take one step of the worker's life, or refuse it; nothing else changes a standing."""
    because = because or Because()
    worker = _locked(worker_id)
    if by.role == Role.WORKER and worker.member_id != by.member_id:
        raise NotFound(what="worker")
    state = take(step, state=State(worker.state), role=by.role)
    check_reason(step, because.note)
    if step == Step.SUSPEND and because.reason not in SUSPENSION_REASONS:
        raise ReasonMissing(least=1, fields=["reason"])
    if step == Step.LEAVE:
        check_free_to_leave(worker.pk)
    _enter(worker, state, because)
    keep_holder(by=by, worker=worker)
    _record(by, worker, step, because)
    fact = WorkerStateChanged(worker_id=str(worker.pk), step=step.value, state=state.value)
    publish(fact, by=by)
    if step == Step.APPROVE:
        publish(WorkerApproved(worker_id=str(worker.pk)), by=by)
    return worker


def start_review(*, by: Actor, worker_id: UUID) -> Worker:
    """Begin to look at an application."""
    return take_step(by=by, worker_id=worker_id, step=Step.START_REVIEW)


def approve(*, by: Actor, worker_id: UUID) -> Worker:
    """Say yes: the worker may work here."""
    return take_step(by=by, worker_id=worker_id, step=Step.APPROVE)


def reject(*, by: Actor, worker_id: UUID, note: str) -> Worker:
    """Say no, and why; the person may apply again after thirty days."""
    return take_step(by=by, worker_id=worker_id, step=Step.REJECT, because=Because(note))


def ask_info(*, by: Actor, worker_id: UUID, note: str) -> Worker:
    """Ask the applicant for what is missing."""
    return take_step(by=by, worker_id=worker_id, step=Step.ASK_INFO, because=Because(note))


def reinstate(*, by: Actor, worker_id: UUID) -> Worker:
    """End a suspension."""
    return take_step(by=by, worker_id=worker_id, step=Step.REINSTATE)


@transaction.atomic
def pause(*, by: Actor, worker_id: UUID, until: datetime | None = None) -> Worker:
    """Take no new bookings for a while, or until a moment; those already made stay."""
    check_pause(until, clock.now())
    worker = take_step(by=by, worker_id=worker_id, step=Step.PAUSE)
    worker.paused_until = until
    worker.save(update_fields=["paused_until"])
    if until is not None:
        set_timer(PAUSE_ENDS, subject_id=worker.pk, at=until, entry=worker.state_at.isoformat())
    return worker


@transaction.atomic
def end_pause(*, worker_id: UUID) -> None:
    """Let a worker back whose pause is over; who came back before stays as they are."""
    worker = _locked(worker_id)
    over = worker.paused_until is not None and worker.paused_until <= clock.now()
    if worker.state == State.PAUSED and over:
        take_step(by=SYSTEM, worker_id=worker.pk, step=Step.RESUME)


def resume(*, by: Actor, worker_id: UUID) -> Worker:
    """Take bookings again."""
    return take_step(by=by, worker_id=worker_id, step=Step.RESUME)


def leave(*, by: Actor, worker_id: UUID) -> Worker:
    """Stop working here. The profile vanishes at once; history and balance stay."""
    return take_step(by=by, worker_id=worker_id, step=Step.LEAVE)


def _locked(worker_id: UUID) -> Worker:
    workers = Worker.objects.select_for_update(of=("self",)).select_related("member__user")
    if (worker := workers.filter(pk=worker_id).first()) is None:
        raise NotFound(what="worker")
    return worker


def _record(by: Actor, worker: Worker, step: Step, because: Because) -> None:
    """Keep what was decided against somebody, by whom and why, where it cannot be changed."""
    if step in RECORDED:
        record_decision(
            by=by,
            kind=RECORDED[step],
            subject_kind="worker",
            subject_id=worker.pk,
            policy_version=POLICY,
            outcome=str(worker.state),
            automated="none",
            human_id=by.member_id,
            reasons=[each for each in (because.reason, because.note.strip()) if each],
            concerns_id=worker.member_id,
        )


def _enter(worker: Worker, state: State, because: Because) -> None:
    worker.state, worker.state_at = state, clock.now()
    worker.paused_until = None
    cancel_timers(worker.pk, PAUSE_ENDS)
    worker.state_note, worker.state_reason = because.note.strip(), because.reason
    if state == State.APPROVED and worker.approved_at is None:
        worker.approved_at = clock.now()
    worker.save()
