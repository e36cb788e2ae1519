"""Questions about payments."""

from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from payments.models import Dispute, Earning, Entry, Forfeit, Payment, Posting, Refund, TakeBack
from payments.providers import caps_of


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


def is_settled(payment: Payment) -> bool:
    """Tell whether what was left of a charge has been booked as usable."""
    return Entry.objects.filter(idem_key=f"charge:{payment.pk}:settled").exists()


def left_on_its_way(payment: Payment) -> Money:
    """Return what the ledger still has on its way to us of one payment: the charge, less its fee,
    and less what was moved on or given back from it already.
    """
    moved = [f"allocation:{pk}" for pk in payment.allocations.values_list("pk", flat=True)]
    back = TakeBack.objects.filter(allocation__payment=payment).values_list("pk", flat=True)
    given = [f"refund:{pk}" for pk in payment.refunds.values_list("pk", flat=True)]
    keys = [f"charge:{payment.pk}:captured", f"charge:{payment.pk}:fee"]
    keys += [f"tip:{payment.pk}:captured", *moved, *(f"take_back:{pk}" for pk in back)]
    about = Q(entry__idem_key__in=keys) | Q(entry__ref__in=given)
    rows = Posting.objects.filter(about, account__kind="psp_pending")
    return Money(payment.currency, rows.aggregate(total=Sum("amount"))["total"] or 0)


def deposit_left(payment: Payment) -> Money:
    """Return what is still the customer's of a captured payment, without the tip."""
    if payment.state != "captured":
        return Money(payment.currency, 0)
    earned = sum(
        earning.blocks.service.minor for earning in Earning.objects.filter(payment=payment)
    )
    given = Refund.objects.filter(payment=payment)
    returned = given.aggregate(total=Sum("deposit_minor"))["total"] or 0
    lost = Dispute.objects.filter(payment=payment, state=Dispute.LOST)
    gone = lost.aggregate(total=Sum("deposit_minor"))["total"] or 0
    ended = Forfeit.objects.filter(payment=payment).aggregate(total=Sum("amount_minor"))
    over = ended["total"] or 0
    return Money(payment.currency, payment.amount_minor - earned - returned - gone - over)


def where_it_lies(payment: Payment) -> str:
    """Return which account holds a payment's money: at the processor, pending until settled.

    What never was at a processor can only go back from the business's bank.
    """
    if caps_of(payment.provider).lands_in != "psp_pending":
        return "bank"
    return "psp_available" if is_settled(payment) else "psp_pending"


def all_payments(by: Actor) -> QuerySet[Payment]:
    """Return every payment of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="payment")
    asked = Payment.objects.exclude(kind=Payment.SETUP)
    return asked.select_related("payer__user").order_by("-pk")
