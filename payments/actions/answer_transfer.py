"""What the bank says of a transfer of ours, marked by hand."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from payments.actions.apply_payee import apply_payee
from payments.actions.apply_payout import apply_payout
from payments.models import BankAnswer, Batch, BatchLine, PayeeAccount
from payments.providers import provider_of
from payments.queries.permissions import demand
from payments.rules.batches import (
    LineAnswered,
    ProofMissing,
    TrackingKeyMissing,
    TrackingKeyUsed,
    after,
)
from tenants.tenancy.models import StoredFile

TRACKING_LONGEST = 60


@transaction.atomic
def mark_paid(
    *,
    by: Actor,
    line_id: UUID,
    tracking_key: str,
    receipt: StoredFile | None = None,
    answer: BankAnswer | None = None,
) -> BatchLine:
    """Note that a transfer has arrived: with the bank's own key, and its receipt or answer."""
    demand(by, "batch_check")
    line = _open_line(line_id)
    key = plain_key(tracking_key)
    if line.state == BatchLine.PAID and line.tracking_key == key:
        return line
    if receipt is None and answer is None:
        raise ProofMissing(fields=["receipt"])
    if BatchLine.objects.filter(tracking_key=key).exclude(pk=line.pk).exists():
        raise TrackingKeyUsed(fields=["tracking_key"])
    if line.state != BatchLine.SENT:
        raise LineAnswered
    line.tracking_key, line.receipt, line.answer = key, receipt, answer
    return _answered(line, BatchLine.PAID, by=by)


@transaction.atomic
def mark_rejected(
    *, by: Actor, line_id: UUID, reason: str, answer: BankAnswer | None = None
) -> BatchLine:
    """Note that the bank refused a transfer, or sent it back: the money is the worker's again.

    The account is used no more until the worker has looked at it.
    """
    demand(by, "batch_check")
    line = _open_line(line_id)
    if line.state in (BatchLine.REJECTED, BatchLine.RETURNED):
        return line
    if line.state not in (BatchLine.SENT, BatchLine.PAID):
        raise LineAnswered
    line.failure = reason.strip()[:80] or "rejected_by_bank"
    line.answer = answer or line.answer
    _refuse_account(line)
    came_back = line.state == BatchLine.PAID
    return _answered(line, BatchLine.RETURNED if came_back else BatchLine.REJECTED, by=by)


def plain_key(typed: str) -> str:
    """Return a tracking key as banks write it."""
    key = "".join(typed.split()).upper()
    if not 6 <= len(key) <= TRACKING_LONGEST:
        raise TrackingKeyMissing(fields=["tracking_key"])
    return key


def _open_line(line_id: UUID) -> BatchLine:
    rows = BatchLine.objects.select_for_update(of=("self",), no_key=True)
    try:
        return rows.select_related("payout__payee").get(pk=line_id)
    except BatchLine.DoesNotExist:
        raise NotFound(what="transfer") from None


def _refuse_account(line: BatchLine) -> None:
    payee = line.payout.payee
    rows = PayeeAccount.objects.filter(payee=payee, state=PayeeAccount.IN_USE)
    rows.update(state=PayeeAccount.REFUSED, failure=line.failure)
    fact = provider_of(payee.provider).fetch_payee(payee.account_ref)
    apply_payee(payee_id=payee.pk, fact=fact)


def _answered(line: BatchLine, state: str, *, by: Actor) -> BatchLine:
    line.state, line.answered_at, line.answered_by_id = state, clock.now(), by.member_id
    line.save()
    rail = provider_of(line.payout.payee.provider)
    fact = rail.fetch_payout(ref=line.ref, account_ref=line.payout.payee.account_ref)
    apply_payout(payout_id=line.payout_id, fact=fact)
    _close(line.batch_id)
    return line


def _close(batch_id: UUID) -> None:
    """A batch whose lines are all answered is done."""
    batch = Batch.objects.select_for_update(no_key=True).get(pk=batch_id)
    if batch.reconciled_at or batch.lines.filter(state=BatchLine.SENT).exists():
        return
    batch.state, batch.reconciled_at = after(batch.state, "reconcile"), clock.now()
    batch.save(update_fields=["state", "reconciled_at"])
