"""A tip after the job, of its own."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.money import Money, zero
from payments.actions.collect import collect
from payments.models import Earning, Payment
from payments.rules.tips import check_tip

PAGE_OPEN = timedelta(hours=1)


@transaction.atomic
def tip_afterwards(
    *,
    by: Actor,
    payer_id: UUID,
    reference: str,
    worker_member_id: UUID,
    amount: Money,
    return_path: str,
    key: str,
) -> Payment:
    """Let a customer tip the worker who did a job; it is the worker's as soon as it is paid."""
    known = Payment.objects.filter(key=key).first()
    if known is None:
        earning = Earning.objects.filter(reference=reference).first()
        given = Payment.objects.filter(reference=reference, kind=Payment.TIP, state="captured")
        check_tip(
            amount=amount,
            job=earning.blocks.service if earning else None,
            done_at=earning.accrued_at if earning else None,
            given=given.count(),
            at=clock.now(),
        )
    return collect(
        by=by,
        payer_id=payer_id,
        reference=reference,
        amount=zero(amount.currency),
        tip=amount,
        title="",
        capture=Payment.AUTOMATIC,
        return_path=return_path,
        expires_at=clock.now() + PAGE_OPEN,
        key=key,
        kind=Payment.TIP,
        worker_id=worker_member_id,
    )
