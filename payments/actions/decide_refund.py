"""Somebody of the office decides to give money back."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.money import Money
from payments.actions.refund import refund
from payments.models import Payment, Refund
from payments.queries import payment_of
from payments.queries.disputes import is_disputed
from payments.queries.permissions import demand
from payments.rules.debts import check_reason
from payments.rules.refusals import PaidAhead, RefundStopped


@transaction.atomic
def decide_refund(
    *,
    by: Actor,
    payment_id: UUID,
    amount: Money,
    tip: Money,
    fault: str,
    reason: str,
    key: str,
    tip_in_error: bool = False,
) -> Refund:
    """Give money back, with a reason that is kept, and that a worker at fault gets to read.

    While the payer's bank disputes the payment nothing more is given: it might be paid twice. What
    was paid ahead goes back where it is counted, visit by visit.
    """
    demand(by, "refund")
    check_reason(reason)
    payment = payment_of(payment_id)
    if payment.kind == Payment.PACKAGE:
        raise PaidAhead
    if is_disputed(payment):
        raise RefundStopped
    return refund(
        by=by,
        payment_id=payment_id,
        amount=amount,
        tip=tip,
        reason="decided",
        key=f"decided:{key}",
        fault=fault,
        finding=reason,
        tip_in_error=tip_in_error,
    )
