"""Receipts: one for each payment, refund, tip and cash-out, as soon as it has happened."""

from uuid import UUID

from kernel.events import on
from payments.actions.issue_receipt import issue_receipt
from payments.events import PaymentCaptured, PayoutPaid, RefundSucceeded, TipEarned
from payments.rules.receipts import CASH_OUT, PAYMENT, REFUND, TIP


@on(PaymentCaptured)
def receipt_for_a_payment(fact: PaymentCaptured) -> None:
    """Write the receipt of a payment; a tip paid on its own gets its own when it arrives."""
    if fact.amount_minor:
        issue_receipt(kind=PAYMENT, subject_id=UUID(fact.payment_id))


@on(RefundSucceeded)
def receipt_for_a_refund(fact: RefundSucceeded) -> None:
    """Write the receipt of a refund."""
    issue_receipt(kind=REFUND, subject_id=UUID(fact.refund_id))


@on(TipEarned)
def receipt_for_a_tip(fact: TipEarned) -> None:
    """Write the receipt of a tip, for whoever gave it and whoever got it."""
    issue_receipt(kind=TIP, subject_id=UUID(fact.payment_id))


@on(PayoutPaid)
def receipt_for_a_cash_out(fact: PayoutPaid) -> None:
    """Write the receipt of a cash-out that arrived."""
    issue_receipt(kind=CASH_OUT, subject_id=UUID(fact.payout_id))
