"""A visit is to be paid in cash: promised, taken by the worker, and perhaps contested."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from payments.actions.apply_payment import apply_payment
from payments.actions.capture import capture
from payments.actions.collect import collect
from payments.actions.locks import lock_payee_of
from payments.actions.open_payee import payee_of
from payments.models import Payment
from payments.providers.base import PaymentFact
from payments.queries.cash import CASH, cash_payment, takes_cash
from payments.rules.blocks import Item, PriceBlocks
from payments.rules.cash import (
    WITHHELD,
    CashDiffers,
    CashLimitReached,
    CashWithoutTip,
    NothingContested,
    divide_cash,
)
from tenants.support.actions.open_case import open_case


@transaction.atomic
def promise_cash(
    *,
    by: Actor,
    payer_id: UUID,
    worker_member_id: UUID,
    reference: str,
    title: str,
    return_path: str,
    expires_at: datetime,
    key: str,
    blocks: PriceBlocks,
    items: Sequence[Item] = (),
    withheld_minor: int = 0,
) -> Payment:
    """Let a customer pay the worker in cash at the visit; nothing is on the books before that.

    Refused where the worker would owe more than the limit, with the taxes that are kept back of
    the worker's share. A tip goes from hand to hand.
    """
    if blocks.tip:
        raise CashWithoutTip(fields=["tip"])
    payee_of(worker_member_id)
    lock_payee_of(worker_member_id)
    known = Payment.objects.filter(key=key).first()
    if known is None:
        check_cash(worker_member_id=worker_member_id, blocks=blocks, withheld_minor=withheld_minor)
    payment = collect(
        by=by,
        payer_id=payer_id,
        worker_id=worker_member_id,
        reference=reference,
        amount=blocks.service,
        tip=blocks.tip,
        title=title,
        capture=Payment.MANUAL,
        return_path=return_path,
        expires_at=expires_at,
        key=key,
        blocks=blocks,
        items=items,
        provider=CASH,
    )
    if known is None and withheld_minor:
        payment.parts |= {WITHHELD: withheld_minor}
        payment.save(update_fields=["parts"])
    fact = PaymentFact(state="authorised", intent_ref=f"cash_{payment.pk.hex}")
    return apply_payment(payment_id=payment.pk, fact=fact)


def check_cash(*, worker_member_id: UUID, blocks: PriceBlocks, withheld_minor: int = 0) -> None:
    """Refuse one more visit in cash to a worker who would owe too much of it."""
    _, rest = divide_cash(
        collected_minor=blocks.service.minor, share_minor=blocks.worker.minor - withheld_minor
    )
    if not takes_cash(worker_member_id, rest=Money(blocks.currency, rest)):
        raise CashLimitReached


@transaction.atomic
def take_cash(*, by: Actor, payment_id: UUID, amount: Money) -> Payment:
    """Let the worker confirm the amount in hand: all of it, or the team is to be told.

    The office may confirm it for a worker who has said so.
    """
    payment = cash_payment(payment_id)
    if not by.works_in_office and by.member_id != payment.worker_id:
        raise NotFound(what="payment")
    if amount != payment.total:
        raise CashDiffers(fields=["amount"])
    return capture(by=by, payment_id=payment.pk)


@transaction.atomic
def contest_cash(*, by: Actor, payment_id: UUID, words: str) -> Payment:
    """Let a customer say that the cash was not as noted: somebody of the office looks at it."""
    payment = cash_payment(payment_id)
    if by.member_id != payment.payer_id:
        raise NotFound(what="payment")
    if payment.state != "captured":
        raise NothingContested
    open_case(
        by=by,
        kind="cash_contested",
        priority="P2",
        about_kind="payment",
        about_id=payment.pk,
        title=words.strip()[:200] or payment.title,
        key=f"payment:{payment.pk}:cash",
        person_id=payment.worker_id,
    )
    return payment
