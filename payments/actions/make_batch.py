"""Cash-outs that wait for a bank transfer are put together for the bank."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.ids import readable_code, uuid7
from payments.models import Batch, BatchLine, Payout
from payments.providers.base import PayoutOrder
from payments.providers.manual_bank import transfer_ref
from payments.queries.bank import waiting_payouts
from payments.queries.permissions import demand
from payments.rules.batches import NothingToPay, after
from tenants.tenancy.queries import here

REFERENCE_LENGTH = 12


@transaction.atomic
def make_batch(*, by: Actor) -> Batch:
    """Put all cash-outs that wait into a draft; somebody else has to approve it.

    Until then a worker may still call a cash-out off, and it is left out.
    """
    demand(by, "batch_make")
    assert by.member_id is not None
    tenant = here()
    rows = waiting_payouts().filter(currency=tenant.currency)
    payouts = list(rows.select_for_update(of=("self",), no_key=True))
    if not payouts:
        raise NothingToPay
    batch = Batch.objects.create(
        id=uuid7(),
        country=tenant.country,
        currency=tenant.currency,
        count=len(payouts),
        total_minor=sum(each.amount_minor for each in payouts),
        made_by_id=by.member_id,
    )
    BatchLine.objects.bulk_create(_line(batch, payout) for payout in payouts)
    return batch


def _line(batch: Batch, payout: Payout) -> BatchLine:
    order = PayoutOrder(
        payout_id=payout.pk,
        attempt=payout.attempt,
        account_ref=payout.payee.account_ref,
        amount=payout.amount,
        rail=payout.rail,
    )
    return BatchLine(
        id=uuid7(),
        batch=batch,
        payout=payout,
        attempt=payout.attempt,
        reference=f"P{readable_code(REFERENCE_LENGTH)}",
        currency=payout.currency,
        amount_minor=payout.amount_minor,
        ref=transfer_ref(order),
    )


@transaction.atomic
def drop_batch(*, by: Actor, batch_id: UUID) -> Batch:
    """Give a draft up; its cash-outs wait for the next one."""
    demand(by, "batch_make")
    batch = locked_batch(batch_id)
    batch.state = after(batch.state, "drop")
    batch.save(update_fields=["state"])
    batch.lines.update(state=BatchLine.LEFT_OUT)
    return batch


def locked_batch(batch_id: UUID) -> Batch:
    """Lock a batch of this tenant."""
    try:
        return Batch.objects.select_for_update(no_key=True).get(pk=batch_id)
    except Batch.DoesNotExist:
        raise NotFound(what="batch") from None
