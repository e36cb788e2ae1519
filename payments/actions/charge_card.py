"""Asking for money from a card that was kept; the provider is asked in the background."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.events import publish
from kernel.money import Money
from kernel.timers import set_timer
from payments.actions.apply_payment import EXPIRE
from payments.actions.collect import collect
from payments.actions.locks import locked_payment
from payments.events.payments import ChargeAsked, PaymentFailed
from payments.models import Payment
from payments.rules.blocks import Item, PriceBlocks
from payments.rules.payment_states import UNPAID

NO_CARD = "no_card"


@transaction.atomic
def charge_card(
    *,
    by: Actor,
    card_id: UUID | None,
    payer_id: UUID,
    reference: str,
    amount: Money,
    tip: Money,
    title: str,
    return_path: str,
    expires_at: datetime,
    key: str,
    blocks: PriceBlocks | None = None,
    items: Sequence[Item] = (),
    with_credit: bool = False,
) -> Payment:
    """Take what somebody owes from a card of theirs, without them at hand.

    `PaymentCaptured` tells that it worked, `PaymentFailed` that it did not: then the payer can pay
    on its page, `/pay/<id>/`, until it expires, or `charge_again` tries once more. The same key
    again returns the same payment.
    """
    known = Payment.objects.filter(key=key).exists()
    payment = collect(
        by=by,
        payer_id=payer_id,
        reference=reference,
        amount=amount,
        tip=tip,
        title=title,
        capture=Payment.AUTOMATIC,
        return_path=return_path,
        expires_at=expires_at,
        key=key,
        blocks=blocks,
        items=items,
        with_credit=with_credit,
    )
    if not known and payment.state in UNPAID:
        ask_card(by=by, payment=payment, card_id=card_id)
    return payment


@transaction.atomic
def charge_again(*, by: Actor, payment_id: UUID, card_id: UUID | None) -> Payment:
    """Try a card once more, unless its owner has gone to pay, or it is being tried already."""
    payment = locked_payment(payment_id)
    idle = payment.state in UNPAID and not payment.off_session
    if idle and payment.page_asked_at is None and payment.void_asked_at is None:
        ask_card(by=by, payment=payment, card_id=card_id)
    return payment


@transaction.atomic
def keep_open(*, payment_id: UUID, until: datetime) -> Payment:
    """Let a payment be paid by hand until then."""
    payment = locked_payment(payment_id)
    if payment.state in UNPAID and payment.expires_at < until:
        payment.expires_at = until
        payment.save(update_fields=["expires_at"])
        set_timer(EXPIRE, subject_id=payment.pk, at=until)
    return payment


def ask_card(*, by: Actor, payment: Payment, card_id: UUID | None) -> None:
    """Let a payment be taken from a kept card, or fail at once where its owner had it forgotten."""
    cards = Payment.objects.filter(payer_id=payment.payer_id, provider=payment.provider)
    card = cards.filter(pk=card_id).exclude(method_ref="").first() if card_id else None
    if card is None:
        payment.state, payment.failure = "requires_action", NO_CARD
        payment.save(update_fields=["state", "failure"])
        ids = {"payment_id": str(payment.pk), "reference": payment.reference}
        publish(PaymentFailed(**ids, reason=NO_CARD), by=by)
        return
    payment.customer_ref, payment.method_ref = card.customer_ref, card.method_ref
    payment.off_session = True
    payment.save(update_fields=["customer_ref", "method_ref", "off_session"])
    publish(ChargeAsked(payment_id=str(payment.pk)), by=by)
