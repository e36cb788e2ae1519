"""The processor has received a charge's money: what is left of it can be used."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.timers import set_timer
from payments.actions.locks import locked_payment
from payments.actions.post import post
from payments.models import Payment
from payments.queries import is_settled, left_on_its_way
from payments.rules.entries import psp_settled

SETTLE = "payments.settle_charge"


@transaction.atomic
def settle_charge(*, payment_id: UUID) -> Payment:
    """Book a captured charge as received, once, when its day has come."""
    payment = locked_payment(payment_id)
    if payment.state != "captured" or payment.settles_at is None or is_settled(payment):
        return payment
    if payment.settles_at > clock.now():
        wait_for_settlement(payment)
        return payment
    left = left_on_its_way(payment)
    if left.minor > 0:
        post(psp_settled(payment_id=payment.pk, reference=payment.reference, amount=left))
    return payment


def wait_for_settlement(payment: Payment) -> None:
    """Look again when the processor says that the money will be there."""
    if payment.settles_at is not None:
        entry = f"{payment.settles_at:%Y%m%d%H%M%S}"
        set_timer(SETTLE, subject_id=payment.pk, at=payment.settles_at, entry=entry)
