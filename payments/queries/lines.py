"""Where the money of a job went, line by line; and which cards and banks were involved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.money import Money
from payments.models import Earning, Payee, Payment, Refund, Tip
from payments.rules.wallet import MoneyLine

WHERE_IT_WENT = (
    ("worker", "to_worker"),
    ("tenant", "to_tenant"),
    ("platform", "to_platform"),
    ("processor", "to_processor"),
    ("tax", "to_tax"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningLine:
    """What one job, or one tip, brought a worker."""

    title: str
    reference: str
    share: Money
    tip: Money
    state: str
    at: datetime
    settles_at: datetime | None


def money_of(reference: str) -> list[MoneyLine]:
    """Return what happened to the money of one thing, in order; codes are put in words at doors."""
    lines: list[MoneyLine] = []
    for payment in Payment.objects.filter(reference=reference, captured_at__isnull=False):
        lines += _taken(payment)
    for earning in Earning.objects.filter(reference=reference):
        lines += _divided(earning)
    tips = Tip.objects.filter(reference=reference, state=Tip.EARNED)
    lines += [
        MoneyLine(code="tip_to_worker", amount=tip.amount, at=tip.earned_at or tip.taken_at)
        for tip in tips
    ]
    refunds = Refund.objects.filter(payment__reference=reference)
    lines += [
        MoneyLine(code=f"refund_{refund.state}", amount=-refund.total, at=refund.made_at)
        for refund in refunds
    ]
    return sorted(lines, key=lambda line: line.at)


def _taken(payment: Payment) -> list[MoneyLine]:
    at = payment.captured_at or payment.made_at
    parts = (
        ("credit_paid", payment.credit),
        ("paid", payment.charged_amount),
        ("tip_paid", payment.tip),
    )
    return [MoneyLine(code=code, amount=amount, at=at) for code, amount in parts if amount]


def _divided(earning: Earning) -> list[MoneyLine]:
    blocks = earning.blocks
    parts = [(code, getattr(blocks, part)) for part, code in WHERE_IT_WENT]
    return [
        MoneyLine(code=code, amount=amount, at=earning.accrued_at)
        for code, amount in parts
        if amount
    ]


def earning_lines(by: Actor, *, limit: int = 50) -> list[EarningLine]:
    """Return what the worker who asks has earned, newest first, tips in full."""
    earnings = _earnings_of(by)[:limit]
    later = Tip.objects.select_related("payment").filter(
        worker_id=by.member_id, state=Tip.EARNED, payment__kind=Payment.TIP
    )
    lines = [_line_of(earning) for earning in earnings]
    lines += [_line_of_tip(tip) for tip in later.order_by("-pk")[:limit]]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:limit]


def _earnings_of(by: Actor) -> QuerySet[Earning]:
    rows = Earning.objects.select_related("payment").filter(worker_id=by.member_id)
    return rows.order_by("-accrued_at")


def _line_of(earning: Earning) -> EarningLine:
    return EarningLine(
        title=earning.payment.title,
        reference=earning.reference,
        share=earning.share,
        tip=earning.tip,
        state=earning.state,
        at=earning.released_at or earning.accrued_at,
        settles_at=earning.payment.settles_at,
    )


def _line_of_tip(tip: Tip) -> EarningLine:
    return EarningLine(
        title=tip.payment.title,
        reference=tip.reference,
        share=Money(tip.currency, 0),
        tip=tip.amount,
        state=tip.state,
        at=tip.earned_at or tip.taken_at,
        settles_at=tip.payment.settles_at,
    )


def instrument_of(reference: str) -> str | None:
    """Return the fingerprint of the card that paid for something, if it is known."""
    paid = Payment.objects.filter(reference=reference, captured_at__isnull=False)
    return paid.exclude(instrument="").values_list("instrument", flat=True).first()


def instruments_of_person(user_id: UUID) -> set[str]:
    """Return the fingerprints of the cards a person paid with here, and of where they are paid."""
    paid = Payment.objects.filter(payer__user_id=user_id).exclude(instrument="")
    banks = Payee.objects.filter(member__user_id=user_id).exclude(instrument="")
    return {
        *paid.values_list("instrument", flat=True),
        *banks.values_list("instrument", flat=True),
    }
