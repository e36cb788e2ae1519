"""All that decides about a cash-out, gathered at one moment."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum

from kernel import clock
from payments.models import Advance, Balance, Earning, Payee, Payout
from payments.providers.registry import RAIL
from payments.queries.holds import holds_of
from payments.queries.payees import payee_for, serves_here
from payments.queries.providers import provider_here
from payments.queries.stops import open_freeze_of
from payments.queries.wallet import unsettled_of
from payments.rules.cash_out import Held, WalletFacts
from payments.rules.paydays import day_and_week
from payments.rules.payout_states import OPEN
from tenants.identity.queries import attempts_of
from tenants.tenancy.queries import here, member, money_holds_of
from tenants.tenancy.rules.holds import ALL_PAYOUTS

DESTINATION_REST = timedelta(hours=72)
CAME_BACK = ("failed", "cancelled", "returned")
NOT_THEMSELVES = ("failed", "revoked")


def wallet_facts(member_id: UUID) -> WalletFacts:
    """Return what decides about a member's cash-out, now."""
    tenant, at = here(), clock.now()
    row = _wallet(member_id, tenant.currency)
    unsettled, unsettled_tips, next_settles_at = unsettled_of(member_id, tenant.currency)
    frozen = open_freeze_of(member_id)
    return WalletFacts(
        at=at,
        available_minor=row.balance if row else 0,
        moves=row.version if row else 0,
        unsettled_minor=unsettled,
        unsettled_tips_minor=unsettled_tips,
        advanced_minor=_advanced(member_id, tenant.currency),
        next_settles_at=next_settles_at,
        frozen=bool(frozen or (row and row.frozen)),
        frozen_until=frozen.until if frozen else None,
        resting=_resting(member_id),
        rail_today_minor=rail_today(provider_here(RAIL)),
        **_standing(member_id, at),
        **_taken(member_id, at, tenant.timezone),
        **_about_the_payee(payee_for(member_id), member_id, at),
    )


def moves_of(member_id: UUID) -> int:
    """Return how often money has gone in or out of a member's wallet."""
    row = _wallet(member_id, here().currency)
    return row.version if row else 0


def _wallet(member_id: UUID, currency: str) -> Balance | None:
    return Balance.objects.filter(
        account__owner_id=member_id,
        account__kind="worker_available",
        account__currency=currency,
    ).first()


def _advanced(member_id: UUID, currency: str) -> int:
    lent = Advance.objects.filter(
        payout__payee__member_id=member_id, state__in=(Advance.DUE, Advance.SENT), currency=currency
    ).aggregate(lent=Sum("amount_minor"), repaid=Sum("repaid_minor"))
    return (lent["lent"] or 0) - (lent["repaid"] or 0)


def _resting(member_id: UUID) -> tuple[Held, ...]:
    """Return what rests, one line per reason, with the next moment at which some of it ends."""
    found: dict[str, Held] = {}
    for hold in holds_of(member_id):
        known = found.get(hold.reason)
        found[hold.reason] = Held(
            reason=hold.reason,
            minor=hold.remaining_minor + (known.minor if known else 0),
            until=known.until if known else hold.ends_at,
        )
    return tuple(found.values())


def _standing(member_id: UUID, at: datetime) -> dict[str, Any]:
    """Return jobs done and days since the first. What is not paid yet counts for nothing."""
    done = Earning.objects.filter(worker_id=member_id, state=Earning.RELEASED).aggregate(
        jobs=Count("pk"), since=Min("released_at")
    )
    return {"jobs_done": done["jobs"], "days_here": (at - (done["since"] or at)).days}


def _taken(member_id: UUID, at: datetime, zone: str) -> dict[str, Any]:
    """Count what was asked for today and this week, where the worker lives."""
    day, week = day_and_week(at, zone)
    asked: QuerySet[Payout] = Payout.objects.filter(payee__member_id=member_id)
    counted = Q(swept=False) & ~Q(state__in=CAME_BACK)
    found = asked.filter(Q(requested_at__gte=week) | Q(state__in=OPEN)).aggregate(
        open_count=Count("pk", filter=Q(state__in=OPEN)),
        today_count=Count("pk", filter=counted & Q(requested_at__gte=day)),
        today_minor=Sum("amount_minor", filter=counted & Q(requested_at__gte=day)),
        week_minor=Sum("amount_minor", filter=counted & Q(requested_at__gte=week)),
    )
    return {name: value or 0 for name, value in found.items()}


def rail_today(provider: str) -> int:
    """Return what all workers together were promised of a provider today, where the business is."""
    tenant = here()
    day, _ = day_and_week(clock.now(), tenant.timezone)
    asked = Payout.objects.filter(
        payee__provider=provider, currency=tenant.currency, requested_at__gte=day
    ).exclude(state__in=CAME_BACK)
    return asked.aggregate(total=Sum("amount_minor"))["total"] or 0


def _about_the_payee(payee: Payee | None, member_id: UUID, at: datetime) -> dict[str, Any]:
    hold = next(iter(money_holds_of(member(member_id).user_id)), None)
    changed_at = payee.destination_at if payee else None
    papers = attempts_of(member_id).filter(kind="id_document", requested_at__lte=at)
    return {
        "payee_active": bool(payee and payee.state == "active" and serves_here(payee)),
        "destination_doubt": payee.doubt if payee else "",
        "identity_revoked": papers.values_list("state", flat=True).first() in NOT_THEMSELVES,
        "held_until": changed_at + DESTINATION_REST if changed_at else None,
        "account_hold": hold.reason if hold else "",
        "account_hold_until": hold.until if hold else None,
        "account_hold_stops_all": bool(hold and hold.scope == ALL_PAYOUTS),
    }
