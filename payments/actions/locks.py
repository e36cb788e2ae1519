"""Rows, locked before they are changed: payment, then earning, then payee, then the ledger's.

No lock keeps others from pointing at a row: that is no change of it, and would only deadlock.
"""

from uuid import UUID

from kernel.errors import NotFound
from payments.models import Earning, Hold, Payee, Payment, Payout, Refund


def locked_payment(payment_id: UUID) -> Payment:
    """Lock a payment of this tenant."""
    try:
        return Payment.objects.select_for_update(no_key=True).get(pk=payment_id)
    except Payment.DoesNotExist:
        raise NotFound(what="payment") from None


def locked_payout(payout_id: UUID) -> Payout:
    """Lock a payout of this tenant; its payee comes along, unlocked."""
    try:
        return (
            Payout.objects.select_related("payee")
            .select_for_update(of=("self",), no_key=True)
            .get(pk=payout_id)
        )
    except Payout.DoesNotExist:
        raise NotFound(what="payout") from None


def locked_payee(payee_id: UUID) -> Payee:
    """Lock a payee of this tenant."""
    try:
        return Payee.objects.select_for_update(no_key=True).get(pk=payee_id)
    except Payee.DoesNotExist:
        raise NotFound(what="payee") from None


def lock_payee_of(member_id: UUID) -> None:
    """Lock a member's payee, if there is one: their cash-outs are asked for one by one."""
    Payee.objects.select_for_update(no_key=True).filter(member_id=member_id).first()


def locked_refund(refund_id: UUID) -> Refund:
    """Lock a refund of this tenant; its payment comes along, unlocked."""
    try:
        return (
            Refund.objects.select_related("payment")
            .select_for_update(of=("self",), no_key=True)
            .get(pk=refund_id)
        )
    except Refund.DoesNotExist:
        raise NotFound(what="refund") from None


def locked_earning(reference: str) -> Earning | None:
    """Lock what was earned with a job, if it was delivered; its payment comes along, unlocked."""
    return (
        Earning.objects.select_related("payment")
        .select_for_update(of=("self",), no_key=True)
        .filter(reference=reference)
        .first()
    )


def locked_hold(hold_id: UUID) -> Hold:
    """Lock a hold of this tenant; the job it is about comes along, unlocked."""
    try:
        return (
            Hold.objects.select_related("earning__payment")
            .select_for_update(of=("self",), no_key=True)
            .get(pk=hold_id)
        )
    except Hold.DoesNotExist:
        raise NotFound(what="hold") from None


def locked_earning_of(payment: Payment) -> Earning | None:
    """Lock what was earned with a payment, if its job was delivered.

    What was paid ahead for several jobs belongs to none of them: see `locked_earning`.
    """
    if payment.kind == Payment.PACKAGE:
        return None
    return Earning.objects.select_for_update(no_key=True).filter(payment=payment).first()
