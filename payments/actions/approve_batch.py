"""A second person lets a batch go; from then on it never changes."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.crypto import seal, unseal
from payments.actions.apply_payout import apply_payout
from payments.actions.locks import locked_payout
from payments.actions.make_batch import locked_batch
from payments.models import Batch, BatchLine
from payments.providers.base import PayoutFact
from payments.queries.bank import MOVED_ON, checks_alone, draft_file
from payments.queries.permissions import demand
from payments.rules.bank_files import sha256
from payments.rules.batches import BatchChanged, Checker, NothingToPay, after, check_checker


@transaction.atomic
def approve_batch(*, by: Actor, batch_id: UUID, seen: str) -> Batch:
    """Approve exactly what was seen (`seen`: the file's sha256); nobody can cancel from here on.

    What cannot be paid any more is left out, and goes back to its wallet.
    """
    demand(by, "batch_check")
    assert by.member_id is not None
    batch = locked_batch(batch_id)
    state = after(batch.state, "approve")
    at = clock.now()
    check_checker(
        Checker(
            made_by=batch.made_by_id,
            made_at=batch.made_at,
            by=by.member_id,
            alone=checks_alone(by.member_id),
            at=at,
        )
    )
    for payout_id in sorted(batch.lines.values_list("payout_id", flat=True)):
        locked_payout(payout_id)
    content, lines, left_out = draft_file(batch)
    if sha256(content) != seen:
        raise BatchChanged
    if not lines:
        raise NothingToPay
    batch.state, batch.approved_by_id, batch.approved_at = state, by.member_id, at
    batch.count, batch.total_minor = len(lines), sum(each.amount_minor for each in lines)
    batch.sha256 = seen
    batch.sealed = seal(content, about=f"batch|{batch.pk}")
    _leave_out(batch, left_out)
    batch.lines.filter(state=BatchLine.WAITING).update(state=BatchLine.SENT)
    batch.save()
    for line in lines:
        apply_payout(payout_id=line.payout_id, fact=PayoutFact(ref=line.ref, state="submitted"))
    return batch


def _leave_out(batch: Batch, left_out: Mapping[UUID, str]) -> None:
    for line in batch.lines.filter(pk__in=left_out):
        line.state, line.failure = BatchLine.LEFT_OUT, left_out[line.pk]
        line.save(update_fields=["state", "failure"])
        if line.failure != MOVED_ON:
            fact = PayoutFact(ref="", state="failed", failure=line.failure)
            apply_payout(payout_id=line.payout_id, fact=fact)


@transaction.atomic
def export_batch(*, by: Actor, batch_id: UUID) -> bytes:
    """Return the file for the bank: the same bytes every time."""
    demand(by, "batch_make")
    batch = locked_batch(batch_id)
    batch.state = after(batch.state, "export")
    batch.exported_at = batch.exported_at or clock.now()
    batch.save(update_fields=["state", "exported_at"])
    assert batch.sealed is not None
    return unseal(bytes(batch.sealed), about=f"batch|{batch.pk}")
