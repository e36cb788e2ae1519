"""Questions about cashing out: what is allowed, and what became of it."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import Balance, Payout
from payments.providers import provider_name, provider_of
from payments.providers.base import Rails
from payments.queries.payees import payee_for
from payments.queries.wallet import unsettled_of
from payments.rules.cash_out import CashOutPolicy, CashOutQuote, WalletFacts, quote
from payments.rules.payout_states import OPEN
from payments.tenant_settings import CashOutSettings
from tenants.tenancy.queries import here, member, money_holds_of, settings_of

DESTINATION_REST = timedelta(hours=72)


def rails_here() -> Rails:
    """Return how money can be sent to banks from this tenant."""
    return provider_of(provider_name()).rails(here().country)


def payout_policy() -> CashOutPolicy:
    """Return what this tenant and its provider allow."""
    decided, rails = settings_of(CashOutSettings), rails_here()
    return CashOutPolicy(
        minimum_minor=max(decided.minimum_minor, rails.minimum_minor),
        open_at_once=decided.open_at_once,
        per_day=decided.per_day,
        fast_fee_minor=decided.fast_fee_minor,
        fee_from=decided.fee_from,
        free_rail=rails.free,
        fast_rail=rails.fast,
        paused=decided.paused,
    )


def wallet_facts(member_id: UUID) -> WalletFacts:
    """Return what decides about a member's cash-out, now."""
    tenant, payee, at = here(), payee_for(member_id), clock.now()
    row = Balance.objects.filter(
        account__owner_id=member_id,
        account__kind="worker_available",
        account__currency=tenant.currency,
    ).first()
    unsettled, unsettled_tips, next_settles_at = unsettled_of(member_id, tenant.currency)
    payouts = Payout.objects.filter(payee__member_id=member_id)
    today = _start_of_day(at, tenant.timezone)
    changed_at = payee.destination_at if payee else None
    hold = next(iter(money_holds_of(member(member_id).user_id)), None)
    return WalletFacts(
        at=at,
        available_minor=row.balance if row else 0,
        unsettled_minor=unsettled,
        unsettled_tips_minor=unsettled_tips,
        open_count=payouts.filter(state__in=OPEN).count(),
        today_count=payouts.filter(requested_at__gte=today)
        .exclude(state__in=("failed", "cancelled"))
        .count(),
        payee_active=bool(payee and payee.state == "active"),
        frozen=bool(row and row.frozen),
        held_until=changed_at + DESTINATION_REST if changed_at else None,
        account_hold=hold.reason if hold else "",
        account_hold_until=hold.until if hold else None,
        next_settles_at=next_settles_at,
    )


def _start_of_day(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def cash_out_quote(by: Actor) -> CashOutQuote:
    """Say what whoever asks may take out now, how, and for what fee."""
    if by.member_id is None:
        raise NotFound(what="wallet")
    return quote(wallet_facts(by.member_id), payout_policy())


def payouts_of(by: Actor) -> QuerySet[Payout]:
    """Return the cash-outs of whoever asks, newest first."""
    return Payout.objects.filter(payee__member_id=by.member_id).order_by("-pk")


def payout_of(by: Actor, payout_id: UUID) -> Payout:
    """Return one cash-out to the worker it belongs to, or to the office."""
    rows = Payout.objects.select_related("payee")
    if not by.works_in_office:
        rows = rows.filter(payee__member_id=by.member_id)
    try:
        return rows.get(pk=payout_id)
    except Payout.DoesNotExist:
        raise NotFound(what="payout") from None


def open_payouts() -> QuerySet[Payout]:
    """Return the cash-outs that are on their way, oldest first; for the office's home."""
    rows = Payout.objects.select_related("payee__member__user")
    return rows.filter(state__in=OPEN).order_by("pk")


def all_payouts(by: Actor) -> QuerySet[Payout]:
    """Return every cash-out of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="payout")
    return Payout.objects.select_related("payee__member__user").order_by("-pk")
