"""A part of what was paid ahead has expired."""

from uuid import UUID

from django.db import transaction

from kernel.money import Money
from payments.actions.book_fee import true_up
from payments.actions.locks import locked_payment
from payments.actions.post import post
from payments.models import Forfeit
from payments.queries import deposit_left
from payments.rules.entries import deposit_forfeited
from payments.rules.refusals import NotCaptured


@transaction.atomic
def forfeit(*, payment_id: UUID, amount: Money, tax: Money, key: str) -> Forfeit:
    """Let the business have a part of a payment that nobody can use any more, once per key.

    `tax` is the tax inside the amount. Whoever calls has told the customer in time.
    """
    payment = locked_payment(payment_id)
    known = Forfeit.objects.filter(key=key).first()
    if known:
        return known
    if payment.state != "captured" or deposit_left(payment) < amount:
        raise NotCaptured
    post(deposit_forfeited(key=key, reference=payment.reference, amount=amount, tax=tax))
    made = Forfeit.objects.create(
        payment=payment,
        key=key,
        currency=amount.currency,
        amount_minor=amount.minor,
        tax_minor=tax.minor,
    )
    true_up(payment)
    return made
