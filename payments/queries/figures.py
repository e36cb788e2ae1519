"""What a tenant's promise page says about money, computed from what happened."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Min, Sum

from kernel.money import Money
from payments.models import Earning, Payout, Posting, Tip
from payments.rules.blocks import PARTS
from payments.rules.payout_states import OPEN
from tenants.tenancy.queries import here


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutsDue:
    """Cash-outs that workers have asked for and that have not arrived yet."""

    count: int
    amount: Money
    oldest_at: datetime | None


def payouts_due() -> PayoutsDue:
    """Return what is on its way to workers' banks, in the tenant's currency."""
    currency = here().currency
    found = Payout.objects.filter(state__in=OPEN, currency=currency).aggregate(
        count=Count("pk"), total=Sum("amount_minor"), oldest_at=Min("requested_at")
    )
    return PayoutsDue(
        count=found["count"],
        amount=Money(currency, found["total"] or 0),
        oldest_at=found["oldest_at"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFigures:
    """Shares in basis points; times in minutes; None where nothing has happened yet."""

    jobs: int
    worker_share_bp: int | None
    tips_minor: int
    tips_passed_bp: int | None
    minutes_to_available: int | None
    minutes_to_paid: int | None
    cash_outs: int
    free_cash_outs_bp: int | None


def promise_figures(since: datetime) -> PromiseFigures:
    """Return the workers' share of what customers paid, tips passed on, and how fast money came.

    The share is of the price without tips. A tip counts as passed on when it reached its worker's
    wallet; tips still held or given back are left out.
    """
    released = Earning.objects.filter(state=Earning.RELEASED, released_at__gte=since)
    sums = released.aggregate(**{part: Sum(f"{part}_minor") for part in PARTS})
    price = sum((sums[part] or 0) for part in PARTS if part != "tip")
    tips = Tip.objects.filter(state=Tip.EARNED, earned_at__gte=since)
    tips_minor = tips.aggregate(total=Sum("amount_minor"))["total"] or 0
    arrived = Payout.objects.filter(paid_at__gte=since, state__in=("paid", "final"))
    waits = released.values_list("accrued_at", "released_at")
    trips = arrived.values_list("requested_at", "paid_at")
    count = arrived.count()
    return PromiseFigures(
        jobs=released.count(),
        worker_share_bp=_share(sums["worker"] or 0, price),
        tips_minor=tips_minor,
        tips_passed_bp=_share(_tips_in_wallets(since), tips_minor),
        minutes_to_available=_median_minutes(list(waits)),
        minutes_to_paid=_median_minutes(list(trips)),
        cash_outs=count,
        free_cash_outs_bp=_share(arrived.filter(fee_minor=0).count(), count),
    )


def _tips_in_wallets(since: datetime) -> int:
    """Sum, from the ledger itself, what tips brought to workers' wallets."""
    credited = Posting.objects.filter(
        account__kind="worker_available",
        entry__kind="tip.earned",
        entry__effective_at__gte=since,
    )
    return -(credited.aggregate(total=Sum("amount"))["total"] or 0)


def _share(part: int, whole: int) -> int | None:
    return round(part * 10_000 / whole) if whole else None


def _median_minutes(pairs: list[tuple[datetime, datetime | None]]) -> int | None:
    minutes = [(done - begun).total_seconds() / 60 for begun, done in pairs if done]
    return round(median(minutes)) if minutes else None
