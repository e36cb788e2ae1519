"""What a receipt is to say, read from the payment, refund, tip or cash-out it is about."""

from collections.abc import Callable
from uuid import UUID

from kernel import clock
from payments.models import Payment, Payout, Receipt, Refund, Tip
from payments.queries.cash import CASH
from payments.rules.entries import cashout_ref
from payments.rules.receipts import CASH_OUT, PAYMENT, REFUND, TIP, ReceiptDraft


def receipt_draft(kind: str, subject_id: UUID) -> ReceiptDraft:
    """Return what the receipt of a fact says."""
    return _DRAFTS[kind](subject_id)


def _payment(payment_id: UUID) -> ReceiptDraft:
    payment = Payment.objects.get(pk=payment_id)
    return ReceiptDraft(
        kind=PAYMENT,
        subject_id=payment.pk,
        reference=payment.reference,
        title=payment.title,
        total=payment.total,
        happened_at=payment.captured_at or payment.made_at,
        payer_id=payment.payer_id,
        content={
            "items": payment.items,
            "parts": payment.parts,
            "amount": payment.amount_minor,
            "tip": payment.tip_minor,
            "credit": payment.credit_minor,
            "method": payment.method,
            "provider_ref": payment.charge_ref,
            **({"in_cash": True} if payment.provider == CASH else {}),
        },
    )


def _refund(refund_id: UUID) -> ReceiptDraft:
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    payment = refund.payment
    return ReceiptDraft(
        kind=REFUND,
        subject_id=refund.pk,
        reference=payment.reference,
        title=payment.title,
        total=refund.total,
        happened_at=refund.succeeded_at or refund.made_at,
        payer_id=payment.payer_id,
        content={
            "amount": refund.amount_minor,
            "tip": refund.tip_minor,
            "method": "" if refund.state == Refund.CREDITED else payment.method,
            "to_credit": refund.state == Refund.CREDITED,
            "provider_ref": refund.provider_ref,
            "of": _name_of(PAYMENT, payment.pk),
        },
    )


def _tip(payment_id: UUID) -> ReceiptDraft:
    tip = Tip.objects.select_related("payment").get(payment_id=payment_id)
    return ReceiptDraft(
        kind=TIP,
        subject_id=payment_id,
        reference=tip.reference,
        title=tip.payment.title,
        total=tip.amount,
        happened_at=tip.earned_at or tip.taken_at,
        payer_id=tip.payment.payer_id,
        worker_id=tip.worker_id,
        content={"tip": tip.amount_minor, "method": tip.payment.method},
    )


def _cash_out(payout_id: UUID) -> ReceiptDraft:
    payout = Payout.objects.select_related("payee").get(pk=payout_id)
    return ReceiptDraft(
        kind=CASH_OUT,
        subject_id=payout.pk,
        reference=cashout_ref(payout.pk),
        title="",
        total=payout.amount,
        happened_at=payout.paid_at or clock.now(),
        worker_id=payout.payee.member_id,
        content={
            "gross": payout.taken.minor,
            "fee": payout.fee_minor,
            "fee_from": payout.fee_from,
            "net": payout.amount_minor,
            "rail": payout.rail,
            "destination": payout.destination,
            "provider_ref": payout.provider_ref,
            "requested_at": payout.requested_at.isoformat(),
        },
    )


def _name_of(kind: str, subject_id: UUID) -> str:
    found = Receipt.objects.filter(kind=kind, subject_id=subject_id).first()
    return found.name if found else ""


_DRAFTS: dict[str, Callable[[UUID], ReceiptDraft]] = {
    PAYMENT: _payment,
    REFUND: _refund,
    TIP: _tip,
    CASH_OUT: _cash_out,
}
