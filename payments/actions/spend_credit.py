"""A customer's credits pay a part of a price: kept for it at checkout, used when it is paid.

Nothing is booked before the price is paid, so a checkout that comes to nothing only has to let go
of what was kept.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import PSP
from kernel.money import Money
from kernel.timers import cancel_timers
from payments.actions.credits import EXPIRE_CREDIT, add_credit, expire_credit
from payments.actions.post import post
from payments.models import Credit, CreditUse, Payment, Refund
from payments.providers.base import PaymentFact
from payments.queries.credit import smallest_charge, spendable
from payments.rules.credit import paid_with_credit
from payments.rules.entries import credit_used, refund_to_credit

AT_LEAST_LEFT = timedelta(days=30)


def reserve(*, payment: Payment) -> Money:
    """Keep credits for a new payment, as far as they go, and return how much that is.

    What ends first goes first. Two checkouts at once wait for each other here, and the second
    gets what the first has left.
    """
    credits = list(_locked(spendable(payment.payer_id, payment.currency)))
    rest = payment.credit_minor = paid_with_credit(
        amount=payment.amount_minor,
        tip=payment.tip_minor,
        credit=sum(each.left_minor for each in credits),
        smallest=smallest_charge(payment.provider, payment.currency),
    )
    for credit in credits:
        if part := min(rest, credit.left_minor):
            rest -= part
            credit.left_minor -= part
            credit.save(update_fields=["left_minor"])
            CreditUse.objects.create(
                credit=credit, payment=payment, currency=credit.currency, amount_minor=part
            )
    payment.save(update_fields=["credit_minor"])
    return payment.credit


def paid_without_money(state: str) -> PaymentFact:
    """Return what is to be known of a payment that credits pay whole: it costs nothing."""
    return PaymentFact(state=state, fee_minor=0, settles_at=clock.now())


def _locked(rows: QuerySet[Credit]) -> QuerySet[Credit]:
    return rows.select_for_update(of=("self",), no_key=True).order_by("expires_at", "pk")


def use(*, payment: Payment) -> None:
    """Book what credits pay of a payment that has been paid."""
    kept = _take(payment, CreditUse.RESERVED, CreditUse.USED)
    if not kept:
        return
    post(
        credit_used(
            payment_id=payment.pk,
            reference=payment.reference,
            customer=payment.payer_id,
            amount=payment.credit,
        )
    )
    for credit in kept:
        if not credit.left_minor and credit.state == Credit.OPEN:
            credit.state = Credit.USED
            cancel_timers(credit.pk, EXPIRE_CREDIT)
            credit.save(update_fields=["state"])
        expire_credit(credit_id=credit.pk)


def let_go(*, payment: Payment) -> None:
    """Give back what was kept for a payment that came to nothing; what has ended meanwhile ends."""
    parts = {
        each.credit_id: each.amount_minor
        for each in payment.credit_uses.filter(state=CreditUse.RESERVED)
    }
    for credit in _take(payment, CreditUse.RESERVED, CreditUse.RETURNED):
        credit.left_minor += parts[credit.pk]
        credit.save(update_fields=["left_minor"])
        expire_credit(credit_id=credit.pk)


def _take(payment: Payment, state: str, to: str) -> list[Credit]:
    """Move a payment's uses on, and return their credits, locked."""
    if not payment.credit_minor:
        return []
    uses = payment.credit_uses.filter(state=state)
    credits = list(_locked(Credit.objects.filter(uses__in=uses)))
    uses.update(state=to)
    return credits


def give_back(*, refund: Refund) -> Credit:
    """Let what goes back of a price that credits paid be a credit again.

    It lasts as long as the longest of those it came from, and never less than 30 days.
    """
    payment = refund.payment
    post(refund_to_credit(refund_id=refund.pk, customer=payment.payer_id, amount=refund.amount))
    credit, _ = add_credit(
        by=PSP,
        customer_id=payment.payer_id,
        amount=refund.amount,
        cause="refund",
        about=f"refund:{refund.pk}",
        reason=refund.reason,
        expires_at=_ends_at(payment),
    )
    return credit


def _ends_at(payment: Payment) -> datetime:
    ends = payment.credit_uses.values_list("credit__expires_at", flat=True)
    return max(*ends, clock.now() + AT_LEAST_LEFT)
