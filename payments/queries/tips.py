"""What a job was tipped with so far, and whether another tip may follow."""

from dataclasses import dataclass

from django.db.models import Sum

from kernel import clock
from kernel.money import Money
from payments.models import Earning, Payment, Tip
from payments.rules.tips import may_follow


@dataclass(frozen=True, slots=True)
class TipsSoFar:
    """All that was tipped for a job, if anything, and whether there may be more."""

    total: Money | None
    more: bool


def tips_so_far(reference: str) -> TipsSoFar:
    """Return what somebody tipped for a job: with its price and afterwards, less what went back."""
    kept = Tip.objects.filter(reference=reference, state__in=(Tip.HELD, Tip.EARNED))
    amounts = [tip.amount for tip in kept.order_by("pk")]
    total = sum(amounts[1:], amounts[0]) if amounts else None
    earning = Earning.objects.filter(reference=reference).first()
    given = Payment.objects.filter(reference=reference, kind=Payment.TIP, state="captured").count()
    done_at = earning.accrued_at if earning else None
    return TipsSoFar(total, may_follow(done_at=done_at, given=given, at=clock.now()))


def tipped_later(reference: str, *, currency: str) -> Money | None:
    """Return what was tipped for a job after it, apart from its price, less what went back."""
    kept = Tip.objects.filter(
        reference=reference,
        state__in=(Tip.HELD, Tip.EARNED),
        payment__kind=Payment.TIP,
        currency=currency,
    )
    minor = kept.aggregate(sum=Sum("amount_minor"))["sum"]
    return Money(currency, minor) if minor else None
