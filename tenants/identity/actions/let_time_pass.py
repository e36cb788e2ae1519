"""What happens to a check when nobody does anything. Safe to repeat; a stale timer does nothing."""

from uuid import UUID

from django.db import transaction

from kernel.actor import SYSTEM
from kernel.events import publish
from tenants.identity.actions.move_check import locked, move
from tenants.identity.events import CheckExpired
from tenants.identity.models import WorkerCheck
from tenants.identity.rules.check_states import WITH_WORKER, State, Step


@transaction.atomic
def withdraw_silent(check_id: UUID) -> WorkerCheck:
    """Withdraw an attempt whose worker has been silent for too long."""
    row = locked(check_id)
    return move(row, Step.WITHDRAW, by=SYSTEM) if row.state in WITH_WORKER else row


@transaction.atomic
def end_silence(check_id: UUID) -> WorkerCheck:
    """Let an adverse decision take effect: the worker has not answered in time."""
    row = locked(check_id)
    return move(row, Step.FALL_SILENT, by=SYSTEM) if row.state == State.ADVERSE_PENDING else row


@transaction.atomic
def run_out(check_id: UUID) -> WorkerCheck:
    """End a check that has been valid for as long as it could be."""
    row = locked(check_id)
    if row.state != State.PASSED:
        return row
    move(row, Step.RUN_OUT, by=SYSTEM)
    about = {"check_id": str(row.pk), "member_id": str(row.member_id), "kind": row.kind}
    publish(CheckExpired(**about), by=SYSTEM)
    return row
