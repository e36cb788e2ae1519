"""Somebody owes money for something."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.money import Money
from kernel.timers import set_timer
from payments.actions.apply_payment import EXPIRE, apply_payment
from payments.actions.spend_credit import paid_without_money, reserve
from payments.models import Payment
from payments.providers.registry import COLLECTOR
from payments.queries.providers import provider_here
from payments.rules.blocks import Item, PriceBlocks, parts_of
from payments.rules.refusals import AmountInvalid, KeyOfAnotherRequest


@transaction.atomic
def collect(
    *,
    by: Actor,
    payer_id: UUID,
    reference: str,
    amount: Money,
    tip: Money,
    title: str,
    capture: str,
    return_path: str,
    expires_at: datetime,
    key: str,
    kind: str = Payment.JOB,
    worker_id: UUID | None = None,
    blocks: PriceBlocks | None = None,
    items: Sequence[Item] = (),
    provider: str = "",
    with_credit: bool = False,
    waits_until: datetime | None = None,
) -> Payment:
    """Write down what is owed; its page, `/pay/<id>/`, takes the money.

    `amount` is without the tip. `capture` is "automatic" (taken when paid) or "manual" (kept ready
    by the bank until `capture` or `void`). The same key again returns the same payment.
    `blocks` and `items` say, for the receipt, who gets what of it and what it is paid for.
    `provider` asks for a way that is never chosen by itself, such as "cash". `with_credit`: the
    payer's credits pay for the work as far as they go; where they pay all of it, nobody is asked
    for money. Who chose to pay with a voucher by `expires_at` may pay it until `waits_until`.
    """
    total = amount + tip
    if amount.minor < 0 or tip.minor < 0 or not total:
        raise AmountInvalid(fields=["amount", "tip"])
    payment, made = Payment.objects.get_or_create(
        key=key,
        defaults={
            "payer_id": payer_id,
            "reference": reference,
            "kind": kind,
            "worker_id": worker_id,
            "title": title,
            "items": [asdict(item) for item in items],
            "parts": parts_of(blocks) if blocks else {},
            "currency": total.currency,
            "amount_minor": amount.minor,
            "tip_minor": tip.minor,
            "capture": capture,
            "return_path": return_path,
            "expires_at": expires_at,
            "waits_until": waits_until,
            "provider": provider or provider_here(COLLECTOR),
        },
    )
    if made:
        set_timer(EXPIRE, subject_id=payment.pk, at=expires_at)
        if with_credit:
            payment = _pay_with_credit(payment)
    if not made and (payment.reference, payment.total) != (reference, total):
        raise KeyOfAnotherRequest(key=key)
    return payment


def _pay_with_credit(payment: Payment) -> Payment:
    """Keep the payer's credits for a payment; one that then needs no money is paid."""
    kept = reserve(payment=payment)
    if not kept or payment.charged:
        return payment
    state = "captured" if payment.capture == Payment.AUTOMATIC else "authorised"
    return apply_payment(payment_id=payment.pk, fact=paid_without_money(state))


def payment_path(payment: Payment) -> str:
    """Return where a payment is paid, at this tenant's host."""
    return f"/pay/{payment.pk}/"
