"""A job is completed: the worker may take the money out, and the tip is the worker's."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.events import publish
from kernel.money import Money, zero
from payments.actions.allocate import allocate
from payments.actions.debts import pay_debts
from payments.actions.locks import lock_payee_of, locked_earning
from payments.actions.open_payee import payee_of
from payments.actions.post import post
from payments.actions.reserve import rest_a_part
from payments.events import MoneyReleased, TipEarned
from payments.models import Earning, Payment, Tip
from payments.queries import balance_of
from payments.rules.claw_back import set_off
from payments.rules.entries import job_released, tip_earned
from payments.rules.refusals import NotAccrued
from payments.tenant_settings import RefundSettings
from tenants.tenancy.queries import settings_of


@transaction.atomic
def release(*, reference: str, key: str) -> Earning:
    """Move a job's pending share to the worker's wallet, with the whole tip. Safe to repeat."""
    earning = locked_earning(reference)
    if earning is None:
        raise NotAccrued(reference=reference)
    if earning.state == Earning.RELEASED:
        return earning
    worker_id = earning.worker_id
    released = _release_share(earning, key=key) if earning.pending else zero(earning.currency)
    if earning.tip:
        earn_tip(payment=earning.payment, worker_id=worker_id)
    earning.state = Earning.RELEASED
    earning.released_at = clock.now()
    earning.save(update_fields=["state", "released_at", "pending_minor"])
    rest_a_part(earning)
    publish(
        MoneyReleased(
            reference=reference,
            worker_member_id=str(worker_id),
            amount_minor=released.minor,
            tip_minor=earning.tip_minor,
            currency=earning.currency,
        ),
        by=SYSTEM,
    )
    return earning


def _release_share(earning: Earning, *, key: str) -> Money:
    """Move what is still pending of a share, less what pays a debt, and return what arrives.

    What is held or was taken back of the share stays behind.
    """
    kept = _set_off(earning)
    released = earning.pending - kept
    post(
        job_released(
            key=f"{key}:released",
            reference=earning.reference,
            worker=earning.worker_id,
            amount=earning.pending,
            set_off=kept,
        )
    )
    if kept:
        pay_debts(member_id=earning.worker_id, amount=kept)
    if released:
        allocate(
            payment=earning.payment,
            member_id=earning.worker_id,
            purpose="worker",
            amount_minor=released.minor,
            earning=earning,
        )
    earning.pending_minor = 0
    return released


def _set_off(earning: Earning) -> Money:
    """Return what of a share pays the worker's debts; its payee is locked, so none are added."""
    payee_of(earning.worker_id)
    lock_payee_of(earning.worker_id)
    owed = balance_of(earning.worker_id, "worker_receivable", earning.currency)
    rate = settings_of(RefundSettings).set_off_bp if owed else 0
    return Money(
        earning.currency,
        set_off(released=earning.pending_minor, owed=owed.minor, rate_bp=rate),
    )


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
