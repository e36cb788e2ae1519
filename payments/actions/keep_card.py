"""A customer lets us keep a card for later, or has it forgotten."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from payments.models import Payment
from payments.queries import payment_by
from payments.rules.payment_states import UNPAID


@transaction.atomic
def keep_card(*, by: Actor, payment_id: UUID) -> Payment:
    """Note, before a payment's page is opened, that its card may be kept for later."""
    payment = payment_by(by, payment_id)
    if payment.state in UNPAID and not payment.page_ref:
        Payment.objects.filter(pk=payment.pk).update(keep_card=True)
        payment.keep_card = True
    return payment


@transaction.atomic
def forget_cards(*, by: Actor) -> int:
    """Forget every card of whoever asks; return how many payments knew one.

    A charge that its owner has asked for goes on as it was asked: its card is forgotten with the
    bank's answer. (The same key with another card would be another request.)
    """
    mine = Payment.objects.filter(payer_id=by.member_id).exclude(method_ref="")
    under_way = mine.filter(off_session=True, state__in=UNPAID)
    known = under_way.update(keep_card=False)
    return known + mine.exclude(pk__in=under_way.values("pk")).update(
        keep_card=False, customer_ref="", method_ref=""
    )
