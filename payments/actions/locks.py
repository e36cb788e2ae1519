"""Rows, locked before they are changed. One at a time, and always before the ledger's."""

from uuid import UUID

from kernel.errors import NotFound
from payments.models import Payee, Payment, Payout, Refund


def locked_payment(payment_id: UUID) -> Payment:
    """Lock a payment of this tenant."""
    try:
        return Payment.objects.select_for_update().get(pk=payment_id)
    except Payment.DoesNotExist:
        raise NotFound(what="payment") from None


def locked_payout(payout_id: UUID) -> Payout:
    """Lock a payout of this tenant; its payee comes along, unlocked."""
    try:
        return (
            Payout.objects.select_related("payee").select_for_update(of=("self",)).get(pk=payout_id)
        )
    except Payout.DoesNotExist:
        raise NotFound(what="payout") from None


def locked_payee(payee_id: UUID) -> Payee:
    """Lock a payee of this tenant."""
    try:
        return Payee.objects.select_for_update().get(pk=payee_id)
    except Payee.DoesNotExist:
        raise NotFound(what="payee") from None


def lock_payee_of(member_id: UUID) -> None:
    """Lock a member's payee, if there is one: their cash-outs are asked for one by one."""
    Payee.objects.select_for_update().filter(member_id=member_id).first()


def locked_refund(refund_id: UUID) -> Refund:
    """Lock a refund of this tenant; its payment comes along, unlocked."""
    try:
        return (
            Refund.objects.select_related("payment")
            .select_for_update(of=("self",))
            .get(pk=refund_id)
        )
    except Refund.DoesNotExist:
        raise NotFound(what="refund") from None
