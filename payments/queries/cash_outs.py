"""Questions about cashing out: what is allowed, and what became of it."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import KeptQuote, Payout
from payments.providers.base import Rails
from payments.queries.float import float_left
from payments.queries.payees import rails_for
from payments.queries.stops import stopped_rails
from payments.queries.wallet_facts import wallet_facts
from payments.rules.cash_out import CashOutPolicy, CashOutQuote, quote
from payments.rules.paydays import next_payday
from payments.rules.payout_states import OPEN
from payments.tenant_settings import CashOutSettings
from tenants.tenancy.queries import here, settings_of


def payout_policy(member_id: UUID | None = None) -> CashOutPolicy:
    """Return what this tenant, its provider and the float allow: to one member, or usually."""
    decided, rails = settings_of(CashOutSettings), rails_for(member_id)
    stopped = stopped_rails()
    return CashOutPolicy(
        minimum_minor=max(decided.minimum_minor, rails.minimum_minor),
        open_at_once=decided.open_at_once,
        per_day=decided.per_day,
        day_sum_minor=decided.day_sum_minor or None,
        week_sum_minor=decided.week_sum_minor or None,
        rail_day_minor=_rail_day(decided, rails),
        float_minor=0 if rails.by_batch else float_left().minor,
        fast_fee_minor=decided.fast_fee_minor,
        fee_from=decided.fee_from,
        free_rail=rails.free,
        fast_rail=None if rails.fast in stopped else rails.fast,
        paused=decided.paused or bool({"", rails.free} & stopped),
    )


def _rail_day(decided: CashOutSettings, rails: Rails) -> int | None:
    """Return what may leave for all workers together in a day: the tighter limit, if any is set."""
    limits = [each for each in (decided.rail_day_minor or None, rails.daily_cap_minor) if each]
    return min(limits, default=None)


def cash_out_quote(by: Actor) -> CashOutQuote:
    """Say what whoever asks may take out now, how, and for what fee."""
    if by.member_id is None:
        raise NotFound(what="wallet")
    return quote(wallet_facts(by.member_id), payout_policy(by.member_id))


def why_not_fast(member_id: UUID) -> str:
    """Say why a member has no fast way to be paid: none is offered there, or it is closed."""
    fast = rails_for(member_id).fast
    if fast is None:
        return "no_fast_here"
    return "fast_closed" if fast in stopped_rails() else ""


def next_sweep_at() -> datetime:
    """Return when what nobody takes out is sent for free the next time.

    A story told about the past plans for the real future: nobody's money leaves behind their back.
    """
    rhythm = settings_of(CashOutSettings).sweep
    after = max(clock.now(), clock.system_now())
    return next_payday(after=after, zone=here().timezone, rhythm=rhythm)


def kept_quote_of(member_id: UUID, quote_id: UUID) -> KeptQuote:
    """Return what a member was told, to the member only."""
    try:
        return KeptQuote.objects.get(pk=quote_id, member_id=member_id)
    except KeptQuote.DoesNotExist:
        raise NotFound(what="quote") from None


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


def waiting_payouts(account_ref: str) -> list[UUID]:
    """Return what waits for money to settle, of one account at the provider; no name means all."""
    rows = Payout.objects.filter(state="requested", waits_for="settlement")
    if account_ref:
        rows = rows.filter(payee__account_ref=account_ref)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def open_payouts() -> QuerySet[Payout]:
    """Return the cash-outs that are on their way, oldest first; for the office's home."""
    rows = Payout.objects.select_related("payee__member__user")
    return rows.filter(state__in=OPEN).order_by("pk")


def all_payouts(by: Actor) -> QuerySet[Payout]:
    """Return every cash-out of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="payout")
    return Payout.objects.select_related("payee__member__user").order_by("-pk")
