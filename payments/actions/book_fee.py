"""What the processor really kept, and who bears the difference to what was expected."""

from kernel.money import Money
from payments.actions.post import post
from payments.models import Earning, Payment
from payments.queries import deposit_left
from payments.rules.entries import fee_trued_up, psp_fee


def book_fee(payment: Payment, fee_minor: int) -> None:
    """Book the real fee of a captured payment, once it is known."""
    payment.fee_minor = fee_minor
    payment.save(update_fields=["fee_minor"])
    fee = Money(payment.currency, fee_minor)
    if fee:
        post(psp_fee(payment_id=payment.pk, reference=payment.reference, fee=fee))
    true_up(payment)


def true_up(payment: Payment) -> None:
    """Let the business bear the difference, when both the estimate and the real fee are known.

    Of what was paid ahead the estimate is known when nothing of it is the customer's any more.
    """
    if payment.fee_minor is None:
        return
    estimates = Earning.objects.filter(payment=payment).values_list("processor_minor", flat=True)
    if not estimates and payment.kind == Payment.JOB:
        return
    if payment.kind == Payment.PACKAGE and deposit_left(payment):
        return
    draft = fee_trued_up(
        payment_id=payment.pk,
        reference=payment.reference,
        estimate=Money(payment.currency, sum(estimates)),
        real=Money(payment.currency, payment.fee_minor),
    )
    if draft.legs:
        post(draft)
