"""A job is completed: the worker may take the money out, and the tip is the worker's."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.events import publish
from payments.actions.open_payee import payee_of
from payments.actions.post import post
from payments.events import MoneyReleased, TipEarned
from payments.models import Allocation, Earning, Payment, Tip
from payments.rules.entries import job_released, tip_earned
from payments.rules.refusals import NotAccrued


@transaction.atomic
def release(*, reference: str, key: str) -> Earning:
    """Move a job's pending share to the worker's wallet, with the whole tip. Safe to repeat."""
    earning = Earning.objects.select_for_update().filter(reference=reference).first()
    if earning is None:
        raise NotAccrued(reference=reference)
    if earning.state == Earning.RELEASED:
        return earning
    worker_id = earning.worker_id
    if earning.share:
        draft = job_released(
            key=f"{key}:released", reference=reference, worker=worker_id, amount=earning.share
        )
        post(draft)
        _allocate(earning.payment, worker_id, "worker", earning.worker_minor, earning)
    if earning.tip:
        earn_tip(payment=earning.payment, worker_id=worker_id)
    earning.state = Earning.RELEASED
    earning.released_at = clock.now()
    earning.save(update_fields=["state", "released_at"])
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


def earn_tip(*, payment: Payment, worker_id: UUID) -> None:
    """Give a held tip to its worker: all of it, to the worker's wallet, once."""
    tip = Tip.objects.select_for_update().filter(payment=payment, state=Tip.HELD).first()
    if tip is None:
        return
    post(tip_earned(payment_id=payment.pk, worker=worker_id, tip=tip.amount))
    tip.state, tip.worker_id, tip.earned_at = Tip.EARNED, worker_id, clock.now()
    tip.save(update_fields=["state", "worker", "earned_at"])
    _allocate(payment, worker_id, "tip", tip.amount_minor, None)
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


def _allocate(
    payment: Payment, worker_id: UUID, purpose: str, amount_minor: int, earning: Earning | None
) -> None:
    """Write down money to be moved to the worker's own account at the provider."""
    Allocation.objects.create(
        payee=payee_of(worker_id),
        payment=payment,
        earning=earning,
        purpose=purpose,
        currency=payment.currency,
        amount_minor=amount_minor,
    )
