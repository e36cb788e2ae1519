"""Money goes back to whoever paid."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from kernel.actor import Actor
from kernel.errors import Invalid
from kernel.events import publish
from kernel.money import Money, zero
from payments.actions.locks import locked_payment
from payments.actions.post import post
from payments.events import RefundDue
from payments.models import Payment, Refund, Tip
from payments.queries import deposit_left
from payments.rules.entries import refund_due, tip_returned
from payments.rules.refusals import NotCaptured, NotRefundable


@transaction.atomic
def refund(
    *, by: Actor, payment_id: UUID, amount: Money, tip: Money, reason: str, key: str
) -> Refund:
    """Owe a payer money back, and send it. What was earned already is not taken back.

    It comes out of what is still the customer's; beyond that the business pays. The tip is only
    touched when `tip` says so, and then it goes back whole.
    """
    payment = locked_payment(payment_id)
    known = Refund.objects.filter(key=key).first()
    if known:
        return known
    if payment.state != "captured":
        raise NotCaptured
    _check(payment, amount, tip)
    deposit = min(amount, max(deposit_left(payment), zero(payment.currency)))
    made = Refund.objects.create(
        payment=payment,
        key=key,
        currency=payment.currency,
        amount_minor=amount.minor,
        tip_minor=tip.minor,
        reason=reason,
    )
    _book(made, deposit, amount - deposit, tip)
    Payment.objects.filter(pk=payment.pk).update(
        refunded_minor=F("refunded_minor") + amount.minor + tip.minor
    )
    publish(RefundDue(refund_id=str(made.pk)), by=by)
    return made


def _check(payment: Payment, amount: Money, tip: Money) -> None:
    if amount.minor < 0 or tip.minor < 0 or not (amount + tip):
        raise Invalid(fields=["amount", "tip"])
    given = Refund.objects.filter(payment=payment).exclude(state=Refund.FAILED)
    so_far = given.aggregate(amount=Sum("amount_minor"), tip=Sum("tip_minor"))
    if amount.minor + (so_far["amount"] or 0) > payment.amount_minor:
        raise NotRefundable(fields=["amount"])
    if tip.minor not in (0, payment.tip_minor) or (tip and so_far["tip"]):
        raise NotRefundable(fields=["tip"])


def _book(made: Refund, deposit: Money, goodwill: Money, tip: Money) -> None:
    if deposit + goodwill:
        post(refund_due(refund_id=made.pk, deposit=deposit, goodwill=goodwill))
    if tip:
        row = Tip.objects.select_for_update().get(payment_id=made.payment_id)
        held = row.state == Tip.HELD
        post(tip_returned(refund_id=made.pk, payment_id=row.payment_id, tip=tip, held=held))
        if held:
            row.state = Tip.RETURNED
            row.save(update_fields=["state"])
