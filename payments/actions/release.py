"""A job is completed: the worker may take the money out, and the tip is the worker's."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.events import publish
from payments.actions.allocate import allocate
from payments.actions.locks import locked_earning
from payments.actions.post import post
from payments.events import MoneyReleased, TipEarned
from payments.models import Earning, Payment, Tip
from payments.rules.entries import job_released, tip_earned
from payments.rules.refusals import NotAccrued


@transaction.atomic
def release(*, reference: str, key: str) -> Earning:
    """Move a job's pending share to the worker's wallet, with the whole tip. Safe to repeat."""
    earning = locked_earning(reference)
    if earning is None:
        raise NotAccrued(reference=reference)
    if earning.state == Earning.RELEASED:
        return earning
    worker_id = earning.worker_id
    if earning.pending:
        _release_share(earning, key=key)
    if earning.tip:
        earn_tip(payment=earning.payment, worker_id=worker_id)
    earning.state = Earning.RELEASED
    earning.released_at = clock.now()
    earning.save(update_fields=["state", "released_at", "pending_minor"])
    publish(
        MoneyReleased(
            reference=reference,
            worker_member_id=str(worker_id),
            amount_minor=earning.worker_minor,
            tip_minor=earning.tip_minor,
            currency=earning.currency,
        ),
        by=SYSTEM,
    )
    return earning


def _release_share(earning: Earning, *, key: str) -> None:
    """Move what is still pending of a share; what is held or was taken back stays behind."""
    post(
        job_released(
            key=f"{key}:released",
            reference=earning.reference,
            worker=earning.worker_id,
            amount=earning.pending,
        )
    )
    allocate(
        payment=earning.payment,
        member_id=earning.worker_id,
        purpose="worker",
        amount_minor=earning.pending_minor,
        earning=earning,
    )
    earning.pending_minor = 0


def earn_tip(*, payment: Payment, worker_id: UUID) -> None:
    """Give a held tip to its worker: all of it, to the worker's wallet, once."""
    tip = Tip.objects.select_for_update().filter(payment=payment, state=Tip.HELD).first()
    if tip is None:
        return
    post(tip_earned(payment_id=payment.pk, worker=worker_id, tip=tip.amount))
    tip.state, tip.worker_id, tip.earned_at = Tip.EARNED, worker_id, clock.now()
    tip.save(update_fields=["state", "worker", "earned_at"])
    allocate(payment=payment, member_id=worker_id, purpose="tip", amount_minor=tip.amount_minor)
    publish(
        TipEarned(
            payment_id=str(payment.pk),
            reference=tip.reference,
            worker_member_id=str(worker_id),
            amount_minor=tip.amount_minor,
            currency=tip.currency,
        ),
        by=SYSTEM,
    )
