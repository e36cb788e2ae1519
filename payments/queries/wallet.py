"""Questions about what a worker owns, answered from the ledger."""

from datetime import datetime
from uuid import UUID

from django.db.models import Min, Q, Sum

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from payments.models import Balance, Earning, Hold, Posting, Tip
from payments.rules.wallet import Wallet
from tenants.tenancy.queries import here

WALLET = ("worker_available", "worker_pending", "worker_in_transit", "worker_receivable")


def balance_of(member_id: UUID, kind: str, currency: str) -> Money:
    """Return what is on one of a member's accounts."""
    row = Balance.objects.filter(
        account__owner_id=member_id, account__kind=kind, account__currency=currency
    )
    return Money(currency, row.values_list("balance", flat=True).first() or 0)


def wallet_of(by: Actor) -> Wallet:
    """Return the wallet of whoever asks."""
    if by.member_id is None:
        raise NotFound(what="wallet")
    currency = here().currency
    rows = Balance.objects.filter(
        account__owner_id=by.member_id, account__kind__in=WALLET, account__currency=currency
    ).values_list("account__kind", "balance", "frozen")
    held = {kind: (balance, frozen) for kind, balance, frozen in rows}
    settled_soon = unsettled_of(by.member_id, currency)

    def amount(kind: str) -> Money:
        return Money(currency, held.get(kind, (0, False))[0])

    return Wallet(
        currency=currency,
        available=amount("worker_available"),
        pending=amount("worker_pending"),
        in_transit=amount("worker_in_transit"),
        owed=amount("worker_receivable"),
        unsettled=Money(currency, settled_soon[0] + settled_soon[1]),
        frozen=held.get("worker_available", (0, False))[1],
        next_settles_at=settled_soon[2],
    )


def unsettled_of(member_id: UUID, currency: str) -> tuple[int, int, datetime | None]:
    """Return earnings and tips whose charge has not settled yet, and when the next one will.

    What rests of such an earning is not in the wallet, so it is not counted.
    """
    waits = Q(payment__settles_at__gt=clock.now()) | Q(payment__settles_at__isnull=True)
    earned = Earning.objects.filter(
        waits, worker_id=member_id, state=Earning.RELEASED, currency=currency
    ).aggregate(total=Sum("worker_minor"), next=Min("payment__settles_at"))
    tips = Tip.objects.filter(
        waits, worker_id=member_id, state=Tip.EARNED, currency=currency
    ).aggregate(total=Sum("amount_minor"), next=Min("payment__settles_at"))
    soonest = min((each for each in (earned["next"], tips["next"]) if each), default=None)
    rests = Hold.objects.filter(
        Q(earning__payment__settles_at__gt=clock.now())
        | Q(earning__payment__settles_at__isnull=True),
        member_id=member_id,
        earning__state=Earning.RELEASED,
        currency=currency,
    ).aggregate(total=Sum("remaining_minor"))
    return max(0, (earned["total"] or 0) - (rests["total"] or 0)), tips["total"] or 0, soonest


def lies_since(member_id: UUID, rest: Money) -> datetime | None:
    """Return when the oldest of what is in a member's wallet came there: first in, first out."""
    came = Posting.objects.filter(
        account__kind="worker_available",
        account__owner_id=member_id,
        currency=rest.currency,
        amount__lt=0,
    ).exclude(entry__reverses__isnull=False)
    left, since = rest.minor, None
    for minor, at in came.order_by("-entry__effective_at").values_list(
        "amount", "entry__effective_at"
    ):
        if left <= 0:
            break
        left, since = left + minor, at
    return since
