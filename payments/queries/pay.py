"""Questions about payments."""

from uuid import UUID

from django.db.models import QuerySet, Sum

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from payments.models import Earning, Payment, Refund


def payment_of(payment_id: UUID) -> Payment:
    """Return a payment of this tenant; for floors above, which have authorised already."""
    try:
        return Payment.objects.get(pk=payment_id)
    except Payment.DoesNotExist:
        raise NotFound(what="payment") from None


def payment_by(by: Actor, payment_id: UUID) -> Payment:
    """Return a payment to whoever owes it; for everybody else there is none."""
    payment = payment_of(payment_id)
    if payment.payer_id != by.member_id:
        raise NotFound(what="payment")
    return payment


def deposit_left(payment: Payment) -> Money:
    """Return what is still the customer's of a captured payment, without the tip."""
    if payment.state != "captured":
        return Money(payment.currency, 0)
    earned = sum(
        earning.blocks.service.minor for earning in Earning.objects.filter(payment=payment)
    )
    given = Refund.objects.filter(payment=payment)
    returned = given.aggregate(total=Sum("deposit_minor"))["total"] or 0
    return Money(payment.currency, payment.amount_minor - earned - returned)


def where_it_lies(payment: Payment) -> str:
    """Return which account of the processor's holds a payment's money: pending until settled."""
    settled = payment.settles_at is not None and payment.settles_at <= clock.now()
    return "psp_available" if settled else "psp_pending"


def all_payments(by: Actor) -> QuerySet[Payment]:
    """Return every payment of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="payment")
    return Payment.objects.select_related("payer__user").order_by("-pk")
